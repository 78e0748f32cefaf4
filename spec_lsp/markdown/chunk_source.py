"""The code spans and comments of a chunk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.markdown import inline
from spec_lsp.markdown.nodes import Comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import Block
    from spec_lsp.text import Span


def chunk_marks(chunk: Chunk) -> tuple[tuple[Span, ...], tuple[Comment, ...]]:
    """The code spans of a chunk, and its comments."""
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


def _marked(chunk: Chunk) -> Iterator[Block]:
    """The blocks in which a mark of code spans or comments stands."""
    done, starts = 0, chunk.lines.starts
    for block in chunk.of_kind("paragraph", "heading", "table", "html"):
        start = starts[block.line]
        if start >= done:
            done = inline.next_mark(chunk.plain, start)
        if block.end >= len(starts) or done < starts[block.end]:
            yield block
