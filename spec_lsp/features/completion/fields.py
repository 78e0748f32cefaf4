"""Fields: the value at the cursor, and the lines of missing fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from spec_lsp.compare import fold, normalise_name
from spec_lsp.features.completion import ids, links, values
from spec_lsp.features.completion.typed import Typed, begins_word
from spec_lsp.features.shared.id_fields import prefixes_of
from spec_lsp.features.shared.new_document import values_for
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Completion, Completions
from spec_lsp.features.shared.values import meaning
from spec_lsp.markdown.nodes import Field
from spec_lsp.template.notation.choices import find_choice, read_choices
from spec_lsp.template.schema import FieldSlot, Template
from spec_lsp.template.write.fill import field_line
from spec_lsp.template.write.snippet import plain, with_line_ends
from spec_lsp.template.write.values import written_value
from spec_lsp.text import Span, line_ending

_LABEL = re.compile(r"\s*+(?:>\s*+)?(?P<mark>(?:[-*+][ \t]++)?(?:\*\*|__|\*)?)(?P<name>[\w /-]*)$")
_LAST = 5000
_COMMON = 3  # documents that make a value one of the team's own, as for values outside the choices
_TAG_KEYS = ("tags", "labels", "keywords")


def value_items(place: Place) -> Completions:
    """Complete the value of the field at the cursor."""
    spot = place.spot
    if not spot or not spot.field or not spot.field_slot:
        return Completions()
    field, slot = spot.field, spot.field_slot
    if _is_behind_choice(place, field, slot):
        return Completions()
    if place.document.text[place.offset : field.value_span.start].strip():
        # The cursor is in the markup of the label.
        return Completions()
    return slot_items(place, slot, _typed_value(place, field, slot), field.value)


def _is_behind_choice(place: Place, field: Field, slot: FieldSlot) -> bool:
    """Whether the cursor is in the text after a section's value: `Superseded by ADR-1`."""
    before = place.document.text[field.value_span.start : place.offset]
    choice = find_choice(before, slot.choices) if slot.choices else None
    is_longer = choice is not None and not fold(choice.text).startswith(fold(before))
    return is_longer and slot.place == "heading"


def slot_items(place: Place, slot: FieldSlot, typed: Typed, value: str) -> Completions:
    """Complete the value of a slot; `value` is the whole current value."""
    page, binding = place.page, place.page.binding
    if not binding:
        return Completions()
    if slot.choices:
        lifecycle = binding.template.lifecycle
        is_state = bool(lifecycle and lifecycle.field == slot.key and slot.place != "section")
        states = lifecycle if is_state else None
        return Completions(tuple(values.choice_items(typed, slot.choices, value, states)))
    if slot.kind == "date":
        return Completions(tuple(values.date_items(typed, page, slot.date_format)))
    if slot.kind == "person":
        member = _last_member(typed, value)
        return Completions(tuple(values.person_items(member, page, slot.key)))
    if slot.kind == "tags" or slot.key in _TAG_KEYS:
        member, taken = _last_member(typed, value), values.split_values(value)
        return Completions(tuple(values.used_items(member, page, slot.key, taken)))
    found = _id_values(place, slot, binding.template, typed)
    if found.items or slot.kind == "link" or slot.place == "section":
        return found
    return Completions(tuple(values.used_items(typed, page, slot.key, least=_COMMON)))


def missing_items(place: Place, typed: Typed) -> Iterator[Completion]:
    """Offer the lines of fields that the template has here and the document lacks."""
    binding = place.page.binding
    label = _LABEL.fullmatch(typed.text)
    if not binding or not label:
        return
    wanted = [slot for slot in _missing_slots(place) if begins_word(slot.name, label["name"])]
    last = 0 if _is_among_fields(place) else _LAST
    for item in field_items(place, typed, _in_order(place, wanted), last):
        line = plain(item.parts).strip()
        yield replace(item, filter=line) if label["mark"] else item


def field_items(
    place: Place, typed: Typed, slots: Sequence[FieldSlot], first_rank: int = 0
) -> Iterator[Completion]:
    """Return the lines of fields, with known values."""
    binding = place.page.binding
    if not binding or not slots:
        return
    template, ending = binding.template, line_ending(place.document.text)
    known = values_for(place.page, template)
    for rank, slot in enumerate(slots, first_rank):
        parts = field_line(slot, template, written_value(slot, known, template) or "")
        yield Completion(
            label=slot.name,
            kind="field",
            span=typed.span,
            parts=tuple(with_line_ends(parts, ending)),
            description="field" if slot.is_required else "optional field",
            filter=slot.name,
            rank=rank,
            documentation=partial(meaning, slot),
        )


