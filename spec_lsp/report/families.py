"""How families were understood, as text and as data for JSON."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spec_lsp.report.formats.as_text import plural, table
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.families.placing import Families, FamilyBase
from spec_lsp.workspace.families.schema import FamilyKind, IdClass

VERSION = 1
_DEMANDS = {"ids": "only IDs, tasks, values and links are checked", "nothing": "not checked"}


def family_table(bases: Iterable[FamilyBase]) -> str:
    """The recognised families, each with its folder and its kinds."""
    rows = [(each.family.name, each.base or ".", ", ".join(each.templates)) for each in bases]
    return table([("FAMILY", "FOLDER", "KINDS"), *rows])


def families_found(families: Families, entries: Mapping[str, Entry]) -> Iterator[str]:
    """The families of a folder with the documents of each kind, and what each leaves alone."""
    counts = {base: _counts(families, base, entries) for base in families.bases}
    used = {base.family.name for base, found in counts.items() if found}
    shown = [base for base in counts if counts[base] or base.family.name not in used]
    names = [f"{each.family.name} in {_place(families, each, entries)}" for each in shown]
    width = max(map(len, names), default=0)
    said: set[str] = set()
    for base, name in zip(shown, names, strict=True):
        yield f"{name:{width}}  {counts[base] or 'no documents yet'}"
        written = [each.path for each in base.templates.values() if not each.is_builtin]
        if written:
            yield f"  templates: {', '.join(dict.fromkeys(written))}"
        # That templates are no documents goes without saying, and they are named above.
        left = [each for each in base.family.leave if each[0] != "!" and "template" not in each]
        if left and base.family.name not in said:
            yield f"  left alone: {', '.join(left)}"
        said.add(base.family.name)


def _counts(families: Families, base: FamilyBase, entries: Mapping[str, Entry]) -> str:
    """How many documents of each kind there are, and how many files that follow nothing.

    Empty if there are neither.
    """
    inside = _inside(families, base, entries)
    kinds = Counter(each.kind.rpartition("/")[2] for each in inside if each.is_spec)
    # Documents may follow a template of the team's own.
    ordered = dict.fromkeys((*base.templates, *sorted(kinds)))
    found = ", ".join(f"{kind} {kinds[kind]}" for kind in ordered if kinds[kind])
    if [*kinds] == [base.family.name]:
        found = plural(kinds.total(), "document")
    others = sum(not each.is_spec for each in inside)
    rest = f"{plural(others, 'other file')} without a template" if others else ""
    return "; ".join(filter(None, (found, rest)))


def _inside(families: Families, base: FamilyBase, entries: Mapping[str, Entry]) -> list[Entry]:
    return [each for each in entries.values() if families.covering(each.path) is base]


def _place(families: Families, base: FamilyBase, entries: Mapping[str, Entry]) -> str:
    """The folder that holds all documents of a family, if it has no units; else its base."""
    if base.family.unit:
        return base.base or "."
    found = [posixpath.dirname(e.path) for e in _inside(families, base, entries) if e.is_spec]
    return (posixpath.commonpath(found) if found else base.base) or "."


def family_outline(base: FamilyBase) -> str:
    """What a family says: marks, units, kinds and IDs, one line each."""
    family = base.family
    lines = [f"# {family.name} in {base.base or '.'}"]
    lines += (f"recognised by {' with '.join(group)}" for group in _marks(base))
    lines += (f"unit {each}" for each in family.unit)
    lines += (f"left alone {each}" for each in family.leave)
    lines += (line for kind in family.kinds for line in _kind_lines(base, kind))
    lines += map(_id_line, family.ids)
    lines += (f"{each.source} carries out {' or '.join(each.to)}" for each in family.links)
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
