"""The folder and file name of a new document, the same for all front ends."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.template.write.file_name import file_name
from spec_lsp.template.write.name_parts import filled
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.habits import habit_of
from spec_lsp.workspace.numbers import next_number_in
from spec_lsp.workspace.unit_places import name_in_unit, units_without

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template
    from spec_lsp.template.write.values import Values
    from spec_lsp.workspace.workspace import Workspace

_GROUP = re.compile(r"(\d{1,3})[-.]\d")
_NUMBER = re.compile(r"\{number(?::(?P<digits>[1-9]))?\}")


def new_path(
    workspace: Workspace,
    template: Template,
    values: Values,
    directory: str | None = None,
    besides: str = "",
) -> str:
    """A free path for a new document; empty if it would be outside of the workspace.

    The path of the document at `besides` does not count.
    """
    usual, pattern = place_of(workspace, template, besides)
    if inner := name_in_unit(workspace, template):
        directory = directory or next(reversed(units_without(workspace, inner)), None)
        pattern = inner
    folder, unit = _split(usual) if directory is None else (directory, "")
    folder = posixpath.join(folder, _filled(workspace, folder, unit, values)) if unit else folder
    if "{number" in pattern and not values.id:
        pattern = _numbered(workspace, folder, pattern)
    name = file_name(replace(template, filename=pattern), values)
    name = posixpath.basename(name.replace("\\", "/"))
    return free_path(workspace, inside(posixpath.join(folder, name)))


def place_of(workspace: Workspace, template: Template, besides: str = "") -> tuple[str, str]:
    """The folder and the file name of new documents of a kind, as patterns.

    The configuration decides, then the documents that are there, then the template.
    """
    configured = workspace.settings.config.new.get(template.kind)
    habit = habit_of(workspace, template, besides)
    directory = habit.directory if habit else template.directory
    filename = habit.filename if habit else template.filename
    if not configured:
        return directory, filename
    return configured.directory or directory, configured.filename or filename


def free_path(workspace: Workspace, path: str) -> str:
    """A path, with a number if a file or folder already has it."""
    if not path:
        return ""
    stem, dot, suffix = path.rpartition(".")
    number = 1
    while workspace.entry(path) or workspace.files.exists(path):
        number += 1
        path = f"{stem}-{number}{dot}{suffix}"
    return path


def _split(directory: str) -> tuple[str, str]:
    """A folder, and the pattern of the unit's folder in it; empty if there is none."""
    around, brace, _ = directory.partition("{")
    if not brace:
        return directory, ""
    around = around.rpartition("/")[0]
    return around, directory[len(around) :].lstrip("/")


def _filled(workspace: Workspace, folder: str, unit: str, values: Values) -> str:
    """The name of a new unit: the next number, or its date, and the title's slug."""
    return filled(_numbered(workspace, folder, unit), values.title, "", values.date)


def _numbered(workspace: Workspace, folder: str, pattern: str) -> str:
    if pattern.startswith("{group}"):
        pattern = pattern.replace("{group}", str(_last_group(workspace, folder)), 1)
    number = next_number_in(workspace, folder, lead=pattern.partition("{number")[0])
    return _NUMBER.sub(lambda part: str(number).zfill(int(part["digits"] or 1)), pattern)


def _last_group(workspace: Workspace, folder: str) -> int:
    """The highest first number in names such as `2-1-lend.md`."""
    paths = (path for path in workspace.index.entries if posixpath.dirname(path) == folder)
    groups = (_GROUP.match(posixpath.basename(path)) for path in paths)
    return max((int(each[1]) for each in groups if each), default=1)
