"""The list of documents with status and completeness."""

from __future__ import annotations

import csv
from types import SimpleNamespace
from typing import Any

from rich.cells import cell_len, set_cell_size

from spec_lsp.printable import printable
from spec_lsp.report.columns import USUAL, DocumentRow, cell
from spec_lsp.report.formats.as_text import Paint, plural, table, visible

VERSION = 1
_STYLES = {"": "dim", "draft": "dim", "active": "info", "final": "good", "dropped": "warning"}
_LEAST_TITLE = 12  # cells of a title that stay, however narrow the terminal
_FORMULA = tuple("=+-@")


def data(rows: list[DocumentRow]) -> dict[str, Any]:
    """The list for JSON."""
    return {"version": VERSION, "documents": [_data(row) for row in rows]}


def text(
    rows: list[DocumentRow],
    columns: tuple[str, ...] = USUAL,
    *,
    colour: bool = False,
    width: int = 0,
) -> str:
    """The list as a table; titles are cut where lines are longer than a width."""
    paint = Paint(is_on=colour)
    if not rows:
        return "No documents"
    cells = [tuple(visible(cell(row, column)) for column in columns) for row in rows]
    head = tuple(column.upper() for column in columns)
    lines = table(_fitted([head, *cells], columns, width)).split("\n")
    styles = ["bold", *(_STYLES[row.entry.stage] for row in rows)]
    painted = [paint(line, style) for line, style in zip(lines, styles, strict=True)]
    return "\n".join([*painted, "", plural(len(rows), "document")])


def comma_separated(rows: list[DocumentRow], columns: tuple[str, ...] = USUAL) -> str:
    """The list as CSV.

    A text that a spreadsheet would run as a formula gets a leading quote.
    """
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        texts = (printable(cell(row, column)) for column in columns)
        writer.writerow(f"'{each}" if each.startswith(_FORMULA) else each for each in texts)
    return "".join(lines)


def _fitted(
    rows: list[tuple[str, ...]], columns: tuple[str, ...], width: int
) -> list[tuple[str, ...]]:
    """Cut titles so that the widest line fits."""
    if not width or "title" not in columns:
        return rows
    at = columns.index("title")
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    room = max(_LEAST_TITLE, width - sum(widths) + widths[at] - 2 * (len(columns) - 1))
    return [(*row[:at], _cut(row[at], room), *row[at + 1 :]) for row in rows]


def _cut(text: str, room: int) -> str:
    return text if cell_len(text) <= room else f"{set_cell_size(text, room - 1).rstrip()}…"


def _data(row: DocumentRow) -> dict[str, Any]:
    entry = row.entry
    done, wanted = entry.tasks
    return {
        "path": row.path,
        "kind": entry.kind,
        "id": entry.id or None,
        "title": entry.title,
        "status": entry.status or None,
        "stage": entry.stage or None,
        "owner": row.owner or None,
        "priority": row.priority or None,
        "review": entry.review or None,
        "completeness": round(entry.completeness, 3),
        "tasks": {"done": done, "open": wanted - done},
        "placeholders": entry.placeholders,
        "summary": entry.summary,
    }
