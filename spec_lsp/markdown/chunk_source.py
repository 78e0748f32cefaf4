"""The text of a chunk, its blocks and comments: the basis for finding all other nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.markdown import inline, lists
from spec_lsp.markdown.front_matter import matter_span
from spec_lsp.markdown.nodes import Comment
from spec_lsp.memo import lazy
from spec_lsp.text import LineIndex, Span, line_count, with_line_feeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.nodes import Block, BlockKind, Table


@dataclass(frozen=True)
class ChunkSource:
    """Whole lines of a document, and their blocks.

    Only the first chunk, `is_first`, may hold front matter. A chunk that `is_closed` is not parsed:
    it has lines, but no nodes.
    """

    text: str
    blocks: tuple[Block, ...]
    is_first: bool = False
    is_closed: bool = False

    @lazy
    def lines(self) -> LineIndex:
        return LineIndex(self.text)

    @lazy
    def line_count(self) -> int:
        """The number of line ends."""
        return line_count(self.text)

    @property
    def first_line(self) -> str:
        """The first line, which holds the heading unless the heading is underlined."""
        return self.lines.line_span(0).of(self.text)

    @lazy
    def plain(self) -> str:
        r"""The text for matching, at its own length: `\n` ends all lines, a BOM is a blank."""
        if self.is_closed:
            return ""
        text = with_line_feeds(self.text)
        return " " + text[1:] if self.is_first and text.startswith("\ufeff") else text

    @lazy
    def matter(self) -> Span | None:
        """The front matter, in the first chunk of a document that has some."""
        return matter_span(self.text) if self.is_first and not self.is_closed else None

    @lazy
    def level(self) -> int:
        """The level of the heading; 0 without a heading."""
        return self.blocks[0].level if self.blocks and not self.blocks[0].depth else 0

    @lazy
    def _code_and_comments(self) -> tuple[tuple[Span, ...], tuple[Comment, ...]]:
        return _code_and_comments(self)

    @property
    def code_spans(self) -> tuple[Span, ...]:
        """The code spans, backticks included."""
        return self._code_and_comments[0] if "`" in self.plain else ()

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The HTML comments."""
        return self._code_and_comments[1] if "<!--" in self.plain else ()

    @lazy
    def visible(self) -> str:
        """The plain text in which comments are blanked out."""
        if "<!--" not in self.plain:
            return self.plain
        return inline.blank(self.plain, (comment.span for comment in self.comments), " ")

    @lazy
    def tables(self) -> tuple[Table, ...]:
        return tuple(
            lists.table(self.plain, self.lines_of(block), self.span_of(block))
            for block in self.of_kind("table")
        )

    @property
    def opens_document(self) -> bool:
        """Whether the document's header may be here: before the level 2 sections."""
        return self.is_first or self.level == 1

    @lazy
    def _by_kind(self) -> dict[BlockKind, list[Block]]:
        found: dict[BlockKind, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.kind, []).append(block)
        return found

    def of_kind(self, *kinds: BlockKind) -> Iterable[Block]:
        """The blocks of some kinds, in order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], ())
        return (block for block in self.blocks if block.kind in kinds)

    def lines_of(self, block: Block) -> list[Span]:
        """The lines of a block, without their line ends."""
        return [self.lines.line_span(number) for number in range(block.line, block.end)]

    def span_of(self, block: Block) -> Span:
        """The lines of a block as one span."""
        start = self.lines.starts[block.line]
        return Span(start, max(start, self.lines.line_span(block.end - 1).end))


def _code_and_comments(chunk: ChunkSource) -> tuple[tuple[Span, ...], tuple[Comment, ...]]:
    """The code spans and the comments of a chunk."""
    if not inline.may_hold_code_or_comments(chunk.plain):
        return (), ()
    found: list[Span | Comment] = []
    for block in _marked(chunk):
        if block.kind == "html":
            found += inline.html_comments(chunk.text, chunk.span_of(block))
        elif block.kind == "table":
            for line in chunk.lines_of(block):
                found += inline.code_and_comments(chunk.text, line)
        else:
            found += inline.code_and_comments(chunk.text, chunk.span_of(block))
    spans = tuple(each for each in found if not isinstance(each, Comment))
    return spans, tuple(each for each in found if isinstance(each, Comment))


def _marked(chunk: ChunkSource) -> Iterator[Block]:
    """The blocks that contain a mark of a code span or a comment."""
    done, starts = 0, chunk.lines.starts
    for block in chunk.of_kind("paragraph", "heading", "table", "html"):
        start = starts[block.line]
        if start >= done:
            done = inline.next_mark(chunk.plain, start)
        if block.end >= len(starts) or done < starts[block.end]:
            yield block
