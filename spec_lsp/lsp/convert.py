"""From our values to the protocol's and back. Spans become ranges here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from lsprotocol import types as lsp

from spec_lsp.rules.model import Diagnostic, Level
from spec_lsp.text import Edit, Encoding, Position, Span

SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
    "hint": lsp.DiagnosticSeverity.Hint,
}
SOURCE = "spec-lsp"


class Lines(Protocol):
    """A text that knows its lines: a document or a bare line index."""

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        ...

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a line and column."""
        ...


@dataclass(frozen=True)
class Ruler:
    """Converts places of one text in one client's encoding."""

    lines: Lines
    encoding: Encoding

    def position(self, offset: int) -> lsp.Position:
        """The protocol's position of an offset."""
        line, column = self.lines.position(offset, self.encoding)
        return lsp.Position(line, column)

    def range(self, span: Span) -> lsp.Range:
        """The protocol's range of a span."""
        start = self.position(span.start)
        return lsp.Range(start, start if span.start == span.end else self.position(span.end))

    def offset(self, position: lsp.Position) -> int:
        """The offset of the protocol's position."""
        return self.lines.offset(Position(position.line, position.character), self.encoding)

    def span(self, given: lsp.Range) -> Span:
        """The span of the protocol's range; one whose end precedes its start is empty."""
        start = self.offset(given.start)
        return Span(start, max(start, self.offset(given.end)))

    def edit(self, edit: Edit) -> lsp.TextEdit:
        """A text edit."""
        return lsp.TextEdit(self.range(edit.span), edit.text)

    def edits(self, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
        """Text edits in order."""
        return [self.edit(edit) for edit in edits]


def severity(level: Level) -> lsp.DiagnosticSeverity:
    """The protocol's word for a level."""
    return SEVERITY[level]


def diagnostic(
    each: Diagnostic, ruler: Ruler, related: Sequence[lsp.DiagnosticRelatedInformation]
) -> lsp.Diagnostic:
    """A diagnostic."""
    tags = [lsp.DiagnosticTag.Unnecessary] if each.code == "unused-suppression" else None
    return lsp.Diagnostic(
        range=ruler.range(each.span),
        message=each.message,
        severity=SEVERITY[each.level],
        code=each.code,
        source=SOURCE,
        related_information=list(related) or None,
        tags=tags,
    )
