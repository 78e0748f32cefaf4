"""The meaning of field values."""

from __future__ import annotations

import re

from spec_lsp.safe_markdown import code, harmless
from spec_lsp.template.schema import FieldSlot

_UNFILLED = re.compile(r"[\[\]{}<>|*`]|\.\.\.|…")


def is_unfilled(value: str) -> bool:
    """Whether a value is a placeholder."""
    return bool(_UNFILLED.search(value))


def meaning(slot: FieldSlot) -> str:
    """Describe the expected value of a field."""
    kinds = {
        "date": f"A date in the format {code(slot.date_format or 'YYYY-MM-DD')}.",
        "person": "One or more people.",
        "id": "An ID.",
        "link": "A link to another document.",
        "tags": "Tags, separated by commas.",
        "number": "A number.",
    }
    if slot.choices:
        shown = (
            f"{code(c.text)}{f' – {harmless(c.note)}' if c.note else ''}"
            for c in slot.choices.members
        )
        more = ", or another value" if slot.choices.is_open else ""
        return f"One of {', '.join(shown)}{more}."
    text = kinds.get(slot.kind, "Free text.")
    example = slot.placeholder or slot.default
    return f"{text}\n\nTemplate text: {code(example.replace('`', ''))}" if example else text
