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
