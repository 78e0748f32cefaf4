"""Match the fields of a document's header and footer to the slots of its template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.nodes import Field, Heading
from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.fields import is_metadata
from spec_lsp.template.schema import FieldSlot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.template.schema import Template

FieldTest = Callable[[Field, FieldSlot], bool]


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A field of the document and its slot."""

    field: Field
    slot: FieldSlot


def match_fields(
    document: Document, template: Template
) -> tuple[tuple[FieldMatch, ...], tuple[FieldSlot, ...]]:
    """The matched fields outside of sections, and the slots of missing required fields.

    A field in another position still counts, and so does a field that is a heading by mistake,
    because a line of hyphens directly follows the header.
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
    """The headings directly after the header whose lines are fields, with these fields."""
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
    """The fields in a metadata section of the document."""
    for section in document.sections:
        if is_metadata(section.title):
            yield from section.fields


def _by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """The first field of each normalised name."""
    found: dict[str, Field] = {}
    for field in fields:
        found.setdefault(normalise_name(field.name), field)
    return found
