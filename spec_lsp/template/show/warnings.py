"""What in a template will hurt its documents, although it is valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.template.match.content import explains
from spec_lsp.template.schema import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.template.schema import FieldSlot, Template

# A date has neither the ending of a file nor the name of a folder: `docs/YYYY-MM-DD_name.md`.
_PATH = re.compile(r"\.(?:md|markdown|txt)\b|\w/[\[{<]|/`?$", re.IGNORECASE)
_ONE_VALUE = re.compile(r"\b(?:status|state|priority|severity|stage|phase)$", re.IGNORECASE)
_LONGEST_VALUE = 4  # words; a longer value is a sentence


def lacks(template: Template) -> list[str]:
    """What a template leaves open: how others refer to its documents, and where they are.

    A family says both for its templates.
    """
    return [
        text
        for text, is_there in (
            ("no ID", template.id),
            ("no folder for `new`", template.directory),
        )
        if not (is_there or template.family)
    ]


def warnings(template: Template) -> Iterator[Fault]:
    """What is likely to be read otherwise than it was meant, each at its place."""
    status = template.lifecycle.field if template.family and template.lifecycle else ""
    for field in _all_fields(template):
        if field.key != status:
            yield from _field_warnings(field)
    for slot in template.slots:
        heading = slot.section.heading
        if heading and slot.is_required and explains(slot):
            message = "This section is required, but it only explains: mark it as optional"
            yield Fault(heading.text_span, message)


def _field_warnings(field: FieldSlot) -> Iterator[Fault]:
    if field.kind == "date" and _PATH.search(field.node.value):
        message = f"Read as a date, because of “{field.kind_why}”, but it looks like a path"
        yield Fault(field.node.value_span, message)
    is_one = 0 < len(field.default.split()) <= _LONGEST_VALUE
    if is_one and field.kind == "text" and _ONE_VALUE.search(field.name):
        message = "The only value, so any other is allowed too; list all, as in `Draft | Final`"
        yield Fault(field.node.value_span, message)


def _all_fields(template: Template) -> Iterator[FieldSlot]:
    yield from template.fields
    for slot in template.slots:
        yield from slot.fields
