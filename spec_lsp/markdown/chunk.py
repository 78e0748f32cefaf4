"""A chunk: the lines from one top-level heading to the next, and everything found in them.

All its facts count from its own start, so a chunk that an edit did not touch is used as it is,
wherever it has moved to. They are found when somebody asks, and once.
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
    """Some whole lines of a document, parsed.

    Only the first chunk, `is_first`, may hold front matter. One that `is_closed` is not looked
    into: it has lines, and nothing is found in them.
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
        """The text of that heading."""
        if self.level and self.blocks[0].info.startswith("#"):
            return lists.atx_title(self.plain.partition("\n")[0], self.level)
        return self.heading.text if self.heading else ""

    @lazy
    def body_start(self) -> int:
        """Where what stands below its heading begins, or below the front matter."""
        if self.level and self.blocks[0].info.startswith("#"):
            return len(self.plain.partition("\n")[0].rstrip())
        if self.heading:
            return self.heading.span.end
        return self.matter.end if self.matter else 0

    @lazy
    def fences(self) -> tuple[Fence, ...]:
        """Its code blocks, fenced or indented."""
        return tuple(self._fence(block) for block in self.of_kind("fence", "code"))

    @lazy
    def code(self) -> tuple[Span, ...]:
        """Its fences and code spans."""
        return (*(fence.span for fence in self.fences), *self.code_spans)

    @lazy
    def prose(self) -> str:
        """Its text with code, comments and front matter blanked out at their own length."""
        dead = (*self.code, self.matter) if self.matter else self.code
        return inline.blank(self.visible, dead) if dead else self.visible

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Its links, in order."""
        return inline.links(self.prose) if inline.may_hold_links(self.plain) else ()

    @lazy
    def identifiers(self) -> tuple[Identifier, ...]:
        """Everything in its prose that has the shape of an ID."""
        return inline.identifiers(self.prose, self.links) if self._may_hold_ids else ()

    @lazy
    def _may_hold_ids(self) -> bool:
        return may_hold_ids(self.plain)

    @lazy
    def items(self) -> tuple[Item, ...]:
        """Its list items."""
        return tuple(self._items(self.of_kind("item")))

    @lazy
    def tasks(self) -> tuple[Item, ...]:
        """Its list items with a check box."""
        if not lists.may_hold_tasks(self.plain):
            return ()
        return tuple(item for item in self.items if item.checked is not None)

    @lazy
    def checks(self) -> tuple[bool, ...]:
        """Which of them are ticked."""
        if not lists.may_hold_tasks(self.plain):
            return ()
        boxes = (lists.is_checked(head) for head, _, _ in self._item_heads(self.of_kind("item")))
        return tuple(box for box in boxes if box is not None)

    @lazy
    def definitions(self) -> tuple[Definition, ...]:
        """The IDs that stand in it at places that define them."""
        starts = lists.defining_lines(self.plain) if self._may_hold_ids else ()
        lines = {self.lines.line_of(start) for start in starts}
        if not lines:
            return ()
        items = self._items(block for block in self.of_kind("item") if block.line in lines)
        return tuple(lists.definitions(self.plain, self.heading, items, self.tables))

    @lazy
    def heading_definitions(self) -> tuple[Definition, ...]:
        """Those of them that its heading defines; many readers want no others."""
        heading = self.heading if may_hold_ids(self.title) else None
        return tuple(lists.heading_definitions(self.plain, heading)) if heading else ()

    @lazy
    def rules(self) -> tuple[Span, ...]:
        """Its thematic breaks outside of lists and quotes."""
        return tuple(self.span_of(block) for block in self.of_kind("rule") if not block.depth)

    @lazy
    def paragraphs(self) -> tuple[Span, ...]:
        """Its paragraphs, those in lists and quotes included."""
        return tuple(self.span_of(block) for block in self.of_kind("paragraph"))

    @lazy
    def fields(self) -> tuple[Field, ...]:
        """The labels and values in it, front matter first."""
        return chunk_fields(self)

    def _fence(self, block: Block) -> Fence:
        span = self.span_of(block)
        if block.kind == "code":
            return Fence(span, span, "")
        return lists.fence(self.plain, self.lines_of(block), span, block.info)

    def _items(self, blocks: Iterable[Block]) -> Iterator[Item]:
        return (lists.item(*head) for head in self._item_heads(blocks))

    def _item_heads(self, blocks: Iterable[Block]) -> Iterator[tuple[re.Match[str], int, int]]:
        """How items begin, where their first lines end, and their depths.

        Several may begin on one line, each inside the one before.
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
