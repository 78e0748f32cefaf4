"""The options of `spec-lsp check`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spec_lsp.rules.engine.model import Level


@dataclass(frozen=True)
class Options:
    """The parsed options; the defaults are those of the command line."""

    paths: tuple[Path, ...] = ()
    output: str = "text"
    level: Level | None = None
    fail_on: Level = "error"
    statistics: bool = False
    every: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    changed_since: str = ""
    stdin_filename: Path | None = None
    watch: bool = False
    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    baseline: Path | None = None
    write_baseline: bool = False

    @property
    def level_shown(self) -> Level:
        """The lowest level to show. Hints are for editors; by default only JSON includes them."""
        return self.level or ("hint" if self.output == "json" else "info")

    @property
    def is_overview(self) -> bool:
        """Whether many problems are shown as an overview: nothing in particular was requested."""
        narrow = self.paths or self.select or self.ignore or self.changed_since
        other = self.every or self.statistics or self.watch or self.fix or self.stdin_filename
        return self.output == "text" and not (narrow or other)
