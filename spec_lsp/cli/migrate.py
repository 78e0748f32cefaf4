"""`spec-lsp migrate`: bring documents to the newest version of their template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.complete import markdown_paths
from spec_lsp.cli.terminal import say, shown, write_source

if TYPE_CHECKING:
    from spec_lsp.cli.folders import CheckTarget
    from spec_lsp.storage.migrate import Migrated


def migrate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help=r"Files and folders to migrate. \[default: .]", autocompletion=markdown_paths
        ),
    ] = None,
    *,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the changes as a diff; write nothing.")
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes",
            help="Include what the author may not want: sections that were missing already, "
            "misspelt headings, and sections in another order.",
        ),
    ] = False,
) -> None:
    """Bring documents to the newest version of their template.

    Sections and fields that the template has gained are inserted, those that it has renamed are
    renamed, with all links to them, and those that it has moved are moved. What it has gained is
    known from git; without git, everything that it requires and that is missing is inserted.
    """
    from spec_lsp.cli.folders import open_asked

    for asked in open_asked(paths or [Path()]):
        _migrate(asked, diff=diff, unsafe=unsafe_fixes)


def _migrate(asked: CheckTarget, *, diff: bool, unsafe: bool) -> None:
    from spec_lsp.cli.check.fix import patch, save_fixed, texts_of
    from spec_lsp.cli.check.report import desk_of
    from spec_lsp.storage.history import history_of
    from spec_lsp.storage.migrate import migrate as migrated
    from spec_lsp.storage.store import cache_of

    folder = asked.folder
    history = history_of(folder.root, folder.settings, cache_of(folder.root))
    done = migrated(folder, asked.paths, history, desk_of(folder), unsafe=unsafe)
    if diff:
        write_source("".join(patch(folder, texts_of(done.fixed), ())))
        return
    save_fixed(folder, done.fixed)
    _say(asked, done)


def _say(asked: CheckTarget, done: Migrated) -> None:
    from spec_lsp.report.formats.as_text import plural

    for path, steps in done.steps.items():
        say(f"{shown(asked.folder.at(path))}: {'; '.join(steps)}")
    if not done.steps:
        say("Nothing to migrate")
        return
    files = plural(len(done.fixed.before), "file")
    say(f"Migrated {plural(len(done.steps), 'document')}; wrote {files}")
