"""Validate data from a TOML text: wrong values are dropped, and each is a fault at its position."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.toml_positions import Path, place_of

_Value = TypeVar("_Value")
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
# What pydantic adds to its messages about itself.
_PYDANTIC = re.compile(r" valid(?= list\b)| or (?:an )?instance of \w+|, unable to .*")


def validated(
    validate: Callable[[object], _Value], data: object, text: str, root: Path = ()
) -> tuple[_Value | None, tuple[Fault, ...]]:
    """Validate the data and drop wrong values; None if nothing is left. `root` is where it is.

    Every round removes at least one wrong value.
    """
    faults: list[Fault] = []
    while True:
        try:
            return validate(data), tuple(faults)
        except ValidationError as error:
            wrong: set[Path] = set()
            for each in error.errors():
                path = _existing(data, each["loc"])
                if path not in wrong:
                    wrong.add(path)
                    faults.append(_fault(text, (*root, *path), each, path))
            if () in wrong:
                return None, tuple(faults)
            data = _without(data, wrong)


def _fault(text: str, place: Path, error: ErrorDetails, path: Path) -> Fault:
    is_key = error["type"] in (*_UNKNOWN, "missing") or error["loc"][-1:] == ("[key]",)
    value = None if is_key else error["input"]
    return Fault(place_of(text, place, value), _message(error, path))


def _existing(data: object, loc: Path) -> Path:
    """The start of an error's path that the data has; the rest is a missing key or a type."""
    path: list[int | str] = []
    here: Any = data
    for part in loc:
        if not _holds(here, part):
            break
        here = here[part]
        path.append(part)
    return tuple(path)


def _holds(data: object, part: int | str) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int)


def _without(data: object, wrong: set[Path], here: Path = ()) -> object:
    """The data without the values at some paths."""
    if isinstance(data, dict):
        pairs = {(*here, key): value for key, value in data.items()}
        return {
            path[-1]: _without(value, wrong, path)
            for path, value in pairs.items()
            if path not in wrong
        }
    if isinstance(data, list):
        items = {(*here, at): value for at, value in enumerate(data)}
        return [_without(value, wrong, path) for path, value in items.items() if path not in wrong]
    return data


def _message(error: ErrorDetails, path: Path) -> str:
    name = ".".join(str(part) for part in path if isinstance(part, str)) or "spec-lsp"
    if error["type"] in _UNKNOWN:
        return f"Unknown key `{name}`"
    if error["type"] == "missing":
        return f"`{name}` requires `{error['loc'][-1]}`"
    message = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    message = _PYDANTIC.sub("", re.sub("(?:valid )?dictionary", "table", message))
    return f"`{name}` {message[:1].lower()}{message[1:]}"
