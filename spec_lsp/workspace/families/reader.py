"""Read family files: those that come with the program as they are, others with their faults."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from spec_lsp.template import builtin
from spec_lsp.workspace.families import schema
from spec_lsp.workspace.families.marks import FILE
from spec_lsp.workspace.families.schema import KEYS, Family

_Made = TypeVar("_Made")
_PARTS: dict[str, type] = {
    "kind": schema.FamilyKind,
    "id": schema.IdClass,
    "values": schema.ToolValue,
    "needs": schema.NeededPart,
    "defined": schema.DefiningPlace,
    "cited": schema.CitingPlace,
    "link": schema.FamilyLink,
    "lifecycle": schema.FamilyLifecycle,
    "state": schema.StateSource,
}
_FIELDS = {key: name for name, key in KEYS.items()}


@cache
def builtin_family(name: str) -> Family:
    """A family that comes with the program."""
    return _family(builtin.family_text(name, FILE))


def family_of(text: str) -> Family:
    """The family of a text that has been checked."""
    return _family(text)


def _family(text: str) -> Family:
    data = tomllib.loads(text)
    new = {kind: schema.NewPlace(**place) for kind, place in data.pop("new", {}).items()}
    return replace(_made(Family, data), new=new)


def _made(part: type[_Made], data: dict[str, Any]) -> _Made:
    return part(**{_field(part, key): _value(key, value) for key, value in data.items()})


def _field(part: type, key: str) -> str:
    """The field of a class for a key: `kind` is a list in one table and a name in another."""
    name = _FIELDS.get(key, key)
    return name if name in {each.name for each in fields(part)} else key


def _value(key: str, value: object) -> object:
    if isinstance(value, list):
        return tuple(_value(key, each) for each in value)
    if isinstance(value, dict) and key in _PARTS:
        return _made(_PARTS[key], value)
    if isinstance(value, dict):
        return {name: _value("", each) for name, each in value.items()}
    return value
