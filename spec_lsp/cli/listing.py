"""`spec-lsp list`: documents with status and completeness."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.complete import kinds, markdown_paths, statuses
from spec_lsp.cli.errors import unknown
from spec_lsp.cli.help import FORMAT_HELP
from spec_lsp.cli.terminal import has_colour, shown, write, write_data
from spec_lsp.printable import printable_json

if TYPE_CHECKING:
    from spec_lsp.cli.folders import CheckTarget
    from spec_lsp.report.columns import DocumentRow

_FILTERS = "Filters"
_OUTPUT = "Output"
_COLUMNS = "kind,id,title,status,complete,tasks,path"


class ListFormat(StrEnum):
    """Output formats."""

    text = "text"
    csv = "csv"
    json = "json"


class StageOption(StrEnum):
    """Stages of a document."""

    draft = "draft"
    active = "active"
    final = "final"
    dropped = "dropped"


def list_documents(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help=r"Files and folders to list. \[default: .]", autocompletion=markdown_paths
        ),
    ] = None,
    *,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="List only this kind; may be repeated.",
            rich_help_panel=_FILTERS,
            autocompletion=kinds,
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS",
            help="List only this status; may be repeated.",
            rich_help_panel=_FILTERS,
            autocompletion=statuses,
        ),
    ] = None,
    stage: Annotated[
        list[StageOption] | None,
        typer.Option(
            metavar=f"<{'|'.join(StageOption)}>",
            help="List only this stage; may be repeated.",
            rich_help_panel=_FILTERS,
        ),
    ] = None,
    owner: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="List only documents of this owner.", rich_help_panel=_FILTERS
        ),
    ] = "",
    priority: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PRIORITY",
            help="List only this priority or severity; may be repeated.",
            rich_help_panel=_FILTERS,
        ),
    ] = None,
    overdue: Annotated[
        bool,
        typer.Option(
            "--overdue",
            help="List only documents past their review date.",
            rich_help_panel=_FILTERS,
        ),
    ] = False,
    incomplete: Annotated[
        bool,
        typer.Option(
            "--incomplete", help="List only documents below 100%.", rich_help_panel=_FILTERS
        ),
    ] = False,
    open_tasks: Annotated[
        bool,
        typer.Option(
            "--open-tasks", help="List only documents with open tasks.", rich_help_panel=_FILTERS
        ),
    ] = False,
    columns: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Columns (comma-separated): also stage, owner, priority, review, and any field. "
            f"\\[default: {_COLUMNS}]",
            rich_help_panel=_OUTPUT,
            show_default=False,
        ),
    ] = _COLUMNS,
    sort: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help=r"Columns to sort by (comma-separated); `-` before a name reverses it. "
            r"\[default: kind,id,path]",
            rich_help_panel=_OUTPUT,
        ),
    ] = "",
    output: Annotated[
        ListFormat, typer.Option("--format", help=FORMAT_HELP, rich_help_panel=_OUTPUT)
    ] = ListFormat.text,
) -> None:
    """List documents: kind, ID, title, status, completeness and tasks."""
    from spec_lsp.cli.folders import open_asked
    from spec_lsp.report import listing
    from spec_lsp.report.columns import NAMES, ordered
    from spec_lsp.storage.clock import today

    names, by = _names(columns), _names(sort)
    named = {name.removeprefix("-") for name in (*names, *by)}
    needs_templates = (
        owner
        or priority
        or output is ListFormat.json
        or any(name.removeprefix("-") not in NAMES for name in by)
    )
    asked = open_asked(paths or [Path()])
    _refuse_unknown_kinds(kind or (), asked)
    day = today()
    rows = [
        row
        for each in asked
        for row in _rows(
            each, with_templates=bool(needs_templates or named & {"owner", "priority"})
        )
        if _fits(row, kind or (), status or (), stage or ())
        and _is_of(row, owner, priority or ())
        and _is_due(row, day, overdue=overdue, incomplete=incomplete, open_tasks=open_tasks)
    ]
    _refuse_unknown_columns((*names, *by), rows)
    rows = ordered(rows, by)
    if output is ListFormat.json:
        write_data(printable_json(listing.data(rows)))
    elif output is ListFormat.csv:
        write_data(listing.comma_separated(rows, names))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        write(listing.text(rows, names, colour=has_colour(), width=width))


def _names(given: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip().casefold() for name in given.split(","))))


def _refuse_unknown_kinds(wanted: Iterable[str], asked: list[CheckTarget]) -> None:
    """Refuse a kind that no document and no template has."""
    workspaces = [each.folder.workspace for each in asked]
    used = {entry.kind for each in workspaces for entry in each.index.entries.values()}
    if used.issuperset(wanted):
        return  # Templates are read only if they are asked for.
    known = {template.kind for each in workspaces for template in each.settings.templates}
    for each in wanted:
        if each not in known:
            raise unknown("kind", each, sorted(known))


def _refuse_unknown_columns(wanted: Iterable[str], rows: list[DocumentRow]) -> None:
    from spec_lsp.report.columns import NAMES, is_known

    for each in wanted:
        name = each.removeprefix("-")
        if rows and not is_known(name, rows):
            raise unknown("column", name, NAMES)


def _rows(asked: CheckTarget, *, with_templates: bool) -> Iterator[DocumentRow]:
    """The selected documents; owners and priorities need the templates, so only on demand."""
    from spec_lsp.features.shared.cards import owner, priority
    from spec_lsp.report.columns import DocumentRow

    workspace = asked.folder.workspace
    for path in asked.paths:
        entry = workspace.entry(path)
        if not entry or not entry.is_spec:
            continue
        file = shown(asked.folder.at(path))
        if with_templates:
            template = workspace.settings.template(entry.kind)
            people = owner(entry, template), priority(entry, template)
            yield DocumentRow(file, entry, *people, template)
        else:
            yield DocumentRow(file, entry)


def _fits(
    row: DocumentRow, kinds: Iterable[str], statuses: Iterable[str], stages: Iterable[str]
) -> bool:
    """Whether a document has one of the kinds, one of the statuses and one of the stages."""
    entry = row.entry
    return (
        (not kinds or entry.kind in kinds)
        and (not stages or entry.stage in stages)
        and _begins(entry.status, statuses)
    )


def _is_of(row: DocumentRow, owner: str, priorities: Iterable[str]) -> bool:
    from spec_lsp.compare import fold

    return fold(owner) in fold(row.owner) and _begins(row.priority, priorities)


def _is_due(
    row: DocumentRow, today: str, *, overdue: bool, incomplete: bool, open_tasks: bool
) -> bool:
    """Whether work is left on a document, of each kind that is asked for."""
    from spec_lsp.rules.dependencies import missed_review

    entry = row.entry
    is_incomplete = entry.demands == "template" and entry.completeness < 1
    return (
        (not overdue or bool(missed_review(entry, today)))
        and (not incomplete or is_incomplete)
        and (not open_tasks or entry.tasks[0] < entry.tasks[1])
    )


def _begins(text: str, wanted: Iterable[str]) -> bool:
    """Whether a value is one of those wanted, perhaps with a remark after it."""
    from spec_lsp.compare import fold

    found = fold(text)
    each_wanted = [fold(each) for each in wanted]
    return not each_wanted or any(
        found == each or found.startswith(f"{each} ") for each in each_wanted
    )
