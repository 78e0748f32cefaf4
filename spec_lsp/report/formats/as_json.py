"""JSON for programs: lines and columns are 1-based, columns count code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spec_lsp.printable import printable_json
from spec_lsp.rules.engine.pages import page_address

if TYPE_CHECKING:
    from spec_lsp.report.model import Issue, Report, ShownFix, ShownRange
    from spec_lsp.rules.engine.model import Level
    from spec_lsp.text import Position

VERSION = 1


def render(report: Report, level: Level = "hint") -> str:
    """Render the problems at or above a level; the summary counts all."""
    return printable_json(_data(report, level))


def _data(report: Report, level: Level) -> dict[str, Any]:
    return {
        "version": VERSION,
        "summary": {
            "files": report.files,
            "documents": report.documents,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "infos": report.count("info"),
            "hints": report.count("hint"),
            "known": report.known,
            "gone": report.gone,
        },
        "diagnostics": [_issue(issue) for issue in report.at_least(level)],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    address = page_address(issue.code)
    return {
        "path": issue.place.path,
        "rule": issue.code,
        "severity": issue.level,
        "message": issue.message,
        "range": range_of(issue.place),
        **({"url": address} if address else {}),
        "fixes": [_fix(fix) for fix in issue.fixes],
        "related": [
            {"path": place.path, "range": range_of(place), "message": message}
            for place, message in issue.related
        ],
    }


def _fix(fix: ShownFix) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": fix.title,
        "safe": fix.is_safe,
        "edits": [
            {"path": place.path, "range": range_of(place), "text": text}
            for place, text in fix.edits
        ],
    }
    if fix.new_file:
        found["create"] = {"path": fix.new_file[0], "text": fix.new_file[1]}
    if fix.rename:
        found["rename"] = {"from": fix.rename[0], "to": fix.rename[1]}
    return found


def range_of(place: ShownRange) -> dict[str, Any]:
    """A range with 1-based lines and columns."""
    return {"start": _position(place.start), "end": _position(place.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line + 1, "column": position.column + 1}
