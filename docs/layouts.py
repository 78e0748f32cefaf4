"""The reference of the known families, generated from their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docs.text import NOTE, cell
from spec_lsp.template import builtin
from spec_lsp.workspace.families.reader import builtin_family
from spec_lsp.workspace.families.schema import Family

_HEAD = """\
# Known families

How each layout is recognised, and what is checked in it; [Families](families.md) explains the patterns and how to describe your own.
`spec-lsp init --dry-run` says which of them are in a folder.\
"""
_DEMANDS = {
    "template": "sections, fields, values, IDs and links",
    "ids": "IDs, tasks, values and links",
    "nothing": "nothing; it is listed and linked",
}
_SCOPES = {
    "base": "in the base",
    "unit": "in each unit",
    "document": "in each document",
}
# Families with a first minute of their own.
_SCREENS = {
    "adr": "decisions",
    "backlog": "backlog",
    "kiro": "kiro",
    "openspec": "openspec",
    "spec-kit": "spec-kit",
}


def files() -> dict[str, str]:
    """The generated page of families by path."""
    families = map(builtin_family, builtin.family_names())
    lines = [NOTE, "", _HEAD, *(line for family in families for line in _family(family))]
    return {"docs/known-families.md": "\n".join(lines) + "\n"}


def _family(family: Family) -> Iterator[str]:
    yield from ("", f"## {family.name}", "", "Recognised by any of these:", "")
    yield from (f"- {_codes([mark])}" for mark in family.marks)
    yield from (f"- {_codes(marks, ' and ')}" for marks in family.marks_together)
    if family.unit:
        yield from ("", f"A unit is {_codes(family.unit)}.")
    yield from ("", "| kind | where | what is checked |", "|---|---|---|")
    for kind in family.kinds:
        where = _codes((*kind.paths, *kind.hints))
        yield f"| {kind.name} | {cell(where)} | {_DEMANDS[kind.demands]} |"
    for each in family.ids:
        yield from (
            "",
            f"IDs of a {each.class_name}: {_codes(each.shapes)}, unique {_SCOPES[each.scope]}.",
        )
    if family.name in _SCREENS:
        page = f"first-screens/{_SCREENS[family.name]}.md"
        yield from ("", f"[The first minute]({page}), with all files and all output.")


def _codes(texts: Iterable[str], between: str = ", ") -> str:
    return between.join(f"`{text}`" for text in texts)
