"""How the figures grow with the number of documents: `curve --scales 100 1000 10000`.

Other options are those of the parts that are measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.report import ROWS, cell
from benchmarks.results import FOLDER, Results


def main(arguments: Sequence[str]) -> None:
    """Measure at each scale, and show a column of each for every server."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks curve", description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--part", choices=("check", "server"), default="check")
    parser.add_argument("--output", type=Path, default=FOLDER)
    given, others = parser.parse_known_args(arguments)
    part = import_module(f"benchmarks.{given.part}")
    found = {}
    for scale in given.scales:
        folder = given.output / f"{scale}"
        part.main([*others, "--documents", f"{scale}", "--output", f"{folder}"])
        found[scale] = Results(folder)
    Console(width=150).print(curves(found))


def curves(found: dict[int, Results]) -> Table:
    """A row for each figure of each server, with a column for each scale."""
    table = Table("", "", *(f"{scale:,}" for scale in found))
    names = dict.fromkeys(name for each in found.values() for name in each.servers())
    for key, title in ROWS.items():
        for name in names:
            cells = [cell(results, name, key) for results in found.values()]
            if any(cells):
                table.add_row(title, name, *cells)
    return table
