"""The hover text in a template: what was inferred from this position."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import same_text
from spec_lsp.safe_markdown import code, harmless
from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.position import slot_at
from spec_lsp.template.notation.placeholders import placeholders_in
from spec_lsp.template.read.corrections import (
    KEY,
    LIFECYCLE_KEYS,
    LIST_KEYS,
    OTHER_KEYS,
    TEXT_KEYS,
    corrections_span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.template.match.position import SlotPosition
    from spec_lsp.template.notation.choices import Choices
    from spec_lsp.template.schema import FieldSlot, SectionSlot, TableSlot, Template

_KEY = re.compile(r"[ \t-]*(?P<key>[A-Za-z][\w-]*)[ \t]*:")
_KEYS = {**LIFECYCLE_KEYS, **OTHER_KEYS, **LIST_KEYS, **TEXT_KEYS}
_PLACES = {
    "matter": "Front matter field",
    "header": "Header field",
    "footer": "Footer field",
    "section": "Section field",
    "heading": "Value of section",
}
_KINDS = {
    "date": "a date",
    "person": "a person",
    "id": "an ID",
    "link": "a link",
    "number": "a number",
    "tags": "tags shared with other documents",
}


def explain(template: Template, offset: int) -> str:
    """Explain the slot at an offset of a template as Markdown; empty if there is none."""
    own = _correction(template, offset)
    if own is not None:
        return own
    spot = slot_at(bind(template.document, template), offset)
    if spot.part == "heading":
        return "\n\n".join(_heading(template, spot))
    if spot.field_slot:
        return "\n\n".join(_field(template, spot.field_slot))
    if spot.table_slot and spot.cell:
        return "\n\n".join(_column(spot.table_slot, spot.column))
    if placeholder := _placeholder(template, spot, offset):
        return f"**Placeholder** {code(placeholder)}: reported in documents until it is filled in."
    if spot.item and spot.item.checked is not None:
        return "**Checklist**: documents keep these items and check them off."
    if spot.match and spot.part in ("body", "comment") and spot.match.slot.guidance:
        title = harmless(spot.match.slot.title)
        return f"**Guidance** for “{title}”: shown to the author of the section."
    return ""


def _correction(template: Template, offset: int) -> str | None:
    """Explain a key of the corrections; None outside of them."""
    document = template.document
    span = corrections_span(document)
    if not span or not span.start <= offset < span.end:
        return None
    key = _KEY.match(document.line_at(offset).of(document.text))
    if not key or key["key"] == KEY:
        return "**Corrections** to what is inferred from this template."
    return f"**{key['key']}**: {_KEYS[key['key']]}" if key["key"] in _KEYS else ""


def _heading(template: Template, spot: SlotPosition) -> Iterator[str]:
    if spot.match:
        yield from _section(spot.match.slot, spot)
    elif template.title and spot.section == template.document.title_section:
        kind, title = code(template.kind), code(template.title.key)
        yield f"**Title** of documents of kind {kind}: {title}."
        if template.title.key != "*":
            yield "Documents whose title contains these words are of this kind."


def _section(slot: SectionSlot, spot: SlotPosition) -> Iterator[str]:
    state = "required" if slot.is_required else "optional"
    more = ", repeatable" if slot.is_repeatable else ""
    yield f"**Section** {code(slot.pattern.key)}: {state}{more}."
    if slot.is_repeatable:
        if spot.section != slot.section:
            yield "A further sample: optional in documents."
        else:
            yield "Documents have one or more, numbered consecutively."
    count = len(slot.checklist)
    parts = [
        _listed("Fields", (field.name for field in slot.fields)),
        _listed("Sections", (child.title for child in slot.children)),
        _listed("Columns", (name for table in slot.tables for name in table.columns)),
        f"Checklist: {count} {'item' if count == 1 else 'items'}." if count else "",
    ]
    yield from (part for part in parts if part)


def _field(template: Template, slot: FieldSlot) -> Iterator[str]:
    state = "required" if slot.is_required else "optional"
    kind = f", {_KINDS[slot.kind]}" if slot.kind in _KINDS else ""
    yield f"**{_PLACES[slot.place]}** {code(slot.name)}: {state}{kind}."
    if slot.choices:
        yield _choices(slot.choices)
    elif slot.placeholder:
        yield f"Placeholder: {code(slot.placeholder.strip('`'))}."
    elif slot.default:
        yield f"Default in new documents: {code(slot.default)}."
    lifecycle = template.lifecycle
    if lifecycle and lifecycle.field == slot.key and slot.place != "section":
        yield f"Lifecycle: from {_quoted(lifecycle.draft)} to {_quoted(lifecycle.final)}."
    if template.id and slot.name == template.id_field:
        shape = template.id.prefix + "#" * template.id.digits
        yield f"The document's ID: {code(shape)}." if shape else "The document's ID: a name."


def _column(table: TableSlot, column: int) -> Iterator[str]:
    if column < len(table.columns):
        yield f"**Column** {code(table.columns[column])}: documents may replace the sample rows."
        if column in table.choices:
            yield _choices(table.choices[column])


def _placeholder(template: Template, spot: SlotPosition, offset: int) -> str:
    for candidate in placeholders_in(template.document, spot.section):
        text = same_text(candidate.text)
        if candidate.span.holds(offset) and text in template.placeholders:
            return text
    return ""


def _choices(choices: Choices) -> str:
    return f"One of {_quoted(choices.texts)}{', or others' if choices.is_open else ''}."


def _listed(name: str, texts: Iterable[str]) -> str:
    found = _quoted(texts)
    return f"{name}: {found}." if found else ""


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(map(code, texts))
