"""Words that say how far a document has come, for kinds whose template does not say it."""

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
    "abandoned", "cancelled", "canceled", "declined",
)  # fmt: skip


@dataclass(frozen=True)
class StatusWords:
    """Folded state words by what they mean."""

    draft: tuple[str, ...] = DRAFT
    final: tuple[str, ...] = FINAL
    dropped: tuple[str, ...] = DROPPED
