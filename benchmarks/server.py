"""The server compared with its peers: start, typing, requests, many file changes, memory."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.corpus.choice import Choice, add_options, chosen
from benchmarks.driver.figures import Ground, measure
from benchmarks.driver.servers import Server, servers
from benchmarks.report import show
from benchmarks.results import FOLDER, Results, Round

_SMALL = 100
_USUAL = 12_000


def main(arguments: Sequence[str]) -> None:
    """Measure all servers for some rounds, and show the figures."""
    given = _parser().parse_args(arguments)
    found = list(servers(tuple(given.server or ())))
    results = Results(given.output)
    choice = chosen(given)
    results.begin("server", choice.documents)
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as folder:
        ground = prepare(Path(folder), choice, given.keys)
        for number in range(given.rounds):
            # Each goes first once, because the first one has a cool machine.
            turn = number % len(found)
            edits = 0 if number else given.edits
            play = partial(_round, [*found[turn:], *found[:turn]], ground, number + 1, edits)
            results.add("server", play)
    show(results)


def prepare(folder: Path, choice: Choice, keys: int = 200) -> Ground:
    """Write the two workspaces, and choose the documents to type in."""
    small, large = folder / "small", folder / "large"
    choice.write(large)
    if choice.folder:
        typical = _usual(large)
        (small / typical).parent.mkdir(parents=True)
        shutil.copyfile(large / typical, small / typical)
    else:
        choice.write(small, _SMALL)
        typical = _usual(small, "docs/bugs")
    hub = next((large / "docs/specs").rglob("SPEC-001-*")) if choice.is_hard else None
    path = hub.relative_to(large).as_posix() if hub else ""
    return Ground(small, large, typical, choice.typed_paths(large), path, keys)


def _usual(folder: Path, below: str = "") -> str:
    """The document whose size is nearest to the usual one."""
    files = sorted((folder / below).rglob("*.md"))
    usual = min(files, key=lambda file: abs(file.stat().st_size - _USUAL))
    return usual.relative_to(folder).as_posix()


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
    add_options(parser, documents=1_000)
    parser.add_argument("--folder", type=Path, help="work on a copy of this one instead")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keys", type=int, default=200, help="typed in each document")
    parser.add_argument("--edits", type=int, default=10_000, help="in the long run, made once")
    parser.add_argument("--server", action="append", help="only this one; may be repeated")
    parser.add_argument("--output", type=Path, default=FOLDER)
    return parser
