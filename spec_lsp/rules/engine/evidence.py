"""Findings about demands of a template: which are not in force, which are reported together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from spec_lsp.workspace.evidence import Demand

if TYPE_CHECKING:
    from spec_lsp.rules.engine.model import Diagnostic, Finding, Fix, FixContext, Listed
    from spec_lsp.workspace.workspace import Workspace


def demand_of(code: str, finding: Finding) -> Demand | None:
    """The demand that a document does not meet, by a finding of a rule."""
    return Demand(code, *finding.asked) if finding.asked else None


def is_waived(workspace: Workspace, kind: str, code: str, finding: Finding) -> bool:
    """Whether a finding is about a demand that is not in force."""
    demand = demand_of(code, finding)
    if demand is None:
        return False
    is_shared = bool(finding.value) and workspace.is_shared(kind, demand, finding.value)
    return is_shared or workspace.is_waived(kind, demand)


def merged(every: Iterable[tuple[Diagnostic, Listed | None]]) -> Iterator[Diagnostic]:
    """Report many findings of one rule at one place as a single diagnostic."""
    groups: dict[object, list[tuple[Diagnostic, Listed]]] = {}
    for each, listed in every:
        if listed:
            key = (each.code, each.span, listed.many, listed.most)
            groups.setdefault(key, []).append((each, listed))
        else:
            yield each
    for group in groups.values():
        first, listed = group[0]
        if len(group) <= listed.most:
            yield from (each for each, _ in group)
            continue
        names = ", ".join(each.name for _, each in group)
        yield first._replace(
            message=listed.many.format(names),
            related=tuple(chain.from_iterable(each.related for each, _ in group)),
            fixer=_Fixes(tuple(each for each, _ in group)),
        )


class _Fixes:
    """The fixes of several diagnostics, each once."""

    def __init__(self, every: tuple[Diagnostic, ...]) -> None:
        self.every = every

    def __call__(self, desk: FixContext) -> Iterator[Fix]:
        found: dict[str, Fix] = {}
        for each in self.every:
            for fix in each.fixes(desk):
                found.setdefault(fix.title, fix)
        yield from sorted(found.values(), key=lambda fix: not fix.is_preferred)
