"""What a command is called with: nothing, or one object whose members have the right types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from spec_lsp.lsp.methods import COMMANDS

_TEXTS = ("uri", "kind", "title", "id", "format")
_SWITCHES = ("write", "backwards")


def arguments_of(command: str, arguments: Sequence[Any]) -> dict[str, Any]:
    """The arguments of a command; raises a refusal that says what is wrong with them."""
    if command not in COMMANDS:
        raise JsonRpcInvalidParams(f"there is no command {command[:80]}")
    if len(arguments) > 1 or not all(isinstance(each, dict) for each in arguments):
        raise JsonRpcInvalidParams(f"{command} takes one object as its argument")
    # Emacs has one value for null, false and the empty list.
    given = {name: value for each in arguments for name, value in each.items() if value is not None}
    for name in COMMANDS[command]:
        if name not in given:
            raise JsonRpcInvalidParams(f"{command} needs the argument “{name}”")
    for name, value in given.items():
        if expected := _expected(name, value):
            raise JsonRpcInvalidParams(f"{command}: the argument “{name}” is not {expected}")
    return given


def _expected(name: str, value: object) -> str:
    """What a member should be and is not; nothing where it is right."""
    if name in _TEXTS and not isinstance(value, str):
        return "a string"
    if name in _SWITCHES and not isinstance(value, bool):
        return "true or false"
    if name == "position" and not _is_position(value):
        return "a line and a character"
    return ""


def _is_position(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    numbers = (value.get("line"), value.get("character"))
    return all(type(number) is int and number >= 0 for number in numbers)
