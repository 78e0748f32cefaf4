"""What a report is made of: findings with their places, resolved and ready to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from spec_lsp.printable import printable
from spec_lsp.rules.model import LEVELS, Desk, Diagnostic, Fix, Level
from spec_lsp.rules.pages import url_of
from spec_lsp.text import LineIndex, Position, Span


class Source(NamedTuple):
    """A file as it is shown: where it lies for the reader, and its text."""

    path: str
    lines: LineIndex

    def place(self, span: Span) -> Place:
        """A stretch of the file as lines and columns."""
        start, end = self.lines.position(span.start), self.lines.position(span.end)
        return Place(self.path, start, end, self.lines.line_span(start.line).of(self.lines.text))


Sources = Callable[[str], Source]


class Place(NamedTuple):
    """A stretch of a file: lines and columns from nought, and the line on which it begins."""

    path: str
    start: Position
    end: Position
    line: str = ""

    def __str__(self) -> str:
        """The way compilers write it; no name may begin a line as workflow commands do."""
        lead = "./" if self.path.lstrip().startswith(":") else ""
        return f"{lead}{printable(self.path)}:{self.start.line + 1}:{self.start.column + 1}"


@dataclass(frozen=True, slots=True)
class ShownFix:
    """A way out: what it replaces, the file it would write, the file it would rename."""

    title: str
    is_safe: bool
    edits: tuple[tuple[Place, str], ...] = ()
    new_file: tuple[str, str] | None = None
    rename: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding, ready to be shown."""

    place: Place
    code: str
    level: Level
    message: str
    url: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fixes: tuple[ShownFix, ...] = ()


@dataclass(frozen=True)
class Report:
    """The outcome of a check: `paths` were looked at, `documents` of them follow a template.

    `known` findings are not reported, because the baseline holds them; `gone` are those that it
    holds and that are there no more.
    """

    issues: tuple[Issue, ...]
    paths: tuple[str, ...] = ()
    documents: int = 0
    known: int = 0
    gone: int = 0

    @property
    def files(self) -> int:
        """How many files were looked at."""
        return len(self.paths)

    def count(self, level: Level) -> int:
        """How many findings have a level."""
        return self._counts[level]

    @property
    def _counts(self) -> Counter[Level]:
        return Counter(issue.level for issue in self.issues)

    def from_level(self, level: Level) -> Report:
        """The same report without the findings that weigh less."""
        return replace(self, issues=tuple(self.at_least(level)))

    def at_least(self, level: Level) -> list[Issue]:
        """The findings that weigh at least as much."""
        least = LEVELS.index(level)
        return [issue for issue in self.issues if LEVELS.index(issue.level) >= least]


def issues_of(diagnostics: Iterable[Diagnostic], sources: Sources, desk: Desk) -> list[Issue]:
    """Diagnostics as issues, their fixes worked out."""
    return [_issue(each, sources, desk) for each in diagnostics]


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues in the order in which every report shows them."""
    return tuple(sorted(issues, key=lambda each: (*each.place[:3], each.code, each.message)))


def _issue(diagnostic: Diagnostic, sources: Sources, desk: Desk) -> Issue:
    related = [(sources(r.path).place(r.span), r.message) for r in diagnostic.related]
    return Issue(
        sources(diagnostic.path).place(diagnostic.span),
        diagnostic.code,
        diagnostic.level,
        diagnostic.message,
        url_of(diagnostic.code),
        tuple(related),
        tuple(_fix(fix, sources) for fix in diagnostic.fixes(desk)),
    )


def _fix(fix: Fix, sources: Sources) -> ShownFix:
    edits = [(sources(c.path).place(c.edit.span), c.edit.text) for c in fix.changes]
    new_file = (sources(fix.new_file.path).path, fix.new_file.text) if fix.new_file else None
    rename = (sources(fix.rename[0]).path, sources(fix.rename[1]).path) if fix.rename else None
    return ShownFix(fix.title, fix.is_safe, tuple(edits), new_file, rename)
