"""Findings as a GitLab code quality report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.printable import printable_json
from spec_lsp.report.fingerprint import fingerprints
from spec_lsp.rules.model import Level

if TYPE_CHECKING:
    from spec_lsp.report.model import Report

_SEVERITIES: dict[Level, str] = {
    "error": "major",
    "warning": "minor",
    "info": "info",
    "hint": "info",
}


def render(report: Report) -> str:
    """The whole report."""
    found = [
        {
            "description": issue.message,
            "check_name": issue.code,
            "fingerprint": mark,
            "severity": _SEVERITIES[issue.level],
            "location": {
                "path": issue.place.path,
                "lines": {
                    "begin": issue.place.start.line + 1,
                    "end": issue.place.end.line + 1,
                },
            },
        }
        for issue, mark in zip(report.issues, fingerprints(report.issues), strict=True)
    ]
    return printable_json(found)
