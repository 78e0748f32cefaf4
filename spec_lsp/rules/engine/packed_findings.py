"""Findings of one file as bytes, for the cache.

Fixes refer to the parsed document, so they are left out; a request for a fix runs the rule again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from spec_lsp.rules.engine.diagnose import RuleFinding
from spec_lsp.rules.engine.model import Asked, Finding, Fix, FixContext, Fixer, Listed, Related
from spec_lsp.text import Span
from spec_lsp.workspace.packed import NOTHING, pack, unpack

# The fixes of findings, by the findings without them.
Fixers = Mapping[RuleFinding, Fixer]
Recheck = Callable[[str], Fixers]


def pack_found(found: Iterable[RuleFinding]) -> bytes:
    """Pack findings without their fixes."""
    return pack(tuple(_row(each) for each in found))


def unpack_found(data: bytes, again: Recheck) -> list[RuleFinding]:
    """Unpack findings; `again` runs the rule with a code again for its fixes."""
    if data == NOTHING:
        return []
    return [_found(row, again) for row in unpack(data)]


def fixers_of(found: Iterable[RuleFinding]) -> Fixers:
    """The fixes of findings; of equal findings, those of the first."""
    fixers: dict[RuleFinding, Fixer] = {}
    for each in found:
        if fixer := each.finding.fixer:
            fixers.setdefault(each._replace(finding=each.finding._replace(fixer=None)), fixer)
    return fixers


class LastFixers:
    """The fixes of the last file that was asked for, by rule: problems come file by file."""

    def __init__(self) -> None:
        self._subject: object = None
        self._known: dict[str, Fixers] = {}

    def of(self, subject: object, code: str, find: Callable[[], Iterable[RuleFinding]]) -> Fixers:
        """The fixes of a rule in a file; `find` runs the rule."""
        if self._subject is not subject:
            self._subject, self._known = subject, {}
        if code not in self._known:
            self._known[code] = fixers_of(find())
        return self._known[code]


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
    return found._replace(finding=found.finding._replace(fixer=_DeferredFix(found, again)))


@dataclass(frozen=True)
class _DeferredFix:
    """Fixes of an unpacked finding: those of the equal finding when its rule runs again."""

    found: RuleFinding
    again: Recheck

    def __call__(self, desk: FixContext) -> Iterable[Fix]:
        fixer = self.again(self.found.code).get(self.found)
        return fixer(desk) if fixer else ()
