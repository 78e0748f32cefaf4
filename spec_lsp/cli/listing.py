"""`spec-lsp list`: the documents, their state, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.formats import Format
from spec_lsp.cli.problem import unknown
from spec_lsp.cli.terminal import has_colour, shown, write, write_data
from spec_lsp.printable import printable_json

if TYPE_CHECKING:
    from spec_lsp.workspace.entry import Entry


class Stage(StrEnum):
    """What a state means."""

    draft = "draft"
    active = "active"
    final = "final"
    dropped = "dropped"


def list_documents(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; else the current folder.")
    ] = None,
    *,
    kind: Annotated[
        list[str] | None, typer.Option(help="Documents of this kind; may be repeated.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="Documents in this state; may be repeated.")
    ] = None,
    stage: Annotated[
        list[Stage] | None,
        typer.Option(help="Documents whose state means this; may be repeated."),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.text,
) -> None:
    """List documents: kind, ID, title, status, completeness and tasks."""
    from spec_lsp.cli.projects import open_asked
    from spec_lsp.report import listing

    rows: list[listing.Row] = []
    known: set[str] = set()
    for asked in open_asked(paths or [Path()]):
        entries = asked.project.workspace.index.entries
        known.update(each.kind for each in asked.project.workspace.settings.templates)
        rows += (
            listing.Row(shown(asked.project.disk.at(path)), entries[path])
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
    """Whether a document is wanted; plain Markdown is none."""
    from spec_lsp.template.folding import fold

    wanted = [fold(status) for status in statuses]
    found = fold(entry.status)
    return (
        entry.is_spec
        and (not kinds or entry.kind in kinds)
        and (not stages or entry.stage in stages)
        and (not wanted or any(found == each or found.startswith(f"{each} ") for each in wanted))
    )
