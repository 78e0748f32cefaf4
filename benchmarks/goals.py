"""The performance goals of spec-lsp, as ratios to its peers within one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpus.hard import MANY
from benchmarks.results import Results

_OURS, _FLOOR, _RUMDL, _VSCODE = "spec-lsp", "empty pygls", "rumdl", "vscode-markdown"


@dataclass(frozen=True)
class Goal:
    """An upper limit for a figure of ours, as a multiple of a figure of some server, maybe our own.

    Without a server, the figure itself is at most that many seconds.
    """

    name: str
    figure: str
    most: float
    server: str = ""
    other: str = ""


@dataclass(frozen=True)
class Verdict:
    """The result of a goal: the ratio or the seconds, if they could be measured."""

    goal: Goal
    value: float | None

    @property
    def is_reached(self) -> bool:
        """Whether it was measured and is within its limit."""
        return self.value is not None and self.value <= self.goal.most

    @property
    def against(self) -> str:
        """What our figure is compared with."""
        if not self.goal.server:
            return "seconds"
        return "itself" if self.goal.server == _OURS else self.goal.server


# In the order in which a reader waits: in CI and before a commit, at a start, while typing.
GOALS = (
    Goal("`check` after one change", "check.one", 0.3, _RUMDL, "check.cold"),
    Goal("`check` after the change is undone", "check.undone", 0.3, _RUMDL, "check.cold"),
    Goal("`check` of a fresh clone, cache restored", "check.clone", 0.3, _RUMDL, "check.cold"),
    Goal("`check`, unchanged", "check.warm", 0.12, _RUMDL, "check.cold"),
    Goal("`check` of 10,000 unchanged, after imports", "check.work", 1.0),
    Goal("`check`, first", "check.cold", 3.0, _RUMDL),
    Goal("start → initialize answered", "start", 1.15, _FLOOR),
    Goal("index ready, first start", "index.cold", 1.5, _RUMDL),
    Goal("index ready, first start", "index.cold", 0.3, _VSCODE),
    Goal("index ready, later start", "index.warm", 0.25, _RUMDL, "index.cold"),
    Goal("index ready, later start", "index.warm", 0.3, _VSCODE, "index.cold"),
    Goal("open → findings", "open", 4.0, _RUMDL),
    Goal("keystroke → findings, p95", "key.large.p95", 1.0, _RUMDL),
    Goal("keystroke → findings, worst of 200", "key.large.max", 0.05),
    Goal("keystroke, all documents / 100", "key.large.p95", 1.2, _OURS, "key.small.p95"),
    Goal("keystroke, 400 KB / 10 KB", "key.400 KB.p95", 2.0, _OURS, "key.10 KB.p95"),
    Goal("keystroke, 2 MB / 400 KB", "key.2 MB.p95", 5.0, _OURS, "key.400 KB.p95"),
    Goal("keystroke, 3,000 problems", f"key.{MANY}.p50", 0.03),
    Goal("keystroke → completion, p95", "completion.p95", 3.0, _FLOOR),
    Goal("burst of 30 keys", "burst", 1.5, _FLOOR),
    Goal("hub: first references", "hub.references, ID.first", 0.5),
    Goal("hub: hover during references", "hub.references, ID.waiting", 0.05),
    Goal("hub: hover after a cancelled rename", "hub.rename, ID.freed", 0.05),
    Goal("memory after indexing", "memory", 1.2, _RUMDL),
)


def verdicts(results: Results) -> Iterator[Verdict]:
    """Every goal with what was measured for it."""
    for goal in GOALS:
        if goal.server:
            value = results.ratio(goal.figure, goal.server, goal.other or goal.figure)
        else:
            value = results.median(_OURS, goal.figure)
        yield Verdict(goal, value)
