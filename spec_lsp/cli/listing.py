"""`spec-lsp list`: documents with status and completeness."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.errors import unknown
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP
from spec_lsp.cli.terminal import has_colour, shown, write, write_data
from spec_lsp.printable import printable_json

if TYPE_CHECKING:
    from spec_lsp.workspace.entry import Entry


class StageOption(StrEnum):
    """Stages of a document."""

    draft = "draft"
    active = "active"
    final = "final"
    dropped = "dropped"


def list_documents(
    paths: Annotated[
        list[Path] | None, typer.Argument(help=r"Files and folders to list. \[default: .]")
    ] = None,
    *,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="List only this kind; may be repeated."),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(metavar="STATUS", help="List only this status; may be repeated."),
    ] = None,
    stage: Annotated[
        list[StageOption] | None,
        typer.Option(
            metavar=f"<{'|'.join(StageOption)}>", help="List only this stage; may be repeated."
        ),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """List documents: kind, ID, title, status, completeness and tasks."""
    from spec_lsp.cli.folders import open_asked
    from spec_lsp.report import listing

    rows: list[listing.DocumentRow] = []
    known: set[str] = set()
    for asked in open_asked(paths or [Path()]):
        entries = asked.folder.workspace.index.entries
        known.update(each.kind for each in asked.folder.workspace.settings.templates)
        rows += (
            listing.DocumentRow(shown(asked.folder.at(path)), entries[path])
            for path in asked.paths
            if path in entries and _fits(entries[path], kind or (), status or (), stage or ())
        )
    for each in kind or ():
        if each not in known:
            raise unknown("kind", each, sorted(known))
    rows = listing.in_order(rows)
    if output is Format.json:
        write_data(printable_json(listing.data(rows)))
    else:
        write(listing.text(rows, colour=has_colour()))


def _fits(
    entry: Entry, kinds: Iterable[str], statuses: Iterable[str], stages: Iterable[str]
) -> bool:
    """Whether an entry is a document that matches all filters."""
    from spec_lsp.compare import fold

    wanted = [fold(status) for status in statuses]
    found = fold(entry.status)
    return (
        entry.is_spec
        and (not kinds or entry.kind in kinds)
        and (not stages or entry.stage in stages)
        and (not wanted or any(found == each or found.startswith(f"{each} ") for each in wanted))
    )
