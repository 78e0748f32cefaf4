"""The Reviewdog Diagnostic Format: columns are 1-based and count bytes of UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spec_lsp.printable import printable_json
from spec_lsp.report.model import ShownRange
from spec_lsp.rules.engine.model import Level
from spec_lsp.rules.engine.pages import page_address

if TYPE_CHECKING:
    from spec_lsp.report.model import Issue, Report, ShownFix

_SEVERITIES: dict[Level, str] = {
    "error": "ERROR",
    "warning": "WARNING",
    "info": "INFO",
    "hint": "INFO",
}


def render(report: Report) -> str:
    """Render a report as JSON."""
    found = [_issue(issue) for issue in report.issues]
    return printable_json({"source": {"name": "spec-lsp"}, "diagnostics": found})


def _issue(issue: Issue) -> dict[str, Any]:
    address = page_address(issue.code)
    found: dict[str, Any] = {
        "message": issue.message,
        "location": {"path": issue.place.path, "range": _range(issue.place)},
        "severity": _SEVERITIES[issue.level],
        "code": {"value": issue.code} | ({"url": address} if address else {}),
    }
    # A suggestion is applied with one click, so only safe fixes inside the file are offered.
    fixes = [fix for fix in issue.fixes if fix.is_safe and _is_inside(fix, issue.place.path)]
    if fixes:
        edits = fixes[0].edits
        found["suggestions"] = [{"range": _range(place), "text": text} for place, text in edits]
    return found


def _is_inside(fix: ShownFix, path: str) -> bool:
    """Whether a fix changes only single lines of one file."""
    is_plain = not fix.new_file and not fix.rename
    return is_plain and all(
        place.path == path and place.start.line == place.end.line for place, _ in fix.edits
    )


def _range(place: ShownRange) -> dict[str, Any]:
    """A range; only the text of the first line is at hand, so a later end has no column."""
    start = {"line": place.start.line + 1, "column": _column(place.line, place.start.column)}
    end = {"line": place.end.line + 1}
    if place.end.line == place.start.line:
        end["column"] = _column(place.line, place.end.column)
    return {"start": start, "end": end}


def _column(line: str, column: int) -> int:
    return len(line[:column].encode("utf-8", "surrogatepass")) + 1
