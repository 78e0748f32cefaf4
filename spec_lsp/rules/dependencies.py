"""Dependencies between documents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter

from spec_lsp.rules.engine.model import FileContext, Finding, Related
from spec_lsp.rules.engine.registry import rule
from spec_lsp.template.notation.choices import read_choices
from spec_lsp.text import Span
from spec_lsp.workspace.copies import is_archived
from spec_lsp.workspace.cycles import CycleNode, Dependency, ties, way_back
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Mention, Reference
from spec_lsp.workspace.relations import is_reliance
from spec_lsp.workspace.resolve import carried_out
from spec_lsp.workspace.workspace import Workspace

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEAD = Span(0, 0)


@rule("circular-dependency", "error", reads="workspace")
def circular_dependency(view: FileContext) -> Iterator[Finding]:
    """Fields such as `Depends on`, `Blocked by` or `Requires` form a cycle.

    Documents depend on each other through header fields and lists, requirements through the fields
    of their sections. Other relations, such as `Supersedes` or `Parent`, are no dependencies.

    ```markdown a.md
    # Specification: A

    **Specification ID**: SPEC-001
    **Depends on**: SPEC-002
                    ^^^^^^^^ SPEC-001 depends on SPEC-002, which depends on SPEC-001
                    = b.md:4: SPEC-002 depends on SPEC-001
    ```

    ```markdown b.md
    # Specification: B

    **Specification ID**: SPEC-002
    **Depends on**: SPEC-001
                    ^^^^^^^^ SPEC-002 depends on SPEC-001, which depends on SPEC-002
                    = a.md:4: SPEC-001 depends on SPEC-002
    ```
    """
    index = view.workspace.index
    for tie in _firsts(ties(index, view.entry.path)):
        way = way_back(index, tie)
        if not way:
            continue
        names = [_name(view.workspace, each.source) for each in way]
        if len(way) == 1:
            yield Finding(tie.span, f"{names[0]} depends on itself")
            continue
        chain = ", which depends on ".join((*names[1:], names[0]))
        related = tuple(_hop(view.workspace, each) for each in way[1:])
        yield Finding(tie.span, f"{names[0]} depends on {chain}", related=related)


@rule("dependency-behind", "warning", reads="workspace")
def dependency_behind(view: FileContext) -> Iterator[Finding]:
    """A final document depends on a draft.

    Dependencies are the documents in fields such as `Depends on`, `Spec`, `Issue` or `Implements`.
    Each draft is reported once, even if several fields mention it. Archived documents, and files
    that follow no template, are not compared.

    ```markdown spec.md
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft
    ```

    ```markdown plan.md
    # Specification: Sessions

    **Specification ID**: SPEC-002
    **Status**: Implemented
    **Depends on**: SPEC-001
                    ^^^^^^^^ This document is Implemented, but SPEC-001 is still Draft
                    = spec.md:4: The status of SPEC-001
    ```
    """
    entry = view.entry
    if entry.stage != "final" or not _is_in_force(entry):
        return
    seen = {entry.path}
    uses: tuple[Mention | Reference, ...] = (
        *view.workspace.mentions(entry, _relies),
        *entry.references_where(_relies),
    )
    relied = [(use.span, _relied_on(view.workspace, use)) for use in uses]
    if implied := carried_out(view.workspace, entry):
        relied.append((entry.status_span or entry.title_span or _HEAD, [implied]))
    for span, targets in sorted(relied, key=itemgetter(0)):
        for target in targets:
            if target.path not in seen and _is_draft(target) and _precedes(target, entry):
                seen.add(target.path)
                states = f"{entry.status}, but {target.label} is still {target.status}"
                place = target.status_span or target.title_span or _HEAD
                related = Related(target.path, place, f"The status of {target.label}")
                yield Finding(span, f"This document is {states}", related=(related,))


@rule("overdue", "info", reads="day", is_on=False)
def overdue(view: FileContext) -> Iterator[Finding]:
    """The review date of a document has passed.

    ```toml
    [rules]
    overdue = "info"
    ```

    ```markdown login.md
    # Specification: Login

    **Next Review**: 2025-12-31
                     ^^^^^^^^^^ Review was due on 2025-12-31
    ```
    """
    entry = view.entry
    date = missed_review(entry, view.today)
    if date and entry.review_span:
        span = Span(*date.span()).shift(entry.review_span.start)
        yield Finding(span, f"Review was due on {date[0]}")


def missed_review(entry: Entry, today: str) -> re.Match[str] | None:
    """The date of the next review, if it has passed."""
    date = _DATE.search(entry.review)
    return date if date and entry.stage != "dropped" and date[0] < today else None


@rule("orphan", "info", reads="workspace", is_on=False)
def orphan(view: FileContext) -> Iterator[Finding]:
    """No other document refers to this one.

    ```toml
    [rules]
    orphan = "info"
    ```

    ```markdown login.md
    # Specification: Login
      ^^^^^^^^^^^^^^^^^^^^ No other document refers to this one
    ```
    """
    entry = view.entry
    if entry.is_spec and entry.stage != "dropped" and not _referrers(view):
        yield Finding(entry.title_span or _HEAD, "No other document refers to this one")


def _referrers(view: FileContext) -> set[str]:
    return view.workspace.index.referrers(view.entry.path)


def _firsts(found: Iterable[Dependency]) -> Iterable[Dependency]:
    """The first of the dependencies with the same source and target."""
    firsts: dict[tuple[CycleNode, CycleNode], Dependency] = {}
    for tie in sorted(found, key=lambda tie: tie.span):
        firsts.setdefault(tie[:2], tie)
    return firsts.values()


def _name(workspace: Workspace, node: CycleNode) -> str:
    entry = workspace.index.entries[node.path]
    if not node.key:
        return entry.label
    return next((d.text for d in entry.unplaced("defined") if d.key == node.key), node.key)


def _hop(workspace: Workspace, tie: Dependency) -> Related:
    source, target = _name(workspace, tie.source), _name(workspace, tie.target)
    return Related(tie.source.path, tie.span, f"{source} depends on {target}")


def _is_draft(entry: Entry) -> bool:
    """Whether a document is a draft with a chosen status; `unchosen-value` reports the others."""
    return entry.stage == "draft" and not read_choices(entry.status)


def _precedes(target: Entry, entry: Entry) -> bool:
    """Whether a document comes before another; a part, `TASK-1.2`, is done before `TASK-1`."""
    return _is_in_force(target) and not entry.id.casefold().startswith(f"{target.id}.".casefold())


def _is_in_force(entry: Entry) -> bool:
    return entry.is_spec and not is_archived(posixpath.dirname(entry.path))


def _relies(use: Mention | Reference) -> bool:
    return is_reliance(use.field)


def _relied_on(workspace: Workspace, use: Mention | Reference) -> list[Entry]:
    if isinstance(use, Mention):
        return workspace.index.owners(use.owner or use.key)
    target = workspace.entry(use.path)
    return [target] if target else []
