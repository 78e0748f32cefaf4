"""Pairing a document with its template: which slot governs which place, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from spec_lsp.markdown import Field
from spec_lsp.template.field_match import FieldMatch, FieldTest, match_fields
from spec_lsp.template.field_slots import normalise_name
from spec_lsp.template.section_match import SectionMatch, match_sections
from spec_lsp.template.section_slots import body_text
from spec_lsp.template.spots import Spot, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown import Chunk, Document, Section
    from spec_lsp.template.model import FieldSlot, SectionSlot, Template

Ask = Callable[["Binding", SectionMatch], bool]
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class MissingSection:
    """A required section that the document lacks, and where it belongs.

    `parent` is the document's section it belongs under, None for the outermost ones.
    """

    slot: SectionSlot
    parent: Section | None
    offset: int


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

    @cached_property
    def missing_sections(self) -> tuple[MissingSection, ...]:
        """The required sections that are absent; what an absent section holds is not listed."""
        found = list(self._missing(None, self.template.sections))
        for match in self.where("lacks sections", _lacks_sections):
            found += self.missing_below(match)
        return tuple(found)

    def missing_below(self, match: SectionMatch) -> Iterator[MissingSection]:
        """The required sections that are absent inside another one."""
        return self._missing(match, match.slot.children) if match.slot.children else iter(())

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

    def insertion_offset(self, slot: SectionSlot, parent: Section | None) -> int:
        """Where a section that is absent belongs: behind the one before it in the template."""
        for each, offset in self._places(parent):
            if each.path == slot.path:
                return offset
        return self._end(parent) if parent else self._footer(None)

    def slot_at(self, offset: int) -> Spot:
        """What governs an offset: the question that every feature begins with."""
        return locate(self, offset)

    def _under(self, parent: Section | None) -> list[SectionMatch]:
        """The matches below the section that stands for their slots' parent."""
        places = self.of_outline(_places_under)
        return [self.sections[at] for at in places.get(parent.index if parent else -1, ())]

    def _missing(
        self, match: SectionMatch | None, slots: Iterable[SectionSlot]
    ) -> Iterator[MissingSection]:
        parent = match.section if match else None
        here = self._under(parent)
        present = self.of_outline(_astray) | {each.slot.path for each in here}
        absent = [slot for slot in slots if slot.is_required and slot.path not in present]
        if absent and match and all(each.is_astray for each in here) and self._is_own(match):
            return
        paths = {slot.path for slot in absent}
        for slot, offset in self._places(parent) if absent else ():
            if slot.path in paths:
                yield MissingSection(slot, parent, offset)

    def _is_own(self, match: SectionMatch) -> bool:
        """Whether a section has text or sections of its own instead of those of its template.

        The fields that its template shows are not its own.
        """
        section, document = match.section, self.document
        following = document.sections[section.index + 1 : section.index + 2]
        if following and following[0].parent == section.index:
            return True
        shown = {
            line.strip()
            for line in body_text(self.template.document, match.slot.section).splitlines()
        }
        body = body_text(document, section)
        for found in self.section_fields(match):
            body = body.replace(found.field.span.of(document.text), "")
        lines = (line.strip() for line in body.splitlines())
        return any(line not in shown and line.strip("-*_ ") for line in lines)

    def _places(self, parent: Section | None) -> Iterator[tuple[SectionSlot, int]]:
        """The slots of one place in order, each with the offset at which a new section belongs."""
        own: dict[tuple[str, ...], SectionMatch] = {}
        for match in self._under(parent):
            if not match.is_astray:
                own[match.slot.path] = match
        slots = self._siblings(parent)
        first = next((own[slot.path] for slot in slots if slot.path in own), None)
        last: Section | None = None
        for slot in slots:
            if slot.path in own and (not last or own[slot.path].section.index > last.index):
                last = own[slot.path].section
            if last:
                yield slot, self._end(last)
            elif first:
                yield slot, min(match.section.start for match in own.values())
            elif parent:
                yield slot, min(parent.end, self._footer(parent))
            else:
                yield slot, self._below_title()

    def _siblings(self, parent: Section | None) -> tuple[SectionSlot, ...]:
        if parent is None:
            return self.template.sections
        slot = self.slot_of(parent)
        return slot.children if slot else ()

    def _below_title(self) -> int:
        """Where the first section belongs: behind the title and what stands under it."""
        title = self.document.title_section
        if not title:
            return self._footer(None)
        return self._footer(title) if title.end == len(self.document.text) else title.end

    def _end(self, section: Section) -> int:
        end = self.document.subtree_end(section)
        return min(end, self.document.footer_start) if end == len(self.document.text) else end

    def _footer(self, section: Section | None) -> int:
        start = self.document.footer_start
        return max(start, section.body_span.start) if section else start


def _passing(binding: Binding, passes: FieldTest) -> list[bool]:
    """Which fields of header, footer and metadata pass a test."""
    return [passes(match.field, match.slot) for match in binding.fields]


def _places_under(binding: Binding) -> dict[int, list[int]]:
    """The places of the matches by the index of the section that stands for their slot's parent."""
    found: dict[int, list[int]] = {}
    for at, match in enumerate(binding.sections):
        found.setdefault(match.under, []).append(at)
    return found


def _astray(binding: Binding) -> frozenset[tuple[str, ...]]:
    return frozenset(match.slot.path for match in binding.sections if match.is_astray)


def _lacks_sections(binding: Binding, match: SectionMatch) -> bool:
    return any(True for _ in binding.missing_below(match))


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
