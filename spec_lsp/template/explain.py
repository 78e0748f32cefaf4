"""How one place of a template was understood, in words: what its author sees when hovering it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.safe_markdown import code, harmless
from spec_lsp.template.bind import bind
from spec_lsp.template.corrections import (
    KEY,
    LIFECYCLE_KEYS,
    LIST_KEYS,
    OTHER_KEYS,
    TEXT_KEYS,
    corrections_span,
)
from spec_lsp.template.placeholders import placeholders_in, same_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.template.model import Choices, FieldSlot, SectionSlot, TableSlot, Template
    from spec_lsp.template.spots import Spot

_KEY = re.compile(r"[ \t-]*(?P<key>[A-Za-z][\w-]*)[ \t]*:")
_KEYS = {**LIFECYCLE_KEYS, **OTHER_KEYS, **LIST_KEYS, **TEXT_KEYS}
_PLACES = {
    "matter": "Field of the front matter",
    "header": "Header field",
    "footer": "Footer field",
    "section": "Field of the section",
}
_KINDS = {
    "date": "a date",
    "person": "a person",
    "id": "an ID",
    "link": "a link",
    "number": "a number",
    "tags": "words that other documents use too",
}


def explain(template: Template, offset: int) -> str:
    """What stands at an offset of a template means, as Markdown; nothing where it means nothing."""
    own = _correction(template, offset)
    if own is not None:
        return own
    spot = bind(template.document, template).slot_at(offset)
    if spot.part == "heading":
        return "\n\n".join(_heading(template, spot))
    if spot.field_slot:
        return "\n\n".join(_field(template, spot.field_slot))
    if spot.table_slot and spot.cell:
        return "\n\n".join(_column(spot.table_slot, spot.column))
    if placeholder := _placeholder(template, spot, offset):
        return (
            f"**Placeholder** {code(placeholder)}: to be replaced; left as it is, it is reported."
        )
    if spot.item and spot.item.checked is not None:
        return "**Check list**: documents keep these items and tick them off."
    if spot.match and spot.part in ("body", "comment") and spot.match.slot.guidance:
        title = harmless(spot.match.slot.title)
        return f"**Guidance** for “{title}”: shown to whoever writes the section."
    return ""


def _correction(template: Template, offset: int) -> str | None:
    """What a key of the corrections does; None outside of them."""
    document = template.document
    span = corrections_span(document)
    if not span or not span.start <= offset < span.end:
        return None
    key = _KEY.match(document.line_at(offset).of(document.text))
    if not key or key["key"] == KEY:
        return "**Corrections** of what is inferred from this template."
    return f"**{key['key']}**: {_KEYS[key['key']]}" if key["key"] in _KEYS else ""


def _heading(template: Template, spot: Spot) -> Iterator[str]:
    if spot.match:
        yield from _section(spot.match.slot, spot)
    elif template.title and spot.section is template.document.title_section:
        kind, title = code(template.kind), code(template.title.key)
        yield f"**Title** of every document of the kind {kind}: {title}."
        if template.title.key != "*":
            yield "A document whose title has these words is taken for this kind."


def _section(slot: SectionSlot, spot: Spot) -> Iterator[str]:
    state = "required" if slot.is_required else "optional"
    more = ", repeatable" if slot.is_repeatable else ""
    yield f"**Section** {code(slot.pattern.key)}: {state}{more}."
    if slot.is_repeatable:
        if spot.section is not slot.section:
            yield "A further sample: documents need not have it."
        else:
            yield "Documents have one or more; its numbers go on from one to the next."
    parts = [
        _listed("Fields", (field.name for field in slot.fields)),
        _listed("Sections", (child.title for child in slot.children)),
        _listed("Columns", (name for table in slot.tables for name in table.columns)),
        f"Check list of {len(slot.checklist)}." if slot.checklist else "",
    ]
    yield from (part for part in parts if part)


def _field(template: Template, slot: FieldSlot) -> Iterator[str]:
    state = "required" if slot.is_required else "optional"
    kind = f", {_KINDS[slot.kind]}" if slot.kind in _KINDS else ""
    yield f"**{_PLACES[slot.place]}** {code(slot.name)}: {state}{kind}."
    if slot.choices:
        yield _choices(slot.choices)
    elif slot.placeholder:
        yield f"{code(slot.placeholder.strip('`'))} is to be replaced."
    elif slot.default:
        yield f"New documents begin with {code(slot.default)}."
    lifecycle = template.lifecycle
    if lifecycle and lifecycle.field == slot.key and slot.place != "section":
        yield f"Life cycle: from {_quoted(lifecycle.draft)} to {_quoted(lifecycle.final)}."
    if template.id and slot.name == template.id_field:
        shape = template.id.prefix + "#" * template.id.digits
        yield f"The document's ID: {code(shape)}." if shape else "The document's ID, a name."


def _column(table: TableSlot, column: int) -> Iterator[str]:
    if column < len(table.columns):
        yield f"**Column** {code(table.columns[column])}: sample rows may be replaced."
        if column in table.choices:
            yield _choices(table.choices[column])


def _placeholder(template: Template, spot: Spot, offset: int) -> str:
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
