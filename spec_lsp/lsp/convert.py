"""Conversion between our values and the protocol's; only here spans become ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types as lsp

from spec_lsp.printable import printable
from spec_lsp.rules.engine.model import Diagnostic, Level
from spec_lsp.text import Edit, Encoding, Lines, Position, Span

_SEVERITY: dict[Level, int] = {
    "error": int(lsp.DiagnosticSeverity.Error),
    "warning": int(lsp.DiagnosticSeverity.Warning),
    "info": int(lsp.DiagnosticSeverity.Information),
    "hint": int(lsp.DiagnosticSeverity.Hint),
}
SOURCE = "spec-lsp"
# A protocol object as plain JSON. Creating and serializing the library's types takes longer than
# most handlers.
Plain = dict[str, Any]


@dataclass(frozen=True)
class PositionConverter:
    """Converts positions of one text in the client's encoding."""

    lines: Lines
    encoding: Encoding

    def position(self, offset: int) -> lsp.Position:
        """Convert an offset to a position."""
        line, column = self.lines.position(offset, self.encoding)
        return lsp.Position(line, column)

    def range(self, span: Span) -> lsp.Range:
        """Convert a span to a range."""
        start = self.position(span.start)
        return lsp.Range(start, start if span.start == span.end else self.position(span.end))

    def plain_range(self, span: Span) -> Plain:
        """Convert a span to a range in plain JSON."""
        start, end = (self.lines.position(offset, self.encoding) for offset in span)
        return {
            "start": {"line": start.line, "character": start.column},
            "end": {"line": end.line, "character": end.column},
        }

    def offset(self, position: lsp.Position) -> int:
        """Convert a position to an offset."""
        return self.lines.offset(Position(position.line, position.character), self.encoding)

    def span(self, given: lsp.Range) -> Span:
        """Convert a range to a span; a range that ends before its start is empty."""
        start = self.offset(given.start)
        return Span(start, max(start, self.offset(given.end)))

    def edit(self, edit: Edit) -> lsp.TextEdit:
        return lsp.TextEdit(self.range(edit.span), edit.text)

    def edits(self, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
        return [self.edit(edit) for edit in edits]


def diagnostic(
    each: Diagnostic, ruler: PositionConverter, related: Sequence[Plain], pages: str
) -> Plain:
    """Convert a diagnostic to plain JSON, because there are many at each keystroke.

    `pages` is the address of the folder with the pages of the rules, empty if there is none.
    """
    found: Plain = {
        "range": ruler.plain_range(each.span),
        "message": printable(each.message),
        "severity": _SEVERITY[each.level],
        "code": each.code,
        "source": SOURCE,
    }
    if pages:
        found["codeDescription"] = {"href": f"{pages}{each.code}.md"}
    if related:
        found["relatedInformation"] = list(related)
    if each.code == "unused-suppression":
        found["tags"] = [int(lsp.DiagnosticTag.Unnecessary)]
    return found


def more(count: int) -> Plain:
    """A diagnostic at the top of a file that says how many others are not shown."""
    top = {"line": 0, "character": 0}
    return {
        "range": {"start": top, "end": top},
        "message": f"{count} more problems in this file; `spec-lsp check --all` shows them",
        "severity": _SEVERITY["info"],
        "source": SOURCE,
    }
