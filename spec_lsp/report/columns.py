"""The columns of the list of documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name
from spec_lsp.features.shared.cards import WEIGHTS
from spec_lsp.template.notation.choices import find_choice
from spec_lsp.workspace.entry import Entry, Stage

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template

USUAL = ("kind", "id", "title", "status", "complete", "tasks", "path")
_STAGES: tuple[Stage, ...] = ("draft", "active", "final", "dropped", "")
_LAST = 1000  # place of a value that is no choice
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document, its path as shown, its owner, its priority and its template.

    What needs the templates is there only on demand.
    """

    path: str
    entry: Entry
    owner: str = ""
    priority: str = ""
    template: Template | None = None


_CELLS: dict[str, Callable[[DocumentRow], str]] = {
    "kind": lambda row: row.entry.kind,
    "id": lambda row: row.entry.id,
    "title": lambda row: row.entry.title,
    "status": lambda row: row.entry.status,
    "stage": lambda row: row.entry.stage,
    "complete": lambda row: _complete(row.entry),
    "tasks": lambda row: "{}/{}".format(*row.entry.tasks) if row.entry.tasks[1] else "",
    "owner": lambda row: row.owner,
    "priority": lambda row: row.priority,
    "review": lambda row: row.entry.review,
    "path": lambda row: row.path,
}
NAMES = tuple(_CELLS)


def cell(row: DocumentRow, column: str) -> str:
    """The text in a column; any other name is that of a field in the document."""
    known = _CELLS.get(column)
    return known(row) if known else row.entry.fields.get(normalise_name(column), "")


def is_known(column: str, rows: list[DocumentRow]) -> bool:
    """Whether a name is that of a column, or of a field in some document."""
    name = normalise_name(column)
    return column in _CELLS or any(name in row.entry.fields for row in rows)


def ordered(rows: list[DocumentRow], by: Iterable[str] = ()) -> list[DocumentRow]:
    """Sort by kind, ID and path, then by the named columns; `-` before a name reverses it.

    Values that the template lists have its order.
    """
    rows = sorted(rows, key=lambda row: (row.entry.kind, row.entry.id, row.path))
    for name in reversed([*by]):
        column = name.removeprefix("-")
        empty = [row for row in rows if not cell(row, column)]
        rest = [row for row in rows if cell(row, column)]
        rest.sort(key=lambda row: _key(row, column), reverse=name != column)
        rows = rest + empty
    return rows


def _complete(entry: Entry) -> str:
    if entry.demands == "path":
        return "by path"
    return f"{entry.percent}%" if entry.demands == "template" else ""


def _key(row: DocumentRow, column: str) -> list[str | int]:
    """A sort key: open tasks, the stage or the template's order, and a text with its numbers."""
    done, wanted = row.entry.tasks
    text = cell(row, column).casefold()
    if column == "tasks":
        text = str(wanted - done)
    if column in ("status", "stage"):
        text = f"{_STAGES.index(row.entry.stage)} {text}"
    elif row.template:
        text = f"{_place(row, row.template, column)} {text}"
    parts: list[str | int] = [*_NUMBER.split(text)]
    return [int(part) if index % 2 else part for index, part in enumerate(parts)]


def _place(row: DocumentRow, template: Template, column: str) -> int:
    """The place of a value among the choices of its field; after them for any other."""
    keys = WEIGHTS if column == "priority" else (normalise_name(column),)
    lists = (slot.choices for key in keys if (slot := template.field(key)) and slot.choices)
    value = cell(row, column)
    for choices in lists:
        if found := find_choice(value, choices):
            return choices.members.index(found)
    return _LAST
