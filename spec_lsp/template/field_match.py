"""Pairing the fields of a document's header and footer with those of its template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.markdown import Field, Heading, parse
from spec_lsp.template.field_slots import is_metadata, normalise_name
from spec_lsp.template.model import FieldSlot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown import Document
    from spec_lsp.template.model import Template

FieldTest = Callable[[Field, FieldSlot], bool]


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A field of the document and the slot that governs it."""

    field: Field
    slot: FieldSlot


def match_fields(
    document: Document, template: Template
) -> tuple[tuple[FieldMatch, ...], tuple[FieldSlot, ...]]:
    """The fields outside of sections; one that moved to another place still counts.

    So does one that is a heading by mistake, since a line of hyphens follows the header at once.
    """
    outside = (*document.header_fields, *document.footer_fields)
    known = _by_name(outside)
    underlined = (field for _, fields in underlined_fields(document) for field in fields)
    elsewhere = _by_name((*_metadata(document), *underlined))
    matches: list[FieldMatch] = []
    missing: list[FieldSlot] = []
    for slot in template.fields:
        found = known.get(slot.key) or elsewhere.get(slot.key)
        if found:
            matches.append(FieldMatch(found, slot))
        elif slot.is_required:
            missing.append(slot)
    return tuple(matches), tuple(missing)


def underlined_fields(document: Document) -> Iterator[tuple[Heading, tuple[Field, ...]]]:
    """The headings right after the header whose lines read as fields, with these."""
    title = document.title_section
    for section in document.sections[title.index + 1 if title else 0 :]:
        heading = section.heading
        if not heading and section.index == 0:
            continue
        if not heading or not heading.is_setext:
            return
        fields = parse("", heading.text_span.of(document.text)).header_fields
        if not fields:
            return
        yield heading, tuple(field.shift(heading.text_span.start) for field in fields)


def _metadata(document: Document) -> Iterator[Field]:
    """The fields that a document keeps in a section of their own."""
    for section in document.sections:
        if is_metadata(section.title):
            yield from section.fields


def _by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """The first field of each normalised name."""
    found: dict[str, Field] = {}
    for field in fields:
        found.setdefault(normalise_name(field.name), field)
    return found
