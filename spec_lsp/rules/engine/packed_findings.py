"""What was found inside a file, kept without the trees that it was found in.

Fixes hold on to those trees, so they are left out, and found anew when somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from spec_lsp.rules.engine.diagnose import RuleFinding
from spec_lsp.rules.engine.model import Finding, Fix, FixContext, Related
from spec_lsp.text import Span
from spec_lsp.workspace.packed import NOTHING, pack, unpack

Recheck = Callable[[], Iterable[RuleFinding]]


def pack_found(found: Iterable[RuleFinding]) -> bytes:
    """Findings as bytes."""
    return pack(tuple(_row(each) for each in found))


def unpack_found(data: bytes, again: Recheck) -> list[RuleFinding]:
    """The findings in some bytes; `again` looks into the file anew, for those who want fixes."""
    if data == NOTHING:
        return []
    return [_found(row, again) for row in unpack(data)]


_Row = tuple[str, int, int, str, int, bool, tuple[tuple[str, int, int, str], ...]]


def _row(each: RuleFinding) -> _Row:
    finding = each.finding
    related = tuple((r.path, *r.span, r.message) for r in finding.related)
    is_fixable = finding.fixer is not None
    return each.code, *finding.span, finding.message, each.line, is_fixable, related


def _found(row: _Row, again: Recheck) -> RuleFinding:
    code, start, end, message, line, is_fixable, related = row
    found = RuleFinding(
        code,
        Finding(
            Span(start, end),
            message,
            related=tuple(Related(path, Span(*span), text) for path, *span, text in related),
        ),
        line,
    )
    if not is_fixable:
        return found
    return replace(found, finding=replace(found.finding, fixer=_DeferredFix(found, again)))


@dataclass(frozen=True)
class _DeferredFix:
    """The fixes of a finding as they are when it is found again."""

    found: RuleFinding
    again: Recheck

    def __call__(self, desk: FixContext) -> Iterable[Fix]:
        for each in self.again():
            if replace(each, finding=replace(each.finding, fixer=None)) == self.found:
                return each.finding.fixer(desk) if each.finding.fixer else ()
        return ()
