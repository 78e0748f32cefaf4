"""What the workspace keeps of every file: enough to answer for it without its text.

Spans are offsets into the text that the entry was made from; whoever shows them reads that text.
What a closed file defines and uses is kept packed, because ten thousand files hold a million such
facts: it is unpacked when somebody asks, and the last few stay unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, overload

from spec_lsp.workspace import packed
from spec_lsp.workspace.facts import Uses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spec_lsp.text import Span
    from spec_lsp.workspace.facts import Defined, Mention, PartFacts, Reference, Suppression

Stage = Literal["", "draft", "active", "final", "dropped"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the workspace knows it.

    `kind` is that of its template, empty for plain Markdown. `fields` are those of its header and
    footer by normalised name. `sections` counts the required sections that have been filled and
    all of them. `review` is when it is to be looked at again.

    What it defines and uses is in its `parts`, counted from their `starts`, and its own ID in
    `names`; or all of it is packed, in `parts` what it uses and in `names` what it defines. That,
    `named` places and `silences` are read through the properties and `…_where`.
    """

    path: str
    kind: str = ""
    title: str = ""
    id: str = ""
    status: str = ""
    stage: Stage = ""
    summary: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[int, int] = (0, 0)
    tasks: tuple[int, int] = (0, 0)
    placeholders: int = 0
    review: str = ""
    title_span: Span | None = None
    status_span: Span | None = None
    review_span: Span | None = None
    names: bytes | tuple[Defined, ...] = ()
    parts: bytes | tuple[PartFacts, ...] = ()
    starts: tuple[int, ...] = ()
    named: bytes | tuple[str, ...] = ()
    silences: bytes | tuple[Suppression, ...] = ()
    _memo: dict[object, object] | None = field(default=None, init=False, repr=False, compare=False)

    def packed(self) -> Entry:
        """The same in little space."""
        return replace(
            self,
            names=packed.pack_defined(self.defined),
            parts=packed.pack_uses(Uses(self.mentions, self.possible, self.references)),
            starts=(),
            named=packed.pack(self.anchors),
            silences=packed.pack_silences(self.suppressions),
        )

    @property
    def defined(self) -> tuple[Defined, ...]:
        """The IDs that it defines, its own first."""
        return tuple(self.defined_where(None))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The IDs that it uses."""
        return tuple(self.mentions_where(None))

    @property
    def possible(self) -> tuple[Mention, ...]:
        """Texts that are mentions only if some document carries such an ID."""
        return tuple(self.possible_where(None))

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its links to files and headings."""
        return tuple(self.references_where(None))

    def defined_where(self, test: Callable[[Defined], object] | None) -> Iterator[Defined]:
        """The IDs that it defines and that pass a test, which reads no spans."""
        names = packed.defined(self.names) if isinstance(self.names, bytes) else self.names
        yield from filter(test, names) if test else names
        yield from self._where("defined", test)

    def mentions_where(self, test: Callable[[Mention], object] | None) -> Iterator[Mention]:
        """The mentions that pass a test, which reads no spans."""
        return self._where("mentions", test)

    def possible_where(self, test: Callable[[Mention], object] | None) -> Iterator[Mention]:
        """Of what may be a mention, that which passes a test, which reads no spans."""
        return self._where("possible", test)

    def references_where(self, test: Callable[[Reference], object] | None) -> Iterator[Reference]:
        """The links that pass a test, which reads no spans."""
        return self._where("references", test)

    @overload
    def unplaced(self, kind: Literal["defined"]) -> Iterator[Defined]: ...
    @overload
    def unplaced(self, kind: Literal["mentions", "possible"]) -> Iterator[Mention]: ...
    @overload
    def unplaced(self, kind: Literal["references"]) -> Iterator[Reference]: ...
    def unplaced(self, kind: str) -> Iterator[Any]:
        """The facts of a kind for those who do not read where they are, which is cheaper."""
        if kind == "defined":
            yield from packed.defined(self.names) if isinstance(self.names, bytes) else self.names
        if not isinstance(self.parts, bytes):
            yield from chain.from_iterable(map(attrgetter(kind), self.parts))
        elif kind != "defined":
            yield from getattr(packed.uses(self.parts), kind)

    def _where(self, kind: str, test: Callable[[Any], object] | None) -> Iterator[Any]:
        if isinstance(self.parts, bytes):
            facts = () if kind == "defined" else getattr(packed.uses(self.parts), kind)
            return filter(test, facts) if test else iter(facts)
        column = [*map(attrgetter(kind), self.parts)]
        return (
            fact.shift(start)
            for facts, start in compress(zip(column, self.starts, strict=True), column)
            for fact in (filter(test, facts) if test else facts)
        )

    @property
    def anchors(self) -> tuple[str, ...]:
        """What the `#` of a link may name in it."""
        return packed.anchors(self.named) if isinstance(self.named, bytes) else self.named

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments in it that silence rules."""
        if isinstance(self.silences, bytes):
            return packed.silences(self.silences)
        return self.silences

    @property
    def is_spec(self) -> bool:
        """Whether a template governs it."""
        return bool(self.kind)

    @property
    def label(self) -> str:
        """How people refer to it: its ID, else its title, else its path."""
        return self.id or self.title or self.path

    @property
    def completeness(self) -> float:
        """The share of required sections that have been filled, from 0 to 1.

        Where they all are, placeholders that are left count as one section more, still to be done.
        """
        filled, wanted = self.sections
        if self.placeholders and filled == wanted:
            wanted += 1
        return filled / wanted if wanted else 1.0
