"""The data of a report: diagnostics with lines, columns and resolved fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from spec_lsp.printable import printable
from spec_lsp.rules.engine.model import LEVELS, Diagnostic, Fix, FixContext, Level
from spec_lsp.text import LineIndex, Position, Span


class Source(NamedTuple):
    """A file: its path as shown, and its text."""

    path: str
    lines: LineIndex

    def place(self, span: Span) -> ShownRange:
        """The lines and columns of a span."""
        start, end = self.lines.position(span.start), self.lines.position(span.end)
        return ShownRange(
            self.path, start, end, self.lines.line_span(start.line).of(self.lines.text)
        )


Sources = Callable[[str], Source]


class ShownRange(NamedTuple):
    """A range in a file: 0-based lines and columns, and the text of its first line."""

    path: str
    start: Position
    end: Position
    line: str = ""

    def __str__(self) -> str:
        """`path:line:column`; `./` before a `:` avoids a workflow command."""
        lead = "./" if self.path.lstrip().startswith(":") else ""
        return f"{lead}{printable(self.path)}:{self.start.line + 1}:{self.start.column + 1}"


@dataclass(frozen=True, slots=True)
class ShownFix:
    """A fix: its edits, the file it creates, the file it renames."""

    title: str
    is_safe: bool
    edits: tuple[tuple[ShownRange, str], ...] = ()
    new_file: tuple[str, str] | None = None
    rename: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem, ready to be shown."""

    place: ShownRange
    code: str
    level: Level
    message: str
    related: tuple[tuple[ShownRange, str], ...] = ()
    fixes: tuple[ShownFix, ...] = ()

    @property
    def elsewhere(self) -> set[str]:
        """The files that the problem shows lines of, besides its own."""
        edits = (edit for fix in self.fixes for edit in fix.edits)
        return {place.path for place, _ in (*self.related, *edits)} - {self.place.path}


@dataclass(frozen=True)
class Report:
    """The result of a check: `paths` were checked, `documents` of them follow a template.

    `known` counts problems hidden by the baseline, `gone` its entries that no longer occur.
    `sources` are templates and configuration: one change there may solve many problems.
    """

    issues: tuple[Issue, ...]
    paths: tuple[str, ...] = ()
    documents: int = 0
    known: int = 0
    gone: int = 0
    sources: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """The number of files checked."""
        return len(self.paths)

    def count(self, level: Level) -> int:
        """The number of problems with a level."""
        return self._counts[level]

    @property
    def _counts(self) -> Counter[Level]:
        return Counter(issue.level for issue in self.issues)

    def from_level(self, level: Level) -> Report:
        """The report without problems below a level."""
        return replace(self, issues=tuple(self.at_least(level)))

    def at_least(self, level: Level) -> list[Issue]:
        """The problems at or above a level."""
        least = LEVELS.index(level)
        return [issue for issue in self.issues if LEVELS.index(issue.level) >= least]


def issue_of(
    diagnostic: Diagnostic,
    sources: Sources,
    desk: FixContext | None = None,
    *,
    titles: bool = False,
) -> Issue:
    """Resolve a diagnostic; with a context, its fixes too, or only their titles."""
    fixes = diagnostic.fixes(desk) if desk else ()
    related = [(sources(r.path).place(r.span), r.message) for r in diagnostic.related]
    return Issue(
        sources(diagnostic.path).place(diagnostic.span),
        diagnostic.code,
        diagnostic.level,
        diagnostic.message,
        tuple(related),
        tuple(_title(fix) if titles else _fix(fix, sources) for fix in fixes),
    )


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Sort issues by place, rule and message."""
    return tuple(sorted(issues, key=lambda each: (*each.place[:3], each.code, each.message)))


def _title(fix: Fix) -> ShownFix:
    return ShownFix(fix.title, fix.is_safe)


def _fix(fix: Fix, sources: Sources) -> ShownFix:
    edits = [(sources(c.path).place(c.edit.span), c.edit.text) for c in fix.changes]
    new_file = (sources(fix.new_file.path).path, fix.new_file.text) if fix.new_file else None
    rename = (sources(fix.rename[0]).path, sources(fix.rename[1]).path) if fix.rename else None
    return ShownFix(fix.title, fix.is_safe, tuple(edits), new_file, rename)
