"""`spec-lsp report`: the state of everything on one page that works anywhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.terminal import say, shown, write_data
from spec_lsp.report.address import quoted

_STANDARD_OUTPUT = Path("-")


def report(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; else the current folder.")
    ] = None,
    *,
    output: Annotated[
        Path, typer.Option(metavar="FILE.html", help="The page to write; `-`: standard output.")
    ],
) -> None:
    """Write one page that shows documents, completeness, findings and the trace graph."""
    from spec_lsp.cli.graph import part_of, together
    from spec_lsp.cli.judging import Choice, judge
    from spec_lsp.cli.projects import here, open_asked
    from spec_lsp.report.html import Overview, render
    from spec_lsp.report.listing import Row, in_order
    from spec_lsp.storage.today import today

    asked = open_asked(paths or [Path()])
    rows = [
        Row(shown(each.project.disk.at(path)), entries[path])
        for each in asked
        for entries in [each.project.workspace.index.entries]
        for path in each.paths
        if path in entries and entries[path].is_spec
    ]
    folder = output.resolve().parent

    def link(path: str) -> str:
        return quoted(Path(os.path.relpath(path, folder)).as_posix())

    overview = Overview(
        title=asked[0].project.folder.name or here().name,
        date=today(),
        rows=in_order(rows),
        report=judge(asked, Choice()),
        graph=together(part_of(each.project, each.wanted) for each in asked),
        link=link,
    )
    if output != _STANDARD_OUTPUT:
        _write(output, render(overview))
        say(f"Wrote {output}")
    else:
        write_data(render(overview))


def _write(file: Path, text: str) -> None:
    """Put the page where the user wants it; a page of before may stand there, nothing else."""
    from spec_lsp.report.page import OPENING
    from spec_lsp.storage.files import read
    from spec_lsp.storage.write import RefusedError, replace_text

    if file.exists() and not (read(file).text or "").startswith(OPENING):
        raise CannotRunError(f"{file} exists and is no such page; nothing was written")
    try:
        replace_text(file.resolve().parent, file.name, text)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
