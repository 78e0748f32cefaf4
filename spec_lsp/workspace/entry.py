"""The index entry of a file: all that other files and lists need of it, without its text.

Spans are offsets into the text that the entry was made from; read that text to show them.
The facts of closed files are packed, because ten thousand files have a million facts. They are
unpacked on access; `packed` caches the most recent ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, overload

from spec_lsp.workspace import packed
from spec_lsp.workspace.facts import Uses
from spec_lsp.workspace.line_table import pack_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from spec_lsp.text import Span
    from spec_lsp.workspace.facts import Defined, Mention, PartFacts, Reference, Suppression

_MENTIONED = ("mentions", "possible")
_TOLERANCE = 1e-9  # of decimal fractions
Stage = Literal["", "draft", "active", "final", "dropped"]


@dataclass(frozen=True, slots=True)
class Entry:
    """The index entry of a file.

    `kind` is that of its template, empty for plain Markdown. `fields` are those of its header and
    footer by normalised name. `sections` counts the required sections that are filled, and all of
    them. `review` is the date of the next review. `unit` is the folder of its unit, `base` that of
    its family (`.` for the root); both are empty outside of families. `demands` is what its kind
    demands: `template`, `ids`, `nothing`, or `path` if only the path tells the kind. `carried_out`
    are the files of its unit that it carries out by the family's word: the first that exists.

    Unpacked, `names` is the document's own ID, and `parts` are all other facts, with spans relative
    to `starts`. Packed, `names` are all definitions and `parts` all uses. Read these, the anchors
    in `named` and the suppressions in `silences` through the properties and `…_where`. `evidence`
    says which demands of the template the document meets. `lines` is the table of the lines of a
    closed file.
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
    unit: str = ""
    base: str = ""
    demands: str = ""
    carried_out: tuple[str, ...] = ()
    title_span: Span | None = None
    status_span: Span | None = None
    review_span: Span | None = None
    names: bytes | tuple[Defined, ...] = ()
    parts: bytes | tuple[PartFacts, ...] = ()
    starts: tuple[int, ...] = ()
    named: bytes | tuple[str, ...] = ()
    silences: bytes | tuple[Suppression, ...] = ()
    evidence: bytes = b""
    lines: bytes = b""
    _memo: dict[object, object] | None = field(default=None, init=False, repr=False, compare=False)

    def packed(self, text: str) -> Entry:
        """A copy with packed facts, to save memory, and with the lines of its text."""
        return replace(
            self,
            names=packed.pack_defined(self.defined),
            parts=packed.pack_uses(Uses(self.mentions, self.possible, self.references)),
            starts=(),
            named=packed.pack(self.anchors),
            silences=packed.pack_silences(self.suppressions),
            lines=pack_lines(text),
        )

    @property
    def defined(self) -> tuple[Defined, ...]:
        """The IDs that the file defines, the document's own ID first."""
        return tuple(self.defined_where(None))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(self.mentions_where(None))

    @property
    def possible(self) -> tuple[Mention, ...]:
        """Texts that are mentions only if some document carries the ID."""
        return tuple(self.possible_where(None))

    @property
    def references(self) -> tuple[Reference, ...]:
        """The links to files and headings."""
        return tuple(self.references_where(None))

    def defined_where(self, test: Callable[[Defined], object] | None) -> Iterator[Defined]:
        """The defined IDs that pass a test, which must not read spans."""
        names = packed.defined(self.names) if isinstance(self.names, bytes) else self.names
        yield from filter(test, names) if test else names
        yield from self._where("defined", test)

    def mentions_where(self, test: Callable[[Mention], object] | None) -> Iterator[Mention]:
        """The mentions that pass a test, which must not read spans."""
        return self._where("mentions", test)

    def possible_where(self, test: Callable[[Mention], object] | None) -> Iterator[Mention]:
        """The possible mentions that pass a test, which must not read spans."""
        return self._where("possible", test)

    def references_where(self, test: Callable[[Reference], object] | None) -> Iterator[Reference]:
        """The links that pass a test, which must not read spans."""
        return self._where("references", test)

    def mentions_of(self, keys: Container[str]) -> Iterator[Mention]:
        """The mentions of some IDs, possible ones included."""
        if isinstance(self.parts, bytes):
            return iter(packed.mentions_of(self.parts, keys))
        return chain(*(self._where(kind, lambda each: each.key in keys) for kind in _MENTIONED))

    def links_to(self, path: str) -> Iterator[Reference]:
        """The links to a file."""
        if isinstance(self.parts, bytes):
            return iter(packed.links_to(self.parts, path))
        return self._where("references", lambda each: each.path == path)

    @overload
    def unplaced(self, kind: Literal["defined"]) -> Iterator[Defined]: ...
    @overload
    def unplaced(self, kind: Literal["mentions", "possible"]) -> Iterator[Mention]: ...
    @overload
    def unplaced(self, kind: Literal["references"]) -> Iterator[Reference]: ...
    def unplaced(self, kind: str) -> Iterator[Any]:
        """The facts of a kind with spans relative to their part: cheaper than absolute spans."""
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
        """The targets that the `#` of a link may name."""
        return packed.anchors(self.named) if isinstance(self.named, bytes) else self.named

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        if isinstance(self.silences, bytes):
            return packed.silences(self.silences)
        return self.silences

    def place_of(self, scope: str) -> str:
        """The folder in which an ID with a scope is unique; empty for other IDs."""
        return {"unit": self.unit, "base": self.base}.get(scope, "")

    @property
    def places(self) -> tuple[str, ...]:
        """The folders whose IDs are known in the file, the inner one first."""
        return tuple(filter(None, (self.unit, self.base)))

    @property
    def is_spec(self) -> bool:
        """Whether the file follows a template."""
        return bool(self.kind)

    @property
    def label(self) -> str:
        """The ID, else the title, else the path."""
        return self.id or self.title or self.path

    @property
    def completeness(self) -> float:
        """The share of required sections that have been filled, from 0 to 1.

        If all are filled, the rest counts as one more section: placeholders that are left, or else
        the share of tasks that are done.
        """
        filled, wanted = self.sections
        done, tasks = self.tasks
        if filled < wanted:
            return filled / wanted
        if self.placeholders:
            return filled / (wanted + 1)
        return (filled + done / tasks) / (wanted + 1) if done < tasks else 1.0

    @property
    def percent(self) -> int:
        """The completeness in percent, rounded down: 100 only if complete."""
        return int(self.completeness * 100 + _TOLERANCE)
