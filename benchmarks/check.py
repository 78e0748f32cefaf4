"""`spec-lsp check` on the command line: the first time, and when nothing has changed."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.corpus.workspace import write
from benchmarks.driver.servers import rumdl
from benchmarks.driver.session import environment
from benchmarks.report import show
from benchmarks.results import FOLDER, Results, Round

_PATIENCE = 900
_PROMISED = 10_000


def main(arguments: Sequence[str]) -> None:
    """Check a workspace with each program in turn, some rounds long, and show the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks check", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=FOLDER)
    given = parser.parse_args(arguments)
    results = Results(given.output)
    results.begin("check", given.documents)
    peer = rumdl()
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as folder:
        write(Path(folder, "all"), given.documents, given.seed)
        write(Path(folder, "one"), 1, given.seed)
        for number in range(given.rounds):
            print(f"round {number + 1}: check", flush=True)
            results.add("check", partial(_round, Path(folder), peer, given.documents))
    show(results)


def _round(folder: Path, peer: Path, documents: int) -> tuple[Round, list[str]]:
    figures: Round = {"spec-lsp": {}, "rumdl": {}}
    wrong = []
    try:
        figures["spec-lsp"] = dict(_ours(folder, documents))
        figures["rumdl"] = dict(_theirs(folder, peer))
    except subprocess.TimeoutExpired as error:
        wrong.append(f"{error.cmd} took longer than {_PATIENCE} s")
    return figures, wrong


def _ours(folder: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Our figures; a check of one unchanged document measures the cost of imports."""
    command = [sys.executable, "-m", "spec_lsp", "check", "."]
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as cache:
        env = environment(Path(cache))
        _seconds(command, folder / "one", env)
        imports = _seconds(command, folder / "one", env)
        yield "check.imports", imports
        yield "check.cold", _seconds(command, folder / "all", env)
        warm = _seconds(command, folder / "all", env)
        yield "check.warm", warm
        yield "check.work", max(0.0, warm - imports) * _PROMISED / documents


def _theirs(folder: Path, peer: Path) -> Iterator[tuple[str, float]]:
    """The figures of rumdl, which can cache findings too."""
    command = [str(peer), "check", "--silent", "."]
    yield "check.cold", _seconds([*command, "--no-cache"], folder / "all", {})
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as cache:
        command += ["--cache-dir", cache]
        _seconds(command, folder / "all", {})
        yield "check.warm", _seconds(command, folder / "all", {})


def _seconds(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> float:
    """The seconds that a command takes, whatever its exit code."""
    began = perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        timeout=_PATIENCE,
        check=False,
    )
    return perf_counter() - began
