"""`spec-lsp report`: a self-contained HTML page about all documents."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from spec_lsp.cli.complete import markdown_paths
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import say, shown, write_data
from spec_lsp.report.address import quoted

_STANDARD_OUTPUT = Path("-")


def report(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help=r"Files and folders to include. \[default: .]", autocompletion=markdown_paths
        ),
    ] = None,
    *,
    output: Annotated[
        Path, typer.Option(metavar="FILE.html", help="HTML file to write; `-` for standard output.")
    ],
) -> None:
    """Write an HTML page with documents, completeness, problems and the trace graph."""
    from spec_lsp.cli.check.report import RuleSelection, report_on
    from spec_lsp.cli.folders import here, open_asked
    from spec_lsp.cli.graph import part_of, together
    from spec_lsp.report.columns import DocumentRow, ordered
    from spec_lsp.report.page.overview import Overview, render
    from spec_lsp.storage.clock import today

    asked = open_asked(paths or [Path()])
    rows = [
        DocumentRow(shown(each.folder.at(path)), entries[path])
        for each in asked
        for entries in [each.folder.workspace.index.entries]
        for path in each.paths
        if path in entries and entries[path].is_spec
    ]
    folder = output.resolve().parent

    def link(path: str) -> str:
        return quoted(Path(os.path.relpath(path, folder)).as_posix())

    overview = Overview(
        title=asked[0].folder.root.name or here().name,
        date=today(),
        rows=ordered(rows),
        report=report_on(asked, RuleSelection()),
        graph=together(part_of(each.folder, each.wanted) for each in asked),
        link=link,
    )
    if output != _STANDARD_OUTPUT:
        _write(output, render(overview))
        say(f"Wrote {output}")
    else:
        write_data(render(overview))


def _write(file: Path, text: str) -> None:
    """Write the page; overwrite only an earlier report."""
    from spec_lsp.report.page.shell import OPENING
    from spec_lsp.storage.files import read
    from spec_lsp.storage.write import RefusedError, replace_text

    if file.exists() and not (read(file).text or "").startswith(OPENING):
        raise CannotRunError(f"{file} exists and is not a spec-lsp report; nothing was written")
    try:
        replace_text(file.resolve().parent, file.name, text)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
