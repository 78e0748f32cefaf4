"""Read the configuration in a file: for any text there is one; each fault has its span."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.config import FILE_NAMES, TABLE, Config
from spec_lsp.workspace.config.exact import exact
from spec_lsp.workspace.config.toml_positions import Path, error_place


def read_config(name: str, text: str) -> tuple[Config, tuple[Fault, ...]]:
    """Read the configuration in a file's text, with its faults.

    Wrong values are dropped and the others used; for invalid TOML, all values are the defaults.
    """
    try:
        data: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(), (Fault(error_place(text, str(error)), f"Not valid TOML: {error}"),)
    root: Path = ()
    if name.endswith("pyproject.toml"):
        root = ("tool", TABLE)
        data = _below(data, root)
    try:
        return exact(Config, data), ()
    except ValueError:
        from spec_lsp.workspace.config.checked import checked  # noqa: PLC0415 -- pydantic.

        return checked(data, text, root)


def keys_in(name: str, text: str) -> frozenset[str]:
    """The keys of the configuration that a file has."""
    try:
        data = _below(tomllib.loads(text), ("tool", TABLE) if name.endswith(FILE_NAMES[2]) else ())
    except (tomllib.TOMLDecodeError, RecursionError):
        return frozenset()
    known = {each.name for each in fields(Config)}
    return frozenset(known & data.keys()) if isinstance(data, dict) else frozenset()


def has_settings(name: str, text: str) -> bool:
    """Whether a file configures spec-lsp; most `pyproject.toml` do not."""
    return not name.endswith("pyproject.toml") or bool(
        re.search(rf"^\[+\s*tool\s*\.\s*[\"']?{TABLE}\b", text, re.MULTILINE)
    )


def _below(data: object, path: Path) -> object:
    for part in path:
        data = data.get(part, {}) if isinstance(data, dict) else {}
    return data
