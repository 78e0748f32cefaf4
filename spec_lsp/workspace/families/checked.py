"""Read the family files of a workspace, with their faults."""

from __future__ import annotations

import tomllib

from pydantic import TypeAdapter

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.toml_positions import error_place, place_of
from spec_lsp.workspace.config.validated import validated
from spec_lsp.workspace.families.patterns import fault_of
from spec_lsp.workspace.families.schema import Family

_FAMILY = TypeAdapter(Family)


def read_family(text: str, name: str) -> tuple[Family, tuple[Fault, ...]]:
    """The family in a file's text, and its faults; `name` is that of its folder."""
    try:
        data: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Family(name), (Fault(error_place(text, str(error)), f"Not valid TOML: {error}"),)
    if isinstance(data, dict):
        data.setdefault("name", name)
    family, faults = validated(_FAMILY.validate_python, data, text)
    if not family:
        return Family(name), faults
    return family, (*faults, *_pattern_faults(family, text), *_kind_faults(family, text))


def _pattern_faults(family: Family, text: str) -> list[Fault]:
    folders = {each.folder for each in family.values}
    lists = [
        (("marks",), family.marks),
        (("unit",), family.unit),
        (("leave",), tuple(each.removeprefix("!") for each in family.leave)),
        *((("kind", at, "paths"), kind.paths) for at, kind in enumerate(family.kinds)),
        *((("kind", at, "hints"), kind.hints) for at, kind in enumerate(family.kinds)),
    ]
    return [
        Fault(place_of(text, path, each), f"`{path[-1]}` {fault}")
        for path, texts in lists
        for each in texts
        if (fault := fault_of(each, folders))
    ]


def _kind_faults(family: Family, text: str) -> list[Fault]:
    known = {kind.name for kind in family.kinds}
    named = [
        ("id", at, place.kind)
        for at, each in enumerate(family.ids)
        for places in (each.defined, each.cited)
        for place in places
    ]
    linked = enumerate(family.links)
    named += (("link", at, kind) for at, each in linked for kind in (each.source, *each.to))
    return [
        Fault(place_of(text, (table, at), kind), f"Unknown kind {kind}")
        for table, at, kind in named
        if kind not in known
    ]
