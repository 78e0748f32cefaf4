"""Findings as workflow commands, which GitHub Actions shows beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.printable import printable
from spec_lsp.rules.model import Level

if TYPE_CHECKING:
    from spec_lsp.report.model import Issue, Report

_COMMANDS: dict[Level, str] = {
    "error": "error",
    "warning": "warning",
    "info": "notice",
    "hint": "notice",
}


def render(report: Report) -> str:
    """A line for each finding."""
    return "\n".join(_line(issue) for issue in report.issues)


def _line(issue: Issue) -> str:
    place = issue.place
    properties = {
        "file": place.path,
        "line": str(place.start.line + 1),
        "endLine": str(place.end.line + 1),
        "title": issue.code,
    }
    if place.start.line == place.end.line:
        properties["col"] = str(place.start.column + 1)
        properties["endColumn"] = str(place.end.column + 1)
    listed = ",".join(f"{name}={_value(text)}" for name, text in properties.items())
    return f"::{_COMMANDS[issue.level]} {listed}::{_text(issue.message)}"


def _text(text: str) -> str:
    return printable(text).replace("%", "%25")


def _value(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
