"""Bind a document to its template: the slot of each section and field, and missing fields."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Any, TypeVar

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.heading_field import heading_field
from spec_lsp.markdown.nodes import Field
from spec_lsp.markdown.section import Section
from spec_lsp.memo import Rows, lazy, once
from spec_lsp.template.match.fields import FieldMatch, FieldTest, match_fields
from spec_lsp.template.match.sections import SectionMatch, match_sections
from spec_lsp.template.notation.choices import read_choices
from spec_lsp.template.read.states import STATUS_KEYS
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.outline import Outline
    from spec_lsp.memo import Seam
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template

_FIRST_WORDS = re.compile(r"[^\W\d_](?:[\w -]*\w)?")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Matches:
    """The matches of a document, without offsets.

    Versions of a document with the same outline share them, and `rows`, the cached results for its
    sections. The fields of header, footer and metadata belong to the outline; their spans count
    from the starts of the sections at `places`.
    """

    outline: Outline
    template: Template = field(compare=False, repr=False)
    sections: tuple[SectionMatch, ...]
    fields: tuple[FieldMatch, ...]
    places: tuple[int, ...]
    missing_fields: tuple[FieldSlot, ...]
    rows: Rows = field(default_factory=Rows, compare=False, repr=False)

    @lazy
    def indices(self) -> list[int]:
        """The indices of the sections that have a slot."""
        return [match.index for match in self.sections]

    @lazy
    def by_section(self) -> dict[int, SectionMatch]:
        """The matches by the index of their section."""
        return {match.index: match for match in self.sections}


@dataclass(frozen=True)
class Binding:
    """A document with its matches to a template."""

    document: Document
    template: Template
    matches: Matches

    @property
    def sections(self) -> tuple[SectionMatch, ...]:
        """The sections that have a slot, in the document's order."""
        return self.matches.sections

    @lazy
    def fields(self) -> tuple[FieldMatch, ...]:
        """The fields of header, footer and metadata that have a slot."""
        starts = self.document.starts
        return tuple(
            FieldMatch(match.field.shift(starts[place]), match.slot)
            for match, place in zip(self.matches.fields, self.matches.places, strict=True)
        )

    @property
    def missing_fields(self) -> tuple[FieldSlot, ...]:
        """The slots of required fields that the document lacks."""
        return self.matches.missing_fields

    def section(self, match: SectionMatch) -> Section:
        """The section of a match."""
        return Section(self.document, match.index)

    def match_of(self, section: Section) -> SectionMatch | None:
        """The match of a section, None if it has no slot."""
        return self.matches.by_section.get(section.index)

    def slot_of(self, section: Section) -> SectionSlot | None:
        """The slot of a section, None if it has none."""
        match = self.match_of(section)
        return match.slot if match else None

    def field(self, key: str) -> Field | None:
        """The document's field for the slot with a normalised name, or the value of a section."""
        return self._outer_field(key) or self._section_value(key)

    def _outer_field(self, key: str) -> Field | None:
        return next((match.field for match in self.fields if match.slot.key == key), None)

    def _section_value(self, key: str) -> Field | None:
        slot = self.template.field(key)
        for match in self.sections if slot and slot.place == "heading" else ():
            if match.slot.value is slot and (field := heading_field(self.section(match).chunk)):
                return field.shift(self.document.starts[match.index])
        return None

    def sections_of(self, slot: SectionSlot) -> list[Section]:
        """The document's sections for a slot."""
        return [self.section(match) for match in self.sections if match.slot.path == slot.path]

    @lazy
    def status(self) -> str:
        """The document's status, as written; "" if it has none."""
        if field := self.status_field:
            return field.value
        span = self.status_section
        return span.of(self.document.text) if span else ""

    @property
    def status_field(self) -> Field | None:
        """The field of the life cycle; the template may have a section instead of a field."""
        if not self.template.lifecycle:
            return None
        key = self.template.lifecycle.field
        others = (f for f in self.document.header_fields if normalise_name(f.name) == key)
        return self._outer_field(key) or next(others, None)

    @lazy
    def status_section(self) -> Span | None:
        """The first words of the section that says the status; decision records have one."""
        # Most templates have none: the sections of a long document are not looked at then.
        for match in self.sections if once(self.template, _has_status_section) else ():
            if match.slot.pattern.key in STATUS_KEYS:
                section = self.section(match)
                value = heading_field(section.chunk)
                if value and read_choices(value.value, value.name):
                    return value.value_span.shift(section.start)
                start = max((each.span.end for each in section.comments), default=0)
                start, end = max(start, section.body_span.start), section.body_span.end
                words = _FIRST_WORDS.search(self.document.text, start, end)
                # `Superseded by` is followed by the other document.
                return words and Span(
                    words.start(), words.start() + len(words[0].removesuffix(" by"))
                )
        return None

    def section_fields(self, match: SectionMatch) -> Iterator[FieldMatch]:
        """The fields of a section that have a slot."""
        start, footer_start = self.document.starts[match.index], self.document.footer_start
        for local, slot in _known_fields(self, match):
            placed = local.shift(start)
            if placed.span.start < footer_start:
                yield FieldMatch(placed, slot)

    def all_fields(self, passes: FieldTest | None = None) -> Iterator[FieldMatch]:
        """The fields of the header, the footer and all sections, or those that pass a test.

        A test depends only on the texts of a field and its slot, because its results are cached for
        each section until the section changes.
        """
        outside = self.fields
        yield from compress(outside, once(self.matches, _passing, passes)) if passes else outside
        seen = {match.field.span for match in outside}
        starts, footer_start = self.document.starts, self.document.footer_start
        for match, found in _fields_that_pass(self, passes):
            for local, slot in found:
                placed = local.shift(starts[match.index])
                if placed.span.start < footer_start and placed.span not in seen:
                    yield FieldMatch(placed, slot)


