"""Status words and their stages, for kinds whose template has no life cycle."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT = (
    "draft",
    "proposed",
    "planning",
    "idea",
    "new",
    "open",
    "funnel",
    "wip",
    "in discussion",
    "to do",
    "backlog",
)
FINAL = (
    "final", "implemented", "deployed", "done", "completed", "complete", "released", "production",
    "closed", "accepted", "approved", "resolved", "fixed", "shipped", "decided",
)  # fmt: skip
DROPPED = (
    "rejected", "superseded", "deprecated", "obsolete", "obsoleted", "archived", "withdrawn",
    "abandoned", "cancelled", "canceled", "declined", "dropped",
)  # fmt: skip


@dataclass(frozen=True)
class StatusWords:
    """Case-folded status words by stage."""

    draft: tuple[str, ...] = DRAFT
    final: tuple[str, ...] = FINAL
    dropped: tuple[str, ...] = DROPPED
