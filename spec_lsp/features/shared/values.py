"""What the values of fields mean."""

from __future__ import annotations

import re

from spec_lsp.safe_markdown import code, harmless
from spec_lsp.template.schema import FieldSlot

_UNFILLED = re.compile(r"[\[\]{}<>|*`]|\.\.\.|…")


def is_unfilled(value: str) -> bool:
    """Whether a value still waits to be written."""
    return bool(_UNFILLED.search(value))


def meaning(slot: FieldSlot) -> str:
    """What a field is for, as far as its template says so."""
    kinds = {
        "date": f"A date, as {code(slot.date_format or 'YYYY-MM-DD')}.",
        "person": "One or more people.",
        "id": "An ID.",
        "link": "A link to another document.",
        "tags": "Words that group documents, separated by commas.",
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
    return f"{text}\n\nThe template says: {code(example.replace('`', ''))}" if example else text