def each_match(
    binding: Binding, ask: Callable[..., _Answer], *given: object
) -> Iterator[tuple[SectionMatch, _Answer]]:
    """The matches for which `ask(binding, match, *given)` is true, with the result.

    The result may depend only on the text between the heading and the footer, on the slot and on
    the document's outline. While the outline stays the same, a new version computes only the edited
    sections, as `each_part` does.
    """
    matches = binding.sections
    row = _row(
        binding, ask, given, lambda part: [ask(binding, each, *given) for each in matches[part]]
    )
    return compress(zip(matches, row, strict=True), row)


def _row(
    binding: Binding,
    ask: Callable[..., object],
    given: tuple[object, ...],
    compute: Callable[[slice], list[Any]],
) -> list[Any]:
    """The results for all matches; `compute` returns those for a slice of them."""
    indices = binding.matches.indices

    def renew(known: list[Any], seam: Seam) -> list[Any]:
        first, end = (bisect_left(indices, at) for at in (seam.first, seam.new_end))
        fresh = compute(slice(first, end))
        return [*known[:first], *fresh, *known[end:]] if known else fresh

    return binding.matches.rows.of(binding.document.chunks, ask, given, renew)


def _passing(matches: Matches, passes: FieldTest) -> list[bool]:
    """Which fields of header, footer and metadata pass a test."""
    return [passes(match.field, match.slot) for match in matches.fields]


def _fields_that_pass(
    binding: Binding, passes: FieldTest | None
) -> Iterator[tuple[SectionMatch, list[tuple[Field, FieldSlot]]]]:
    """The fields of sections that have a slot, or those of them that pass a test."""
    known = _row(
        binding,
        _known_fields,
        (),
        lambda part: [_known_fields(binding, each) for each in binding.sections[part]],
    )
    row = known
    if passes:
        row = _row(
            binding,
            _fields_that_pass,
            (passes,),
            lambda part: [each and [one for one in each if passes(*one)] for each in known[part]],
        )
    return compress(zip(binding.sections, row, strict=True), row)


def _known_fields(binding: Binding, match: SectionMatch) -> list[tuple[Field, FieldSlot]]:
    if not match.slot.fields:
        return []
    chunk = binding.document.chunks[match.index]
    may_hold_some = chunk.fields or match.slot.value
    return once(chunk, _read_known_fields, match.slot) if may_hold_some else []


def _read_known_fields(chunk: Chunk, slot: SectionSlot) -> list[tuple[Field, FieldSlot]]:
    if slot.value:
        field = heading_field(chunk)
        return [(field, slot.value)] if field and field.value else []
    slots = slot.fields_by_key
    named = ((field, slots.get(normalise_name(field.name))) for field in chunk.fields)
    return [(field, asked) for field, asked in named if asked]


def bind(document: Document, template: Template) -> Binding:
    """Match a document to a template."""
    sections = match_sections(document, template)
    fields, missing = match_fields(document, template)
    places = tuple(document.chunk_at(match.field.span.start) for match in fields)
    local = tuple(
        FieldMatch(match.field.shift(-document.starts[place]), match.slot)
        for match, place in zip(fields, places, strict=True)
    )
    matches = Matches(document.outline, template, sections, local, places, missing)
    return Binding(document, template, matches)


def _has_status_section(template: Template) -> bool:
    return any(slot.pattern.key in STATUS_KEYS for slot in template.slots)
