"""A section: a chunk at its place in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from spec_lsp.memo import lazy
from spec_lsp.text import Span

if TYPE_CHECKING:
    from spec_lsp.identifiers import Identifier
    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import (
        Comment,
        Definition,
        Fence,
        Field,
        Heading,
        Item,
        Link,
        Table,
    )


class _Shifts(Protocol):
    def shift(self, by: int) -> Self: ...


_Node = TypeVar("_Node", bound=_Shifts)


@dataclass(frozen=True)
class Section:
    """A chunk at its place in a document: everything in it, counted from the document's start.

    `parent` is the index of the section around it, -1 for none.
    """

    chunk: Chunk
    index: int
    start: int
    line: int
    parent: int = -1

    def moved(self, by: int, lines: int) -> Section:
        """The same section further on, made in half the time: long documents have thousands."""
        section = object.__new__(Section)
        section.__dict__.update(
            {
                "chunk": self.chunk,
                "index": self.index,
                "start": self.start + by,
                "line": self.line + lines,
                "parent": self.parent,
            }
        )
        return section

    @property
    def end(self) -> int:
        """Where the next section begins."""
        return self.start + len(self.chunk.text)

    @property
    def span(self) -> Span:
        """From its heading to the next heading of any level."""
        return Span(self.start, self.end)

    @property
    def level(self) -> int:
        """The level of its heading; nought for what stands before the first heading."""
        return self.chunk.level

    @property
    def title(self) -> str:
        """The text of its heading."""
        return self.chunk.title

    @lazy
    def heading(self) -> Heading | None:
        """Its heading."""
        return self.chunk.heading and self.chunk.heading.shift(self.start)

    @property
    def body_span(self) -> Span:
        """What stands below the heading line, or below the front matter."""
        return Span(self.start + self.chunk.body_start, self.end)

    @lazy
    def fields(self) -> tuple[Field, ...]:
        """Its fields."""
        return _shifted(self.chunk.fields, self.start)

    @lazy
    def items(self) -> tuple[Item, ...]:
        """Its list items."""
        return _shifted(self.chunk.items, self.start)

    @lazy
    def tables(self) -> tuple[Table, ...]:
        """Its tables."""
        return _shifted(self.chunk.tables, self.start)

    @lazy
    def fences(self) -> tuple[Fence, ...]:
        """Its code blocks."""
        return _shifted(self.chunk.fences, self.start)

    @lazy
    def comments(self) -> tuple[Comment, ...]:
        """Its comments."""
        return _shifted(self.chunk.comments, self.start)

    @lazy
    def code_spans(self) -> tuple[Span, ...]:
        """Its code spans."""
        return _shifted(self.chunk.code_spans, self.start)

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Its links."""
        return _shifted(self.chunk.links, self.start)

    @lazy
    def identifiers(self) -> tuple[Identifier, ...]:
        """What has the shape of an ID in it."""
        return _shifted(self.chunk.identifiers, self.start)

    @lazy
    def definitions(self) -> tuple[Definition, ...]:
        """The IDs at defining places in it."""
        return _shifted(self.chunk.definitions, self.start)

    @lazy
    def rules(self) -> tuple[Span, ...]:
        """Its thematic breaks."""
        return _shifted(self.chunk.rules, self.start)


def _shifted(nodes: tuple[_Node, ...], by: int) -> tuple[_Node, ...]:
    return tuple([node.shift(by) for node in nodes]) if nodes and by else nodes
