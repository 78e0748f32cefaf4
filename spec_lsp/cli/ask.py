"""Ask for what a new document needs, on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import prompt, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.template.schema import FieldSlot, Template


def can_ask() -> bool:
    """Whether a user is at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_kind(templates: Sequence[Template]) -> Template:
    """Ask for a kind, by number or name."""
    width = len(str(len(templates)))
    for number, each in enumerate(templates, 1):
        say(f"{number:>{width}}  {each.kind}  {each.description or each.name}")
    names = [each.kind for each in templates]
    return templates[names.index(_choose("Kind", names))]


def ask_text(what: str) -> str:
    """Ask for a text that must not be empty."""
    while not (text := _answer(what)):
        say(f"{what} must not be empty")
    return text


def ask_fields(slots: Iterable[FieldSlot]) -> dict[str, str]:
    """Ask for the values of fields; an empty answer leaves a field as it is in the template."""
    found: dict[str, str] = {}
    for slot in slots:
        is_limited = slot.choices is not None and not slot.choices.is_open
        values = slot.values
        hint = f"{slot.name} ({', '.join(values)})" if values else slot.name
        value = _choose(hint, values, is_optional=True) if is_limited else _answer(hint)
        if value:
            found[slot.key] = value
    return found


def _choose(what: str, names: Sequence[str], *, is_optional: bool = False) -> str:
    """Ask for one of some names: the name, its beginning, or its number."""
    while True:
        answer = _answer(what)
        if is_optional and not answer:
            return ""
        if answer.isdecimal() and 0 < int(answer) <= len(names):
            return names[int(answer) - 1]
        folded = answer.casefold()
        found = [name for name in names if name.casefold() == folded]
        found = found or [name for name in names if folded and name.casefold().startswith(folded)]
        if len(found) == 1:
            return found[0]
        say(f"Choose one of {', '.join(found or names)}")


def _answer(what: str) -> str:
    prompt(f"{what}: ")
    line = sys.stdin.readline()
    if not line:
        raise CannotRunError("Stopped; nothing was written")
    return " ".join(line.split())
