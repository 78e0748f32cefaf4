"""Status words and their stages, for kinds whose template has no life cycle.

Those of other languages are in a file beside this one, which is read when one is needed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

DRAFT = (
    "draft",
    "proposed",
    "provisional",
    "planning",
    "idea",
    "new",
    "open",
    "funnel",
    "wip",
    "in discussion",
    "to do",
    "backlog",
    "deferred",
    "postponed",
    "on hold",
)
FINAL = (
    "final", "implemented", "deployed", "done", "completed", "complete", "released", "production",
    "closed", "accepted", "approved", "resolved", "fixed", "shipped", "decided",
    "activated",
)  # fmt: skip
DROPPED = (
    "rejected", "superseded", "deprecated", "obsolete", "obsoleted", "archived", "withdrawn",
    "abandoned", "cancelled", "canceled", "declined", "dropped", "retired",
)  # fmt: skip


@dataclass(frozen=True)
class StatusWords:
    """Case-folded status words by stage."""

    draft: tuple[str, ...] = DRAFT
    final: tuple[str, ...] = FINAL
    dropped: tuple[str, ...] = DROPPED


@cache
def words_of_languages() -> StatusWords:
    """The status words of other languages."""
    file = resources.files(__package__ or "") / "status_words.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8")).values()
    return StatusWords(
        *(
            tuple(word for language in found for word in language[stage])
            for stage in ("draft", "final", "dropped")
        )
    )
