"""Match the fields of a document's header and footer to the slots of its template."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise, normalise_name
from spec_lsp.markdown.nodes import Field, Heading
from spec_lsp.markdown.parse import parse
from spec_lsp.template.notation.choices import find_choice
from spec_lsp.template.notation.date_names import CREATED, UPDATED
from spec_lsp.template.notation.titles import singular
from spec_lsp.template.read.fields import is_metadata, names_person
from spec_lsp.template.schema import FieldSlot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spec_lsp.markdown.document import Document
    from spec_lsp.template.schema import Template

_WORD = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[A-Z]+")
_DATE = re.compile(r"\d{4}")

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
    because a line of hyphens directly follows the header. Spellings such as `Author(s)` are one.
    """
    outside = (*document.header_fields, *document.footer_fields)
    known = _by_name(outside)
    underlined = (field for _, fields in underlined_fields(document) for field in fields)
    elsewhere = _by_name(
        (*_metadata(document), *underlined, *_below_first_heading(document, template))
    )
    names = {slot.key for slot in template.fields}
    spelt = {_spelling(key): field for key, field in known.items() if key not in names}
    matches: list[FieldMatch] = []
    absent: list[FieldSlot] = []
    for slot in template.fields:
        found = known.get(slot.key) or elsewhere.get(slot.key) or spelt.get(_spelling(slot.key))
        if found:
            matches.append(FieldMatch(found, slot))
        elif slot.is_required:
            absent.append(slot)
    return tuple(matches), tuple(_missing(document, template, outside, matches, absent))


def _missing(
    document: Document,
    template: Template,
    outside: Iterable[Field],
    matches: Sequence[FieldMatch],
    absent: Sequence[FieldSlot],
) -> Iterator[FieldSlot]:
    """The absent fields that no heading and no other label means."""
    if not absent:
        return
    headings = {_spelling(normalise(title)) for title in document.outline.titles}
    taken = {match.field.span for match in matches}
    own = [field for field in outside if field.span not in taken]
    order = {slot.key: place for place, slot in enumerate(template.fields)}
    for slot in absent:
        near = [field for field in own if _is_renamed(field, slot)]
        is_renamed = any(_is_between(field, slot, matches, order) for field in near)
        if (
            _spelling(slot.key) not in headings
            and not is_renamed
            and not is_not_updated(slot, matches)
        ):
            yield slot


def is_not_updated(slot: FieldSlot, matches: Iterable[FieldMatch]) -> bool:
    """Whether a field is for the last update of a document that has only its creation date."""
    return slot.key in UPDATED and any(
        match.slot.key in CREATED and match.field.value for match in matches
    )


def _is_renamed(field: Field, slot: FieldSlot) -> bool:
    """Whether a field may be that of a slot with another label, by a word or by its value."""
    words, others = (
        {singular(word.casefold()) for word in _WORD.findall(name)}
        for name in (field.name, slot.name)
    )
    if words & others:
        return True
    if slot.choices:
        return find_choice(field.value, slot.choices) is not None
    if slot.kind == "person":
        return names_person(field.name)
    return slot.kind == "date" and bool(_DATE.search(field.value))


def _is_between(
    field: Field, slot: FieldSlot, matches: Iterable[FieldMatch], order: dict[str, int]
) -> bool:
    """Whether a field is between the neighbours that its slot has in the template."""
    place = order[slot.key]
    same = [match for match in matches if match.slot.place == slot.place]
    return all(
        (order[match.slot.key] < place) == (match.field.span < field.span)
        for match in _nearest(same, place, order)
    )


def _nearest(
    matches: Sequence[FieldMatch], place: int, order: dict[str, int]
) -> Iterator[FieldMatch]:
    """The last match before a place in the template, and the first after it."""
    before = [match for match in matches if order[match.slot.key] < place]
    after = [match for match in matches if order[match.slot.key] > place]
    yield from (*before[-1:], *after[:1])


def _spelling(key: str) -> str:
    """What all spellings of a name share: `authors`, `author(s)`; `last updated`, `lastupdated`."""
    return "".join(map(singular, re.findall(r"[^\W_]+", key.replace("(s)", ""))))


def underlined_fields(document: Document) -> Iterator[tuple[Heading, tuple[Field, ...]]]:
    """The headings directly after the header whose lines are fields, with these fields."""
    title = document.title_section
    for section in islice(document.sections, title.index + 1 if title else 0, None):
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


def _below_first_heading(document: Document, template: Template) -> Iterator[Field]:
    """The fields below the first heading that is not a level 1 title with text of its own."""
    title = document.title_section
    if not title:
        first = (each for each in document.sections if each.level)
        yield from next(first, document.sections[0]).fields
    elif not title.body_span.of(document.text).strip():
        # A subtitle, as in `# RFC` and `## Passkeys`, is no section of the template.
        for section in document.sections[title.index + 1 : title.index + 2]:
            if not any(slot.pattern.matches(section.title) for slot in template.slots):
                yield from section.fields


def _by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """The first field of each normalised name."""
    found: dict[str, Field] = {}
    for field in fields:
        found.setdefault(normalise_name(field.name), field)
    return found
