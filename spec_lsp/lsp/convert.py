"""From our values to the protocol's and back. Spans become ranges here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lsprotocol import types as lsp

from spec_lsp.printable import printable
from spec_lsp.rules.model import Diagnostic, Level
from spec_lsp.text import Edit, Encoding, Position, Span

_SEVERITY: dict[Level, int] = {
    "error": int(lsp.DiagnosticSeverity.Error),
    "warning": int(lsp.DiagnosticSeverity.Warning),
    "info": int(lsp.DiagnosticSeverity.Information),
    "hint": int(lsp.DiagnosticSeverity.Hint),
}
SOURCE = "spec-lsp"
# An object of the protocol as it is written out. To make the library's own types and take them
# apart again takes longer than most answers.
Plain = dict[str, Any]


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

    def plain_range(self, span: Span) -> Plain:
        """The same, as it is written out."""
        start, end = (self.lines.position(offset, self.encoding) for offset in span)
        return {
            "start": {"line": start.line, "character": start.column},
            "end": {"line": end.line, "character": end.column},
        }

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


def diagnostic(each: Diagnostic, ruler: Ruler, related: Sequence[Plain]) -> Plain:
    """A diagnostic, as it is written out: many are at every key."""
    found: Plain = {
        "range": ruler.plain_range(each.span),
        "message": printable(each.message),
        "severity": _SEVERITY[each.level],
        "code": each.code,
        "source": SOURCE,
    }
    if related:
        found["relatedInformation"] = list(related)
    if each.code == "unused-suppression":
        found["tags"] = [int(lsp.DiagnosticTag.Unnecessary)]
    return found
