"""Pairing a document with its template: which slot governs which place, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from spec_lsp.template.field_slots import normalise_name
from spec_lsp.template.section_match import SectionMatch, match_sections
from spec_lsp.template.spots import Spot, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown import Document, Field, Section
    from spec_lsp.template.model import FieldSlot, SectionSlot, Template


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A field of the document and the slot that governs it."""

    field: Field
    slot: FieldSlot


@dataclass(frozen=True, slots=True)
class MissingSection:
    """A required section that the document lacks, and where it belongs.

    `parent` is the document's section it belongs under, None for the outermost ones.
    """

    slot: SectionSlot
    parent: Section | None
    offset: int


@dataclass(frozen=True)
class Binding:
    """A document seen through its template."""

    document: Document
    template: Template
    sections: tuple[SectionMatch, ...]
    fields: tuple[FieldMatch, ...]
    missing_fields: tuple[FieldSlot, ...]

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
        for match in self.sections:
            found += self._missing(match, match.slot.children)
        return tuple(found)

    def section_fields(self, match: SectionMatch) -> Iterator[FieldMatch]:
        """The fields of a section that its slot knows."""
        slots = {slot.key: slot for slot in match.slot.fields}
        for field in self.document.body_fields(match.section):
            if slot := slots.get(normalise_name(field.name)):
                yield FieldMatch(field, slot)

    def all_fields(self) -> Iterator[FieldMatch]:
        """The fields of the header, the footer and all sections."""
        yield from self.fields
        seen = {match.field.span for match in self.fields}
        for match in self.sections:
            for found in self.section_fields(match):
                if found.field.span not in seen:
                    yield found

    def insertion_offset(self, slot: SectionSlot, parent: Section | None) -> int:
        """Where a section that is absent belongs: behind the one before it in the template."""
        siblings = self._siblings(parent)
        order = [each.path for each in siblings]
        at = order.index(slot.path) if slot.path in order else len(order)
        own = self._matched_under(parent)
        before = [match for match in own if match.slot.path in order[: at + 1]]
        if before:
            return self._end(before[-1].section)
        after = next((match for match in own if match.slot.path in order[at:]), None)
        if after:
            return after.section.start
        if parent:
            return min(parent.end, self._footer(parent))
        title = self.document.title_section
        return (
            self._footer(title)
            if title and title.end == len(self.document.text)
            else (title.end if title else self._footer(None))
        )

    def slot_at(self, offset: int) -> Spot:
        """What governs an offset: the question that every feature begins with."""
        return locate(self, offset)

    def _missing(
        self, match: SectionMatch | None, slots: Iterable[SectionSlot]
    ) -> Iterator[MissingSection]:
        parent = match.section if match else None
        present = {each.slot.path for each in self.sections if not each.slot.path[:-1] or not match}
        if match:
            end = self.document.subtree_end(match.section)
            present = {
                each.slot.path
                for each in self.sections
                if match.section.start < each.section.start < end or each.is_astray
            }
        for slot in slots:
            if slot.is_required and slot.path not in present:
                yield MissingSection(slot, parent, self.insertion_offset(slot, parent))

    def _siblings(self, parent: Section | None) -> tuple[SectionSlot, ...]:
        if parent is None:
            return self.template.sections
        slot = self.slot_of(parent)
        return slot.children if slot else ()

    def _matched_under(self, parent: Section | None) -> list[SectionMatch]:
        """The matches whose slots are right below a section's slot, within that section."""
        if parent is None:
            return [match for match in self.sections if len(match.slot.path) == 1]
        depth = len(self.by_section[parent.index].slot.path) + 1
        end = self.document.subtree_end(parent)
        return [
            match
            for match in self.sections
            if len(match.slot.path) == depth and parent.start < match.section.start < end
        ]

    def _end(self, section: Section) -> int:
        end = self.document.subtree_end(section)
        return min(end, self.document.footer_start) if end == len(self.document.text) else end

    def _footer(self, section: Section | None) -> int:
        start = self.document.footer_start
        return max(start, section.body_span.start) if section else start


def bind(document: Document, template: Template) -> Binding:
    """Pair a document with a template."""
    sections = match_sections(document, template)
    fields, missing = _match_fields(document, template)
    return Binding(document, template, sections, fields, missing)


def _match_fields(
    document: Document, template: Template
) -> tuple[tuple[FieldMatch, ...], tuple[FieldSlot, ...]]:
    """The fields outside of sections; one that moved to another place still counts."""
    known: dict[str, Field] = {}
    outside = (*document.header_fields, *document.footer_fields)
    for field in outside:
        known.setdefault(normalise_name(field.name), field)
    matches: list[FieldMatch] = []
    missing: list[FieldSlot] = []
    for slot in template.fields:
        found = known.get(slot.key) or _elsewhere(document, slot.key)
        if found:
            matches.append(FieldMatch(found, slot))
        elif slot.is_required:
            missing.append(slot)
    return tuple(matches), tuple(missing)


def _elsewhere(document: Document, key: str) -> Field | None:
    """A field that a document keeps in a section of its own, such as Metadata."""
    for section in document.sections:
        for field in section.chunk.fields:
            if normalise_name(field.name) == key and field.style == "bold":
                return field.shift(section.start)
    return None
