"""Values that are known when a document is created."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name
from spec_lsp.template.notation.choices import find_choice
from spec_lsp.template.notation.file_patterns import file_pattern, names_path
from spec_lsp.template.write.name_parts import filled
from spec_lsp.template.write.yaml_values import (
    is_list,
    is_map,
    list_text,
    members_of,
    scalar_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spec_lsp.template.schema import FieldSlot, Lifecycle, Template

_CREATED = re.compile(
    r"date|created|created (?:at|on|date)|creation date|date created|start date|opened|reported"
    r"|last updated|updated|updated (?:at|date)|last modified|modified"
)
_AUTHOR = re.compile(r"authors?|author s|author\(s\)|created by|written by|reporter|reported by")
_TITLE_KEYS = ("title", "name")


@dataclass(frozen=True)
class Values:
    """Known values of a new document; `fields` holds values by normalised field name."""

    title: str = ""
    id: str = ""
    date: str = ""
    author: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def values_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Values by normalised name, as needed for `Values.fields`."""
    return {normalise_name(name): value for name, value in fields.items()}


def known_value(slot: FieldSlot, values: Values, template: Template) -> str | None:
    """The value of a field, or None if it is unknown."""
    if slot.key in values.fields:
        return _given(slot, values.fields[slot.key])
    lifecycle = template.lifecycle
    if lifecycle and values.title and slot.key == lifecycle.field and slot.place != "section":
        return _first_status(slot, lifecycle)
    if values.id and slot.name == template.id_field:
        return values.id
    if values.title and slot.key in _TITLE_KEYS and slot.place == "matter":
        return values.title
    if values.title and values.date and names_path(slot.name):
        return _own_path(slot, values)
    waits = slot.placeholder or not slot.node.value
    if values.date and waits and slot.kind == "date" and _CREATED.fullmatch(slot.key):
        return written_date(values.date, slot.date_format)
    if values.author and waits and _AUTHOR.fullmatch(slot.key):
        return values.author
    return None


def _first_status(slot: FieldSlot, lifecycle: Lifecycle) -> str:
    """The first draft, else the first value that the field may have."""
    drafts = [each for each in lifecycle.draft if not slot.choices or each in slot.values]
    return next(iter(drafts), slot.values[0] if slot.choices else "")


def written_value(slot: FieldSlot, values: Values, template: Template) -> str | None:
    """The known value in the template's notation: front matter has lists and quotes."""
    known = known_value(slot, values, template)
    if known is None or slot.node.style != "yaml":
        return known
    if is_map(slot.node):
        return None
    text = template.document.text
    if not is_list(slot):
        return known if slot.kind == "link" else scalar_text(text, slot.node, known)
    given = values.fields.get(slot.key)
    members = [known] if given is None else [_given(slot, each) for each in members_of(given)]
    return list_text(text, slot.node, members)


def written_date(day: str, pattern: str = "") -> str:
    """A date such as `2026-01-31` in a format such as `DD/MM/YYYY`."""
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    if not pattern or not parts:
        return day
    text = pattern.upper().replace("YYYY", parts[1])
    return text.replace("MM", parts[2]).replace("DD", parts[3])


def _own_path(slot: FieldSlot, values: Values) -> str | None:
    """The path of the document, in a field whose value has the pattern of its file name."""
    found = file_pattern(slot.node.value)
    folder, slash, _ = slot.node.value.strip("`").rpartition("/")
    return (
        f"{folder}{slash}{filled(found.filename, values.title, values.id, values.date)}"
        if found
        else None
    )


def _given(slot: FieldSlot, value: str) -> str:
    """A value as the template spells it."""
    choice = find_choice(value, slot.choices) if slot.choices else None
    return choice.text if choice and not choice.is_open else value
