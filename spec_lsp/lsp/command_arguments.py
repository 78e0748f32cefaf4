"""Validation of command arguments: none, or one object whose members have the right types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from spec_lsp.lsp.capabilities import COMMANDS

_TEXTS = (
    *("uri", "directory", "kind", "title", "id", "format"),
    *("status", "folder", "unit", "around", "group"),
)
_NUMBERS = ("depth",)
_SWITCHES = ("write", "backwards")


def arguments_of(command: str, arguments: Sequence[Any]) -> dict[str, Any]:
    """Return the arguments of a command; raise an error if they are invalid."""
    if command not in COMMANDS:
        raise JsonRpcInvalidParams(f"Unknown command {command[:80]}")
    if len(arguments) > 1 or not all(isinstance(each, dict) for each in arguments):
        raise JsonRpcInvalidParams(f"{command} takes one object as the argument")
    # Emacs sends null for false and for the empty list.
    given = {name: value for each in arguments for name, value in each.items() if value is not None}
    for name in COMMANDS[command]:
        if name not in given:
            raise JsonRpcInvalidParams(f"{command} requires the argument “{name}”")
    for name, value in given.items():
        if expected := _expected(name, value):
            raise JsonRpcInvalidParams(f"{command}: the argument “{name}” must be {expected}")
    return given


def _expected(name: str, value: object) -> str:
    """The expected type of a member; empty if the value has it."""
    if name in _TEXTS and not isinstance(value, str):
        return "a string"
    if name in _SWITCHES and not isinstance(value, bool):
        return "true or false"
    if name in _NUMBERS and type(value) is not int:
        return "a whole number"
    if name == "position" and not _is_position(value):
        return "a line and a character"
    return ""


def _is_position(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    numbers = (value.get("line"), value.get("character"))
    return all(type(number) is int and number >= 0 for number in numbers)
