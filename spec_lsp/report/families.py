"""How families were understood, as text and as data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spec_lsp.report.formats.as_text import table
from spec_lsp.workspace.families.placing import FamilyBase
from spec_lsp.workspace.families.schema import FamilyKind, IdClass

VERSION = 1
_DEMANDS = {"ids": "only IDs, tasks, values and links are checked", "nothing": "not checked"}


def family_table(bases: Iterable[FamilyBase]) -> str:
    """The recognised families, each with its folder and its kinds."""
    rows = [(each.family.name, each.base or ".", ", ".join(each.templates)) for each in bases]
    return table([("FAMILY", "FOLDER", "KINDS"), *rows])


def family_outline(base: FamilyBase) -> str:
    """What a family says: marks, units, kinds and IDs, one line each."""
    family = base.family
    lines = [f"# {family.name} in {base.base or '.'}"]
    lines += (f"recognised by {' with '.join(group)}" for group in _marks(base))
    lines += (f"unit {each}" for each in family.unit)
    lines += (f"left alone {each}" for each in family.leave)
    lines += (line for kind in family.kinds for line in _kind_lines(base, kind))
    lines += map(_id_line, family.ids)
    lines += (f"{each.folder} is {each.means}" for each in family.state)
    lines += (f"problems {code} are {level}" for code, level in family.levels.items())
    return "\n".join(lines)


def family_data(base: FamilyBase) -> dict[str, Any]:
    """The same for JSON."""
    family = base.family
    return {
        "version": VERSION,
        "family": family.name,
        "folder": base.base or ".",
        "file": base.source[0],
        "units": list(family.unit),
        "leave": list(family.leave),
        "kinds": [
            {
                "kind": kind.name,
                "paths": list(kind.paths),
                "template": base.templates[kind.name].path if _has_template(base, kind) else None,
                "demands": kind.demands,
            }
            for kind in family.kinds
        ],
        "ids": [
            {"class": each.class_name, "shapes": list(each.shapes), "scope": each.scope}
            for each in family.ids
        ],
    }


def _marks(base: FamilyBase) -> Iterator[tuple[str, ...]]:
    yield from ((mark,) for mark in base.family.marks)
    yield from base.family.marks_together


def _kind_lines(base: FamilyBase, kind: FamilyKind) -> Iterator[str]:
    yield f"## {kind.name}"
    yield from (f"  path {each}" for each in kind.paths)
    yield from (f"  path {each}, with one of its sections" for each in kind.hints)
    if _has_template(base, kind):
        yield f"  template {base.templates[kind.name].path}"
    if kind.demands in _DEMANDS:
        yield f"  {_DEMANDS[kind.demands]}"


def _has_template(base: FamilyBase, kind: FamilyKind) -> bool:
    return bool(base.templates[kind.name].document.text)


def _id_line(each: IdClass) -> str:
    defined = ", ".join(place.kind for place in each.defined)
    return f"id {', '.join(each.shapes)} ({each.class_name}) unique in the {each.scope}: {defined}"
