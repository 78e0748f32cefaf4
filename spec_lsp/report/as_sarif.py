"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from spec_lsp import __version__
from spec_lsp.printable import printable_json
from spec_lsp.report.address import quoted
from spec_lsp.report.fingerprint import fingerprints
from spec_lsp.rules.model import Level
from spec_lsp.rules.pages import explain, page_address
from spec_lsp.rules.registry import Rule, rules
from spec_lsp.template.builtin import SCHEME

if TYPE_CHECKING:
    from spec_lsp.report.model import Issue, Place, Report, ShownFix

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Level, Literal["error", "warning", "note"]] = {
    "error": "error",
    "warning": "warning",
    "info": "note",
    "hint": "note",
}

_DRIVE = re.compile(r"[A-Za-z]:/")

Texts = dict[str, str]


def render(report: Report) -> str:
    """The whole report, with the rules that found something."""
    codes = sorted({issue.code for issue in report.issues})
    driver = {
        "name": "spec-lsp",
        "semanticVersion": __version__,
        "rules": [_rule(rules()[code]) for code in codes],
    }
    prints = fingerprints(report.issues)
    results = [
        _result(issue, codes.index(issue.code), mark)
        for issue, mark in zip(report.issues, prints, strict=True)
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    sarif = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return printable_json(sarif)


def _rule(rule: Rule) -> dict[str, Any]:
    hint = f"`spec-lsp explain {rule.code}` shows the page of this rule."
    level = _LEVELS[rule.severity.active]
    found: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "help": {"text": hint, "markdown": explain(rule.code)},
        "defaultConfiguration": {"enabled": rule.is_on, "level": level},
    }
    if address := page_address(rule.code):
        found["helpUri"] = address
    return found


def _result(issue: Issue, index: int, mark: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": issue.code,
        "ruleIndex": index,
        "level": _LEVELS[issue.level],
        "message": {"text": issue.message},
        "locations": [{"physicalLocation": _location(issue.place)}],
        "partialFingerprints": {"specLsp/v1": mark},
    }
    # Built-in templates are no files that a code host could show.
    related = [each for each in issue.related if not each[0].path.startswith(SCHEME)]
    if related:
        found["relatedLocations"] = [
            {"id": number, "message": {"text": text}, "physicalLocation": _location(place)}
            for number, (place, text) in enumerate(related)
        ]
    fixes = [_fix(fix) for fix in issue.fixes if fix.edits]
    if fixes:
        found["fixes"] = fixes
    return found


def _fix(fix: ShownFix) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for place, text in fix.edits:
        change = {"deletedRegion": _region(place), "insertedContent": {"text": text}}
        by_path.setdefault(place.path, []).append(change)
    changes = [
        {"artifactLocation": _artifact(path), "replacements": found}
        for path, found in by_path.items()
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _location(place: Place) -> dict[str, Any]:
    return {"artifactLocation": _artifact(place.path), "region": _region(place)}


def _artifact(path: str) -> Texts:
    """A path as a URI: relative to the checked-out sources, unless it lies outside of them."""
    if path.startswith("/"):
        return {"uri": f"file://{quoted(path)}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[:2]}{quoted(path[2:])}"}
    return {"uri": quoted(path), "uriBaseId": "%SRCROOT%"}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.start.line + 1,
        "startColumn": place.start.column + 1,
        "endLine": place.end.line + 1,
        "endColumn": place.end.column + 1,
    }
