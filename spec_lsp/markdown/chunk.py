"""A chunk: the lines from one top-level heading to the next, and all nodes found in them.

All offsets count from the start of the chunk, so edits elsewhere do not invalidate a chunk. Nodes
are found on first access and cached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.identifiers import may_hold_ids
from spec_lsp.markdown import inline, lists
from spec_lsp.markdown.chunk_fields import chunk_fields
from spec_lsp.markdown.chunk_source import ChunkSource
from spec_lsp.markdown.nodes import Fence
from spec_lsp.memo import lazy
from spec_lsp.text import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from spec_lsp.identifiers import Identifier
    from spec_lsp.markdown.nodes import Block, Definition, Field, Heading, Item, Link


@dataclass(frozen=True)
class Chunk(ChunkSource):
    """Whole lines of a document, parsed.

    Only the first chunk, `is_first`, may hold front matter. A chunk that `is_closed` is not parsed:
    it has lines, but no nodes.
    """

    @lazy
    def heading(self) -> Heading | None:
        """The heading that the chunk begins with; only the first chunk may have none."""
        if not self.level:
            return None
        block = self.blocks[0]
        if block.info.startswith("#"):
            return lists.atx_heading(self.plain, self.lines.line_span(block.line), block.level)
        return lists.setext_heading(self.plain, self.span_of(block), block.level)

    @lazy
    def title(self) -> str:
        """The text of the heading."""
        if self.level and self.blocks[0].info.startswith("#"):
            return lists.atx_title(self.plain.partition("\n")[0], self.level)
        return self.heading.text if self.heading else ""

    @lazy
    def body_start(self) -> int:
        """The offset at which the text below the heading, or below the front matter, begins."""
        if self.level and self.blocks[0].info.startswith("#"):
            return len(self.plain.partition("\n")[0].rstrip())
        if self.heading:
            return self.heading.span.end
        return self.matter.end if self.matter else 0

    @lazy
    def fences(self) -> tuple[Fence, ...]:
        """The fenced and indented code blocks."""
        return tuple(self._fence(block) for block in self.of_kind("fence", "code"))

    @lazy
    def code(self) -> tuple[Span, ...]:
        """The code blocks and code spans."""
        return (*(fence.span for fence in self.fences), *self.code_spans)

    @lazy
    def prose(self) -> str:
        """The text with code, comments and front matter blanked out at their own length."""
        dead = (*self.code, self.matter) if self.matter else self.code
        return inline.blank(self.visible, dead) if dead else self.visible

    @lazy
    def links(self) -> tuple[Link, ...]:
        return inline.links(self.prose) if inline.may_hold_links(self.plain) else ()

    @lazy
    def identifiers(self) -> tuple[Identifier, ...]:
        """All text in the shape of an ID, in prose."""
        return inline.identifiers(self.prose, self.links) if self._may_hold_ids else ()

    @lazy
    def _may_hold_ids(self) -> bool:
        return may_hold_ids(self.plain)

    @lazy
    def items(self) -> tuple[Item, ...]:
        return tuple(self._items(self.of_kind("item")))

    @lazy
    def tasks(self) -> tuple[Item, ...]:
        """The list items with a check box."""
        if not lists.may_hold_tasks(self.plain):
            return ()
        return tuple(item for item in self.items if item.checked is not None)

    @lazy
    def checks(self) -> tuple[bool, ...]:
        """The state of each check box."""
        if not lists.may_hold_tasks(self.plain):
            return ()
        boxes = (lists.is_checked(head) for head, _, _ in self._item_heads(self.of_kind("item")))
        return tuple(box for box in boxes if box is not None)

    @lazy
    def definitions(self) -> tuple[Definition, ...]:
        """The IDs at defining positions."""
        starts = lists.defining_lines(self.plain) if self._may_hold_ids else ()
        lines = {self.lines.line_of(start) for start in starts}
        if not lines:
            return ()
        items = self._items(block for block in self.of_kind("item") if block.line in lines)
        return tuple(lists.definitions(self.plain, self.heading, items, self.tables))

    @lazy
    def heading_definitions(self) -> tuple[Definition, ...]:
        """The IDs that the heading defines; cheaper than all `definitions`."""
        heading = self.heading if may_hold_ids(self.title) else None
        return tuple(lists.heading_definitions(self.plain, heading)) if heading else ()

    @lazy
    def rules(self) -> tuple[Span, ...]:
        """The thematic breaks outside of lists and quotes."""
        return tuple(self.span_of(block) for block in self.of_kind("rule") if not block.depth)

    @lazy
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs, including those in lists and quotes."""
        return tuple(self.span_of(block) for block in self.of_kind("paragraph"))

    @lazy
    def fields(self) -> tuple[Field, ...]:
        """The labels and values, front matter first."""
        return chunk_fields(self)

    def _fence(self, block: Block) -> Fence:
        span = self.span_of(block)
        if block.kind == "code":
            return Fence(span, span, "")
        return lists.fence(self.plain, self.lines_of(block), span, block.info)

    def _items(self, blocks: Iterable[Block]) -> Iterator[Item]:
        return (lists.item(*head) for head in self._item_heads(blocks))

    def _item_heads(self, blocks: Iterable[Block]) -> Iterator[tuple[re.Match[str], int, int]]:
        """The list markers of items, the ends of their lines, and their depths.

        A line may hold several markers, each nested in the previous one.
        """
        text, starts = self.plain, self.lines.starts
        last, done, end = -1, 0, 0
        for block in blocks:
            if block.line != last:
                done = starts[block.line]
                end = text.find("\n", done)
                end = end if end >= 0 else len(text)
            head = lists.item_head(text, done, end)
            if head:
                last, done = block.line, head.end()
                yield head, end, block.depth
