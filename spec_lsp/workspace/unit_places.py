"""Kinds of a family whose documents belong into a unit that is there, such as a feature's plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.workspace import Workspace

_IN_UNIT = re.compile(r"\{unit\}/(?P<name>[^*?{}\[\]]+\.md)")


def name_in_unit(workspace: Workspace, template: Template) -> str:
    """The path of documents of a kind inside their unit; empty if they begin one, or have none."""
    kind = template.kind.rpartition("/")[2]
    for base in workspace.settings.families.bases if template.family else ():
        family = base.family
        if family.name != template.family or kind in family.new:
            continue
        paths = (path for each in family.kinds if each.name == kind for path in each.paths)
        return next((found["name"] for path in paths if (found := _IN_UNIT.fullmatch(path))), "")
    return ""


def units_without(workspace: Workspace, name: str) -> list[str]:
    """The units in which no document has a name, in order."""
    entries = workspace.index.entries
    units = sorted({entry.unit for entry in entries.values() if entry.unit})
    return [unit for unit in units if f"{unit}/{name}" not in entries]
