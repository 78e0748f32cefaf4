"""Pairing a document with its template: which slot governs which place, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.nodes import Field
from spec_lsp.template.match.fields import FieldMatch, FieldTest, match_fields
from spec_lsp.template.match.sections import SectionMatch, match_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template

Ask = Callable[["Binding", SectionMatch], bool]
_Answer = TypeVar("_Answer")


class Carried(NamedTuple):
    """What was answered of the sections of an earlier version, and where it no longer holds.

    `of_outline` is what all versions with one outline have in common.
    """

    answers: Mapping[Hashable, list[bool]]
    changed: tuple[int, ...]
    of_outline: dict[Hashable, Any]


@dataclass(frozen=True)
class Binding:
    """A document seen through its template.

    `carried` is from the version before an edit, if that had the same outline.
    """

    document: Document
    template: Template
    sections: tuple[SectionMatch, ...]
    fields: tuple[FieldMatch, ...]
    missing_fields: tuple[FieldSlot, ...]
    carried: Carried = field(default_factory=lambda: Carried({}, (), {}), compare=False, repr=False)
    answers: dict[Hashable, list[bool]] = field(default_factory=dict, compare=False, repr=False)

    def where(self, what: Hashable, ask: Ask) -> Iterator[SectionMatch]:
        """The matches of which something is so; after an edit, only what it touched is asked again.

        The answer may depend on nothing but what stands below the heading, down to the closing
        block, on the slot, and on the outline of the document.
        """
        return compress(self.sections, self._answers(what, ask))

    def of_outline(self, ask: Callable[..., _Answer], *given: Hashable) -> _Answer:
        """The answer to a question that depends on nothing but the outline, and what is given.

        The fields of header, footer and metadata belong to the outline.
        """
        known = self.carried.of_outline
        question = (ask, *given)
        if question not in known:
            known[question] = ask(self, *given)
        answer: _Answer = known[question]
        return answer

    def _answers(self, what: Hashable, ask: Ask, among: list[bool] | None = None) -> list[bool]:
        """The answers for all matches; what is not `among` those that may be so is not asked."""
        known = self.answers.get(what)
        if known is None:
            known = [*self.carried.answers.get(what, ())]
            stale = self.carried.changed if known else range(len(self.sections))
            known = known or [False] * len(self.sections)
            for at in stale:
                known[at] = (among is None or among[at]) and ask(self, self.sections[at])
            self.answers[what] = known
        return known

    @cached_property
    def by_section(self) -> dict[int, SectionMatch]:
        """The matches by the index of their section."""
        return {match.section.index: match for match in self.sections}

    def slot_of(self, section: Section) -> SectionSlot | None:
        """The slot that governs a section."""
        match = self.by_section.get(section.index)
        return match.slot if match else None

    def field(self, key: str) -> Field | None:
        """The document's field for a slot with this normalised name."""
        return next((match.field for match in self.fields if match.slot.key == key), None)

    def sections_of(self, slot: SectionSlot) -> list[Section]:
        """The document's sections that a slot governs."""
        return [match.section for match in self.sections if match.slot.path == slot.path]

    @property
    def status(self) -> str:
        """The document's state, as written; nothing where it has none."""
        lifecycle = self.template.lifecycle
        field = self.field(lifecycle.field) if lifecycle else None
        return field.value if field else ""

    def section_fields(self, match: SectionMatch) -> Iterator[FieldMatch]:
        """The fields of a section that its slot knows."""
        slots = match.slot.fields_by_key
        for each in self.document.body_fields(match.section) if slots else ():
            if slot := slots.get(normalise_name(each.name)):
                yield FieldMatch(each, slot)

    def all_fields(self, passes: FieldTest | None = None) -> Iterator[FieldMatch]:
        """The fields of the header, the footer and all sections, or those that pass a test.

        A test looks at nothing but the texts of a field and its slot: a section in which none
        passes is not looked into again before it changes.
        """
        yield from (
            compress(self.fields, self.of_outline(_passing, passes)) if passes else self.fields
        )
        seen = {match.field.span for match in self.fields}
        wanted = self._answers("has fields", _has_fields)
        if passes:
            ask = partial(_any_passes, passes=passes)
            wanted = self._answers(("fields that pass", passes), ask, among=wanted)
        for match in compress(self.sections, wanted):
            for found in self.section_fields(match):
                is_wanted = not passes or passes(found.field, found.slot)
                if is_wanted and found.field.span not in seen:
                    yield found


def _passing(binding: Binding, passes: FieldTest) -> list[bool]:
    """Which fields of header, footer and metadata pass a test."""
    return [passes(match.field, match.slot) for match in binding.fields]


def _has_fields(_: Binding, match: SectionMatch) -> bool:
    return bool(_known_fields(match))


def _any_passes(_: Binding, match: SectionMatch, passes: FieldTest) -> bool:
    return any(passes(field, asked) for field, asked in _known_fields(match))


def _known_fields(match: SectionMatch) -> list[tuple[Field, FieldSlot]]:
    """The fields of a section that its slot knows."""
    slot, chunk = match.slot, match.section.chunk
    if not slot.fields or not chunk.fields:
        return []
    return chunk.noted("fields of slot", slot, _read_known_fields, chunk, slot)


def _read_known_fields(chunk: Chunk, slot: SectionSlot) -> list[tuple[Field, FieldSlot]]:
    slots = slot.fields_by_key
    named = ((field, slots.get(normalise_name(field.name))) for field in chunk.fields)
    return [(field, asked) for field, asked in named if asked]


def bind(document: Document, template: Template) -> Binding:
    """Pair a document with a template."""
    sections = match_sections(document, template)
    fields, missing = match_fields(document, template)
    return Binding(document, template, sections, fields, missing)
