"""The results as JSON: a part for the servers, a part for the command line.

A part is `{"documents": …, "rounds": [{server: {figure: number}}], "others": […], "wrong": […]}`.
`others` is the share of the machine that other processes took in each round.
"""

from __future__ import annotations

import json
import os
import platform
import sysconfig
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.driver.machine import busy, ours

FOLDER = Path("build/bench")
Round = dict[str, dict[str, float]]


def is_optimised() -> bool:
    """Whether this Python was built with profile-guided optimisation."""
    return "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")


class Results:
    """The figures of the latest runs, in a file that is written after every round."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.file = folder / "results.json"
        self.parts: dict[str, Any] = {}
        if self.file.exists():
            self.parts = json.loads(self.file.read_text(encoding="utf-8"))

    def begin(self, part: str, documents: int) -> dict[str, Any]:
        """A new, empty part."""
        self.parts["machine"] = {
            "processors": os.cpu_count(),
            "python": platform.python_version() + (", optimised" if is_optimised() else ""),
            "system": f"{platform.system()} {platform.machine()}",
        }
        self.parts[part] = {"documents": documents, "rounds": [], "others": [], "wrong": []}
        return dict(self.parts[part])

    def add(self, part: str, play: Callable[[], tuple[Round, list[str]]]) -> None:
        """Measure one round, and note how busy the machine was with other things."""
        began, all_before, ours_before = perf_counter(), busy(), ours()
        figures, wrong = play()
        seconds = (perf_counter() - began) * (os.cpu_count() or 1)
        others = busy() - all_before - (ours() - ours_before)
        kept = self.parts[part]
        kept["rounds"].append(figures)
        kept["others"].append(max(0.0, others) / seconds)
        kept["wrong"] += wrong
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.parts, indent=1), encoding="utf-8")

    def rounds(self) -> list[Round]:
        """All rounds of both parts, in which what was not measured is missing."""
        return [each for part in ("server", "check") for each in self.part(part)["rounds"]]

    def part(self, name: str) -> dict[str, Any]:
        """A part, empty when it was never measured."""
        found: dict[str, Any] = self.parts.get(name, {})
        return {"documents": 0, "rounds": [], "others": [], "wrong": [], **found}

    def servers(self) -> list[str]:
        """The servers that were measured, ours first."""
        names = {name for each in self.rounds() for name in each}
        known = ["spec-lsp", "empty pygls", "rumdl", "vscode-markdown"]
        return [name for name in known if name in names]

    def median(self, server: str, figure: str) -> float | None:
        """The median of a figure over the rounds."""
        found = [each[server][figure] for each in self.rounds() if figure in each.get(server, {})]
        return median(found) if found else None

    def ratio(self, figure: str, server: str, other: str) -> float | None:
        """Our figure divided by another server's: the median of the rounds' ratios.

        Within a round, the load of the machine was about equal for both.
        """
        found = [
            each["spec-lsp"][figure] / each[server][other]
            for each in self.rounds()
            if figure in each.get("spec-lsp", {}) and each.get(server, {}).get(other)
        ]
        return median(found) if found else None
