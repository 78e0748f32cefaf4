"""Findings as a JUnit report: each file is a test, which fails by what weighs enough."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from spec_lsp.printable import printable
from spec_lsp.rules.model import LEVELS, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.report.model import Issue, Report


def render(report: Report, fail_on: Level) -> str:
    """The whole report."""
    by_path: dict[str, list[Issue]] = {path: [] for path in report.paths}
    for issue in report.issues:
        by_path.setdefault(issue.place.path, []).append(issue)
    failing = {issue.place.path for issue in report.at_least(fail_on)}
    count = f'tests="{len(by_path)}" failures="{len(failing)}"'
    cases = [line for path in sorted(by_path) for line in _case(path, by_path[path], fail_on)]
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="spec-lsp" {count}>',
        f'  <testsuite name="spec-lsp" {count} errors="0" skipped="0">',
        *cases,
        "  </testsuite>",
        "</testsuites>",
    ))  # fmt: skip


def _case(path: str, issues: list[Issue], fail_on: Level) -> Iterator[str]:
    head = f'    <testcase classname="spec-lsp" name="{_text(path)}"'
    if not issues:
        yield f"{head}/>"
        return
    least = LEVELS.index(fail_on)
    heavy = [issue for issue in issues if LEVELS.index(issue.level) >= least]
    light = [issue for issue in issues if LEVELS.index(issue.level) < least]
    yield f"{head}>"
    if heavy:
        message = _text(f"{heavy[0].code}: {heavy[0].message}")
        yield f'      <failure type="{heavy[0].code}" message="{message}">{_lines(heavy)}</failure>'
    if light:
        yield f"      <system-out>{_lines(light)}</system-out>"
    yield "    </testcase>"


def _lines(issues: list[Issue]) -> str:
    return "\n".join(_text(f"{i.place}: {i.level}[{i.code}] {i.message}") for i in issues)


def _text(text: str) -> str:
    """A text on one line; XML has no form for the control characters that are escaped here."""
    return escape(printable(text))
