"""Fixing on the command line: in files, as a diff, or from standard input to standard output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING

from spec_lsp.cli.judging import Choice, desk_of, switch_on
from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.terminal import complain, shown, write_source
from spec_lsp.printable import printable
from spec_lsp.report.as_text import plural
from spec_lsp.storage.fixing import Fixed, fix_all
from spec_lsp.storage.write import Change, RefusedError, save
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
            write_source("".join(patch(project, _texts(project, fixed), fixed.renames)))
            _take_back(project, fixed, unsaved)
        elif options.stdin_filename:
            path = next(iter(unsaved))
            write_source(project.disk.unsaved[path])
        else:
            _save(project, fixed)
    return options.diff or bool(options.stdin_filename)


def _save(project: Project, fixed: Fixed) -> None:
    """Write what fixing changed."""
    texts = _to_write(fixed, project.disk.unsaved)
    try:
        save(project.folder, texts, fixed.renames)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    project.disk.unsaved.clear()
    if fixed.count:
        files = {*texts, *(old for old, _ in fixed.renames)}
        complain(f"Applied {plural(fixed.count, 'fix', 'fixes')} in {plural(len(files), 'file')}.")


def _to_write(fixed: Fixed, unsaved: Mapping[str, str]) -> dict[str, Change]:
    """Texts before and after by the paths that the disk still has: files are renamed last."""
    on_disk: dict[str, str] = {}
    for old, new in fixed.renames:
        on_disk[new] = on_disk.get(old, old)
    newest = {path: new for new, path in on_disk.items()}
    before: dict[str, str | None] = dict.fromkeys(fixed.created)
    for path, text in fixed.before.items():
        before.setdefault(on_disk.get(path, path), text)
    texts = {path: (old, unsaved[newest.get(path, path)]) for path, old in before.items()}
    return {path: each for path, each in texts.items() if each[0] != each[1]}


def patch(
    project: Project, texts: Mapping[str, tuple[str, str]], renames: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Texts before and after, and files with other names, as a patch."""
    for path in sorted(texts):
        name = printable(shown(project.disk.at(path)))
        old, new = (_lines(text) for text in texts[path])
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
    for old_path, new_path in renames:
        names = (printable(shown(project.disk.at(path))) for path in (old_path, new_path))
        yield "rename from {}\nrename to {}\n".format(*names)


def _texts(project: Project, fixed: Fixed) -> dict[str, tuple[str, str]]:
    """The texts of the files that fixing changed or made, before and after."""
    before = {**fixed.before, **dict.fromkeys(fixed.created, "")}
    return {path: (text, project.disk.unsaved.get(path, text)) for path, text in before.items()}


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
