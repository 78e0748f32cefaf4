"""Findings of one file as bytes, for the cache.

Fixes refer to the parsed document, so they are left out; a request for a fix runs the rules again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from spec_lsp.rules.engine.diagnose import RuleFinding
from spec_lsp.rules.engine.model import Asked, Finding, Fix, FixContext, Listed, Related
from spec_lsp.text import Span
from spec_lsp.workspace.packed import NOTHING, pack, unpack

Recheck = Callable[[], Iterable[RuleFinding]]


def pack_found(found: Iterable[RuleFinding]) -> bytes:
    """Pack findings without their fixes."""
    return pack(tuple(_row(each) for each in found))


def unpack_found(data: bytes, again: Recheck) -> list[RuleFinding]:
    """Unpack findings; `again` runs the rules again when a fix is requested."""
    if data == NOTHING:
        return []
    return [_found(row, again) for row in unpack(data)]


_Row = tuple[
    str, int, int, str, int, bool, tuple[tuple[str, int, int, str], ...],
    tuple[str, str] | None, str, tuple[str, str, int] | None,
]  # fmt: skip


def _row(each: RuleFinding) -> _Row:
    finding = each.finding
    related = tuple((r.path, *r.span, r.message) for r in finding.related)
    is_fixable = finding.fixer is not None
    asked, listed = finding.asked, finding.listed
    more = (*asked,) if asked else None, finding.value, (*listed,) if listed else None
    return each.code, *finding.span, finding.message, each.line, is_fixable, related, *more


def _found(row: _Row, again: Recheck) -> RuleFinding:
    code, start, end, message, line, is_fixable, related, asked, value, listed = row
    found = RuleFinding(
        code,
        Finding(
            Span(start, end),
            message,
            related=tuple(Related(path, Span(*span), text) for path, *span, text in related),
            asked=Asked(*asked) if asked else None,
            value=value,
            listed=Listed(*listed) if listed else None,
        ),
        line,
    )
    if not is_fixable:
        return found
    return replace(found, finding=replace(found.finding, fixer=_DeferredFix(found, again)))


@dataclass(frozen=True)
class _DeferredFix:
    """Fixes of an unpacked finding: run the rules again and use the equal finding's fixes."""

    found: RuleFinding
    again: Recheck

    def __call__(self, desk: FixContext) -> Iterable[Fix]:
        for each in self.again():
            if replace(each, finding=replace(each.finding, fixer=None)) == self.found:
                return each.finding.fixer(desk) if each.finding.fixer else ()
        return ()
