"""The options of `spec-lsp check`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from spec_lsp.cli.errors import CannotRunError, unknown
from spec_lsp.rules.engine.model import Level


@dataclass(frozen=True)
class Options:
    """The parsed options; the defaults are those of the command line."""

    paths: tuple[Path, ...] = ()
    output: str = "text"
    files: tuple[tuple[str, Path], ...] = ()
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
        """The lowest level to show."""
        return self.level_in(self.output)

    def level_in(self, output: str) -> Level:
        """The lowest level in a format. Hints are for editors; by default only in JSON."""
        return self.level or ("hint" if output == "json" else "info")

    @property
    def is_overview(self) -> bool:
        """Whether many problems are shown as an overview: nothing in particular was requested."""
        narrow = self.paths or self.select or self.ignore or self.changed_since
        other = self.every or self.statistics or self.watch or self.fix or self.stdin_filename
        return self.output == "text" and not (narrow or other)


def files_of(given: Iterable[str], formats: Iterable[str]) -> tuple[tuple[str, Path], ...]:
    """Parse the values of `--output`: a format and a path each."""
    formats = list(formats)
    found: list[tuple[str, Path]] = []
    for each in given:
        name, _, path = each.partition("=")
        if not path:
            raise CannotRunError(
                f"--output needs FORMAT=PATH, such as sarif=problems.sarif: {each}"
            )
        if name not in formats:
            raise unknown("format", name, formats)
        found.append((name, Path(path)))
    return tuple(found)
