"""Fixing on the command line: in files, as a diff, or from standard input to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from typing import TYPE_CHECKING

from spec_lsp.cli.judging import Choice, desk_of, switch_on
from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.terminal import complain, shown, write
from spec_lsp.report.as_text import plural
from spec_lsp.storage.fixing import Fixed, fix_all
from spec_lsp.storage.write import RefusedError, create, move, replace_text
from spec_lsp.text import LineIndex

if TYPE_CHECKING:
    from spec_lsp.cli.checking import Options
    from spec_lsp.cli.projects import Asked
    from spec_lsp.storage.project import Project


def mend(options: Options, asked: list[Asked], choice: Choice) -> bool:
    """Apply fixes as asked; whether what they gave has been shown and no report is wanted."""
    for each in asked:
        project = each.project
        switch_on(project, choice)
        unsaved = dict(project.disk.unsaved)
        fixed = fix_all(
            project,
            each.paths,
            desk_of(project),
            lambda diagnostic: choice.takes(diagnostic.code),
            is_unsafe=options.unsafe,
        )
        if options.diff:
            write("".join(_diff(project, fixed)))
            _take_back(project, fixed, unsaved)
        elif options.stdin_filename:
            path = next(iter(unsaved))
            sys.stdout.buffer.write(project.disk.unsaved[path].encode())
        else:
            _save(project, fixed)
    return options.diff or bool(options.stdin_filename)


def _save(project: Project, fixed: Fixed) -> None:
    """Write what fixing changed."""
    unsaved = project.disk.unsaved
    renamed = dict(fixed.renames)
    try:
        for path in fixed.before:
            if path in unsaved and unsaved[path] != fixed.before[path]:
                replace_text(project.folder, path, unsaved[path])
        for path in fixed.created:
            create(project.folder, path, unsaved[path])
        for old, new in renamed.items():
            replace_text(project.folder, old, unsaved[new])
            move(project.folder, old, new)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    unsaved.clear()
    if fixed.count:
        files = {*fixed.before, *fixed.created, *renamed}
        complain(f"Applied {plural(fixed.count, 'fix', 'fixes')} in {plural(len(files), 'file')}.")


def _diff(project: Project, fixed: Fixed) -> Iterator[str]:
    """What fixing would change, as a patch."""
    before = {**fixed.before, **dict.fromkeys(fixed.created, "")}
    for path in sorted(before):
        name = shown(project.disk.at(path))
        old = _lines(before[path])
        new = _lines(project.disk.unsaved.get(path, before[path]))
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
    for old_name, new_name in fixed.renames:
        yield f"rename from {old_name}\nrename to {new_name}\n"


def _lines(text: str) -> list[str]:
    return [line for line in LineIndex(text).lines() if line]


def _take_back(project: Project, fixed: Fixed, unsaved: dict[str, str]) -> None:
    """Make the project what the disk says again."""
    project.disk.unsaved.clear()
    project.disk.unsaved.update(unsaved)
    for path in (*fixed.created, *(new for _, new in fixed.renames)):
        project.forget(path)
    for path in (*fixed.before, *(old for old, _ in fixed.renames)):
        project.read(path)