def _id_values(place: Place, slot: FieldSlot, template: Template, typed: Typed) -> Completions:
    page = place.page
    if slot.name == template.id_field and slot.place != "section":
        return Completions(tuple(ids.next_id_item(page, typed, template)))
    prefixes = prefixes_of(slot, page.workspace.settings)
    word = re.search(r"(?<![\w-])[\w-]*$", typed.text)
    start = typed.span.end - len(word[0]) if word and "," in typed.text else typed.span.start
    if start != typed.span.start and word:
        typed = Typed(Span(start, place.offset), word[0])
    if slot.kind == "link":
        return links.document_links(place, typed, prefixes)
    return ids.field_items(page, typed, prefixes)


def _typed_value(place: Place, field: Field, slot: FieldSlot) -> Typed:
    """Return the part of the value on the cursor's line; two spaces at its end are kept."""
    text, offset, line = place.document.text, place.offset, place.line
    span = field.value_span
    start = max(span.start, line.start) if field.value and span.start <= offset else offset
    stop = min(max(span.end, offset), line.end) if field.value else offset
    touches = text[:start].endswith(":") or text[:start].endswith("**")
    is_break = field.value and text[span.end : offset].startswith("  ")
    return Typed(
        Span(start, max(stop, offset)),
        text[start:offset],
        lead=" " if touches and start == offset else "",
        tail="  " if is_break else "",
        is_stale=_is_stale(field.value, slot),
    )


def _is_stale(value: str, slot: FieldSlot) -> bool:
    """Whether a value is template text, which is replaced."""
    return bool(value) and (value == slot.placeholder or bool(read_choices(value, slot.name)))


def _last_member(typed: Typed, value: str) -> Typed:
    """Return the list member being typed."""
    if not value.startswith("[") and "," not in typed.text:
        return typed
    member = re.search(r"[^\[,]*$", typed.text)
    text = member[0].lstrip() if member else ""
    end = typed.span.start + len(typed.text)
    return Typed(Span(end - len(text), end), text, lead=" " if typed.text.endswith(",") else "")


def _missing_slots(place: Place) -> Iterable[FieldSlot]:
    binding, spot = place.page.binding, place.spot
    if not binding or not spot:
        return ()
    if spot.section in place.document.header_sections:
        wanted = ("header",)
    elif place.offset > place.document.footer_start:
        wanted = ("footer",)
    else:
        fields = spot.match.slot.fields if spot.match else ()
        present = {normalise_name(field.name) for field in spot.section.fields}
        asked = (slot for slot in fields if slot.place == "section" and slot.key not in present)
        return [slot for slot in asked if _is_named(slot)]
    present = {match.slot.key for match in binding.fields}
    return [
        slot
        for slot in binding.template.fields
        if slot.key not in present and slot.place in wanted and _is_named(slot)
    ]


def _is_among_fields(place: Place) -> bool:
    """Whether there are only fields between the heading and the cursor's line."""
    section = place.document.section_at(place.line.start)
    start = section.heading.span.end if section.heading else section.start
    between = place.document.text[start : place.line.start]
    for field in section.fields:
        between = between.replace(field.span.of(place.document.text), "")
    return not between.strip(" \t\r\n-*_\\`>")


def _is_named(slot: FieldSlot) -> bool:
    return not slot.name.startswith(("[", "{", "<"))


def _in_order(place: Place, missing: list[FieldSlot]) -> list[FieldSlot]:
    """Order: fields after the one above the cursor first, in template order."""
    spot, binding = place.spot, place.page.binding
    if not spot or not binding:
        return missing
    above = [field for field in spot.section.fields if field.span.end <= place.line.start]
    key = normalise_name(above[-1].name) if above else ""
    all_slots = [*binding.template.fields, *(spot.match.slot.fields if spot.match else ())]
    at = next((slot.node.span.start for slot in all_slots if slot.key == key), -1)
    return sorted(missing, key=lambda slot: slot.node.span.start < at)
