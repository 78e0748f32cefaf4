"""What recognises the families that come with the program; read without the rest of their files."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.template import builtin

if TYPE_CHECKING:
    from spec_lsp.workspace.families.schema import Family

FILE = "family.toml"
_TABLE = re.compile(r"^\[", re.MULTILINE)


class FamilyMarks(NamedTuple):
    """What recognises a family: groups of marks, the least number of matches, what it replaces."""

    groups: tuple[tuple[str, ...], ...]
    least: int
    replaces: tuple[str, ...]


@cache
def builtin_marks(name: str) -> FamilyMarks:
    """The marks of a family that comes with the program, from the lines before its first table."""
    text = builtin.family_text(name, FILE)
    table = _TABLE.search(text)
    data = tomllib.loads(text[: table.start()] if table else text)
    groups = (*((mark,) for mark in data.get("marks", ())), *data.get("marks-together", ()))
    replaces = tuple(data.get("replaces", ()))
    return FamilyMarks(tuple(map(tuple, groups)), data.get("least", 1), replaces)


def marks_of(family: Family) -> FamilyMarks:
    """The marks of a family."""
    groups = (*((mark,) for mark in family.marks), *family.marks_together)
    return FamilyMarks(groups, family.least, family.replaces)
