"""A section: the view of a chunk at its position in a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, overload

from spec_lsp.memo import lazy
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    from spec_lsp.markdown.outline import Outline


class Whole(Protocol):
    """The parts of a document that a section reads."""

    @property
    def chunks(self) -> tuple[Chunk, ...]: ...
    @property
    def starts(self) -> list[int]: ...
    @property
    def lines(self) -> list[int]: ...
    @property
    def outline(self) -> Outline: ...
    @property
    def footer_start(self) -> int: ...


class _Shifts(Protocol):
    def shift(self, by: int) -> Self: ...


_Node = TypeVar("_Node", bound=_Shifts)


@dataclass(frozen=True, eq=False)
class Section:
    """A view of a chunk in which all offsets count from the start of the document.

    A view is created for each reader and never cached, because edits above move the section.
    """

    document: Whole
    index: int

    def __eq__(self, other: object) -> bool:
        """Whether two views show the same text at the same offset; their documents may differ."""
        return (
            isinstance(other, Section)
            and self.index == other.index
            and self.start == other.start
            and self.chunk == other.chunk
        )

    def __hash__(self) -> int:
        return hash((self.index, self.start))

    @lazy
    def chunk(self) -> Chunk:
        return self.document.chunks[self.index]

    @lazy
    def start(self) -> int:
        """The offset at which the section begins."""
        return self.document.starts[self.index]

    @property
    def line(self) -> int:
        """The line on which the section begins."""
        return self.document.lines[self.index]

    @property
    def parent(self) -> int:
        """The index of the parent section, -1 for none."""
        return self.document.outline.parents[self.index]

    @property
    def end(self) -> int:
        """The offset at which the next section begins."""
        return self.document.starts[self.index + 1]

    @property
    def span(self) -> Span:
        """The range from the heading to the next heading of any level."""
        return Span(self.start, self.end)

    @property
    def level(self) -> int:
        """The level of the heading; 0 for the text before the first heading."""
        return self.chunk.level

    @property
    def title(self) -> str:
        """The text of the heading."""
        return self.chunk.title

    @lazy
    def heading(self) -> Heading | None:
        return self.chunk.heading and self.chunk.heading.shift(self.start)

    @property
    def body_span(self) -> Span:
        """The range below the heading, or below the front matter."""
        return Span(self.start + self.chunk.body_start, self.end)

    @lazy
    def fields(self) -> tuple[Field, ...]:
        return _shifted(self.chunk.fields, self.start)

    @lazy
    def items(self) -> tuple[Item, ...]:
        return _shifted(self.chunk.items, self.start)

    @lazy
    def tables(self) -> tuple[Table, ...]:
        return _shifted(self.chunk.tables, self.start)

    @lazy
    def fences(self) -> tuple[Fence, ...]:
        """The fenced and indented code blocks."""
        return _shifted(self.chunk.fences, self.start)

    @lazy
    def comments(self) -> tuple[Comment, ...]:
        return _shifted(self.chunk.comments, self.start)

    @lazy
    def code_spans(self) -> tuple[Span, ...]:
        return _shifted(self.chunk.code_spans, self.start)

    @lazy
    def links(self) -> tuple[Link, ...]:
        return _shifted(self.chunk.links, self.start)

    @lazy
    def identifiers(self) -> tuple[Identifier, ...]:
        """All text in the shape of an ID."""
        return _shifted(self.chunk.identifiers, self.start)

    @lazy
    def definitions(self) -> tuple[Definition, ...]:
        """The IDs at defining positions."""
        return _shifted(self.chunk.definitions, self.start)

    @lazy
    def rules(self) -> tuple[Span, ...]:
        """The thematic breaks."""
        return _shifted(self.chunk.rules, self.start)


class Sections(Sequence[Section]):
    """The sections of a document in order; each view is created on access."""

    __slots__ = ("_document",)

    def __init__(self, document: Whole) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document.chunks)

    @overload
    def __getitem__(self, index: int) -> Section: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Section, ...]: ...
    def __getitem__(self, index: int | slice) -> Section | tuple[Section, ...]:
        places = range(len(self._document.chunks))[index]
        if isinstance(places, int):
            return Section(self._document, places)
        return tuple([Section(self._document, each) for each in places])

    def __iter__(self) -> Iterator[Section]:
        return (Section(self._document, each) for each in range(len(self)))


def _shifted(nodes: tuple[_Node, ...], by: int) -> tuple[_Node, ...]:
    return tuple([node.shift(by) for node in nodes]) if nodes and by else nodes
