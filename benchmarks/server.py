"""The server compared with its peers: start, typing, requests, many file changes, memory."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.corpus.workspace import typed_paths, write
from benchmarks.driver.figures import Ground, measure
from benchmarks.driver.servers import Server, servers
from benchmarks.report import show
from benchmarks.results import FOLDER, Results, Round

_SMALL = 100
_USUAL = 12_000


def main(arguments: Sequence[str]) -> None:
    """Measure all servers in turn, some rounds long, and show the figures."""
    given = _parser().parse_args(arguments)
    found = list(servers(tuple(given.server or ())))
    results = Results(given.output)
    results.begin("server", given.documents)
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as folder:
        ground = prepare(Path(folder), given.documents, given.seed, given.keys)
        for number in range(given.rounds):
            # Each goes first once, because the first one has a cool machine.
            turn = number % len(found)
            edits = 0 if number else given.edits
            play = partial(_round, [*found[turn:], *found[:turn]], ground, number + 1, edits)
            results.add("server", play)
    show(results)


def prepare(folder: Path, documents: int, seed: int, keys: int = 200) -> Ground:
    """Write the two workspaces, and choose the documents to type in."""
    small, large = folder / "small", folder / "large"
    write(small, min(_SMALL, documents), seed)
    write(large, documents, seed)
    bugs = sorted((small / "docs" / "bugs").rglob("*.md"))
    usual = min(bugs, key=lambda file: abs(file.stat().st_size - _USUAL))
    typical = usual.relative_to(small).as_posix()
    return Ground(small, large, typical, typed_paths(large), keys)


def _round(
    found: Sequence[Server], ground: Ground, number: int, edits: int
) -> tuple[Round, list[str]]:
    figures: Round = {}
    wrong = []
    for server in found:
        print(f"round {number}: {server.name}", flush=True)
        figures[server.name], failures = measure(server, ground, edits)
        wrong += [f"round {number}: {failure}" for failure in failures]
    return figures, wrong


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks server", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keys", type=int, default=200, help="typed in each document")
    parser.add_argument("--edits", type=int, default=10_000, help="in the long run, made once")
    parser.add_argument("--server", action="append", help="only this one; may be repeated")
    parser.add_argument("--output", type=Path, default=FOLDER)
    return parser
