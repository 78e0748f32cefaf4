"""Serialise reports for the cache."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from spec_lsp.report.model import Issue, Report, ShownFix, ShownRange
from spec_lsp.text import Position
from spec_lsp.workspace.packed import pack, unpack


def pack_report(report: Report) -> bytes:
    """Serialise a report."""
    issues = tuple(_issue_row(issue) for issue in report.issues)
    counts = (report.documents, report.known, report.gone)
    return pack((issues, report.paths, *counts, report.sources))


def unpack_report(data: bytes) -> Report | None:
    """Deserialise a report; None if the bytes are invalid."""
    with suppress(ValueError, TypeError, EOFError):
        issues, *rest = unpack(data)
        return Report(tuple(_issue(row) for row in issues), *rest)
    return None


_Row = Any


def _issue_row(issue: Issue) -> _Row:
    related = tuple((_place_row(place), message) for place, message in issue.related)
    fixes = tuple(_fix_row(fix) for fix in issue.fixes)
    return _place_row(issue.place), issue.code, issue.level, issue.message, related, fixes


def _fix_row(fix: ShownFix) -> _Row:
    edits = tuple((_place_row(place), text) for place, text in fix.edits)
    return fix.title, fix.is_safe, edits, fix.new_file, fix.rename


def _place_row(place: ShownRange) -> _Row:
    return place.path, *place.start, *place.end, place.line


def _issue(row: _Row) -> Issue:
    place, code, level, message, related, fixes = row
    notes = tuple((_place(each), text) for each, text in related)
    solutions = tuple(_fix(each) for each in fixes)
    return Issue(_place(place), code, level, message, notes, solutions)


def _fix(row: _Row) -> ShownFix:
    title, is_safe, edits, new_file, rename = row
    shown = tuple((_place(place), text) for place, text in edits)
    return ShownFix(title, is_safe, shown, new_file, rename)


def _place(row: _Row) -> ShownRange:
    path, line, column, last_line, last_column, text = row
    return ShownRange(path, Position(line, column), Position(last_line, last_column), text)
