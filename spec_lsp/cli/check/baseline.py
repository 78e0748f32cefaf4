"""`check --baseline` and `--write-baseline`: known problems that checks hide."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.cli.check.report import diagnose
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.folders import CheckTarget
from spec_lsp.cli.terminal import complain, shown
from spec_lsp.report.formats.as_text import plural
from spec_lsp.rules.engine.baseline import BaselineError, LineOf
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.storage.baseline import Known, is_old, understood, write
from spec_lsp.storage.files import MISSING, read
from spec_lsp.storage.write import RefusedError

if TYPE_CHECKING:
    from spec_lsp.cli.check.options import Options
    from spec_lsp.storage.folder import Folder


def with_baseline(options: Options, asked: list[CheckTarget]) -> list[CheckTarget]:
    """Load the baseline named on the command line, or write one."""
    if not options.baseline and not options.write_baseline:
        for each in asked:
            loaded = each.folder.loaded
            if not loaded.config_path:
                # A damaged baseline is a problem of the configuration; here there is none.
                _read(each.folder.at(loaded.baseline))
            _suggest_update(each.folder.at(loaded.baseline), loaded.known)
        return asked
    if len(asked) != 1:
        raise CannotRunError("A baseline belongs to one workspace; check one workspace at a time")
    (one,) = asked
    folder = one.folder
    file = options.baseline or folder.at(folder.loaded.baseline)
    known = _read(file)
    if options.write_baseline:
        known = _write(folder, file, known)
    elif known is None:
        raise CannotRunError(f"{file} does not exist; run `--write-baseline` to create it")
    else:
        _suggest_update(file, known)
    folder.loaded = replace(folder.loaded, known=known)
    return [one]


def _read(file: Path) -> Known | None:
    """The known problems in a file; None if the file does not exist."""
    reading = read(file)
    if reading.reason == MISSING:
        return None
    try:
        return understood(reading)
    except BaselineError as error:
        raise CannotRunError(f"{shown(file)}: {error}") from None


def _suggest_update(file: Path, known: Known) -> None:
    if is_old(known):
        name = shown(file)
        complain(f"{name} is from an older spec-lsp; run `--write-baseline` to update it.")


def _write(folder: Folder, file: Path, before: Known | None) -> Known:
    place = file.parent.resolve() / file.name
    if not place.is_relative_to(folder.root):
        raise CannotRunError(f"{file} is outside {folder.root}; nothing was written")
    path = place.relative_to(folder.root).as_posix()
    found = diagnose(CheckTarget(folder))
    # Known ones first: a version 1 file does not say which of several on a line it means.
    every = [
        each
        for one in found.values()
        for each in (*one.known, *one.shown)
        if not _is_passing(folder, each)
    ]
    try:
        known = write(folder.root, path, before, every, line_texts(folder))
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    _tell(folder, path, before, known)
    return known


def line_texts(folder: Folder) -> LineOf:
    """Return the line on which a diagnostic begins."""
    lines = cache(folder.texts.lines)

    def line_of(diagnostic: Diagnostic) -> str:
        found = lines(diagnostic.path)
        return found.line_at(diagnostic.span.start).of(found.text)

    return line_of


def _tell(folder: Folder, path: str, before: Known | None, known: Known) -> None:
    name, count = shown(folder.at(path)), _count(known)
    if before is None:
        complain(f"Wrote {name} with {plural(count, 'known problem')}")
    else:
        gone = _count(before) - count
        complain(f"{name}: removed {plural(gone, 'problem')}, {count} left")
    if folder.loaded.baseline != path:
        complain(f'Add `baseline = "{path}"` to spec-lsp.toml to use it')


def _is_passing(folder: Folder, diagnostic: Diagnostic) -> bool:
    """Whether a problem is a hint of a draft: what is left to write is no old mistake."""
    entry = folder.workspace.entry(diagnostic.path)
    return diagnostic.level == "hint" and entry is not None and entry.stage == "draft"


def _count(known: Known) -> int:
    return sum(len(part) for part in known.values())
