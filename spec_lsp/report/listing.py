"""The list of documents with status and completeness, and the list of rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spec_lsp.report.formats.as_text import Paint, plural, table
from spec_lsp.rules.engine.registry import Rule
from spec_lsp.workspace.entry import Entry

VERSION = 1
_STYLES = {"": "dim", "draft": "dim", "active": "info", "final": "good", "dropped": "warning"}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and its path as shown."""

    path: str
    entry: Entry


def in_order(rows: list[DocumentRow]) -> list[DocumentRow]:
    """Sort rows by kind, ID and path."""
    return sorted(rows, key=lambda row: (row.entry.kind, row.entry.id, row.path))


def data(rows: list[DocumentRow]) -> dict[str, Any]:
    """The list for JSON."""
    return {"version": VERSION, "documents": [_data(row) for row in rows]}


def text(rows: list[DocumentRow], *, colour: bool = False) -> str:
    """The list as a table."""
    paint = Paint(is_on=colour)
    if not rows:
        return "No documents"
    head = ("KIND", "ID", "TITLE", "STATUS", "COMPLETE", "TASKS", "PATH")
    lines = table([head, *(_cells(row) for row in rows)]).split("\n")
    styles = ["bold", *(_STYLES[row.entry.stage] for row in rows)]
    painted = [paint(line, style) for line, style in zip(lines, styles, strict=True)]
    return "\n".join([*painted, "", plural(len(rows), "document")])


def rule_table(rules: Iterable[Rule]) -> str:
    """The table of rules with their levels from draft to final."""
    rows = [(rule.code, _levels(rule), rule.summary) for rule in rules]
    return table([("RULE", "LEVEL", "DESCRIPTION"), *rows])


def percent(entry: Entry) -> int:
    """Completeness in percent, rounded down: 100 only if complete."""
    return int(entry.completeness * 100)


def _levels(rule: Rule) -> str:
    severity = rule.severity
    found = dict.fromkeys((severity.draft, severity.active, severity.final))
    return " → ".join(found) if rule.is_on else "off"


def _cells(row: DocumentRow) -> tuple[str, ...]:
    entry = row.entry
    done, wanted = entry.tasks
    tasks = f"{done}/{wanted}" if wanted else ""
    complete = f"{percent(entry)}%" if entry.demands == "template" else ""
    complete = "by path" if entry.demands == "path" else complete
    return entry.kind, entry.id, entry.title, entry.status, complete, tasks, row.path


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
        "completeness": round(entry.completeness, 3),
        "tasks": {"done": done, "open": wanted - done},
        "placeholders": entry.placeholders,
        "summary": entry.summary,
    }
