"""The folder and file name of a new document, the same for all front ends."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.template.write.file_name import file_name, slug_of
from spec_lsp.workspace.config.globs import inside

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template
    from spec_lsp.template.write.values import Values
    from spec_lsp.workspace.workspace import Workspace

_NUMBER = re.compile(r"\d{1,6}(?=-)")  # longer ones are dates
_NUMBER_PART = re.compile(r"\{number(?::(?P<digits>[1-9]))?\}")


def new_path(
    workspace: Workspace, template: Template, values: Values, directory: str | None = None
) -> str:
    """A free path for a new document; empty if it would be outside of the workspace."""
    configured = workspace.settings.config.new.get(template.kind)
    if directory is None:
        directory = (configured.directory if configured else "") or template.directory
    pattern = (configured.filename if configured else "") or template.filename
    name = file_name(replace(template, filename=pattern), values)
    name = posixpath.basename(name.replace("\\", "/"))
    directory = _unit_of(workspace, directory, values)
    return free_path(workspace, inside(posixpath.join(directory, name)))


def _unit_of(workspace: Workspace, directory: str, values: Values) -> str:
    """A folder with the parts of its pattern filled in: the next number, and the title's slug."""
    around = directory.partition("{")[0].rpartition("/")[0]
    beside = (posixpath.basename(path) for path in workspace.index.tables.folders.get(around, ()))
    numbers = [int(found[0]) for name in beside if (found := _NUMBER.match(name))]

    def number(part: re.Match[str]) -> str:
        return str(max(numbers, default=0) + 1).zfill(int(part["digits"] or 1))

    return _NUMBER_PART.sub(number, directory).replace("{slug}", slug_of(values.title))


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
