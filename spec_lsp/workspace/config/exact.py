"""Plain data as dataclasses, if it has exactly their types; anything else is a `ValueError`.

What is wrong and how to say so, pydantic finds out (`checked`).
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

_Table = TypeVar("_Table")


def exact(kind: type[_Table], data: object) -> _Table:
    """A dataclass from a table."""
    if not isinstance(data, dict):
        raise ValueError("not a table")  # noqa: TRY004 -- one error for all that does not fit.
    types = _types(kind)  # type: ignore[arg-type]
    if not data.keys() <= types.keys():
        raise ValueError("unknown key")
    for each in fields(kind):  # type: ignore[arg-type]
        is_needed = each.default is MISSING and each.default_factory is MISSING
        if is_needed and each.name not in data:
            raise ValueError("missing key")
    return kind(**{name: _value(types[name], value) for name, value in data.items()})


def marks_of(kind: type, name: str) -> tuple[Any, ...]:
    """What the annotation of a field says besides its type."""
    return get_args(_types(kind)[name])[1:]


@cache
def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: hints[each.name] for each in fields(kind)}


def _value(kind: Any, value: Any) -> Any:
    """A value of a type."""
    if is_dataclass(kind):
        return exact(kind, value)  # type: ignore[arg-type]
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        found = _value(parts[0], value)
        for mark in parts[1:]:
            found = mark(found)
        return found
    if origin is UnionType:
        return _any_of(parts, value)
    if origin is list and type(value) is list:
        return [_value(parts[0], each) for each in value]
    if origin is dict and type(value) is dict:
        return {_value(parts[0], key): _value(parts[1], each) for key, each in value.items()}
    if origin is Literal and type(value) is str and value in parts:
        return value
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is kind:
        return value
    raise ValueError("another type")


def _any_of(kinds: tuple[Any, ...], value: Any) -> Any:
    for kind in kinds:
        try:
            return _value(kind, value)
        except ValueError:
            continue
    raise ValueError("none of the types")
