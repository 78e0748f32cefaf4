"""`spec-lsp check` on the command line: first, unchanged, after a change, in a fresh clone."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.corpus.choice import Choice, add_options, chosen
from benchmarks.driver import storm
from benchmarks.driver.servers import rumdl
from benchmarks.driver.session import environment
from benchmarks.report import show
from benchmarks.results import FOLDER, Results, Round

_PATIENCE = 900
_PROMISED = 10_000


def main(arguments: Sequence[str]) -> None:
    """Check a workspace with each program for some rounds, and show the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks check", description=__doc__)
    add_options(parser, documents=1_000)
    parser.add_argument("--folder", type=Path, help="check a copy of this one instead")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=FOLDER)
    given = parser.parse_args(arguments)
    results = Results(given.output)
    choice = chosen(given)
    results.begin("check", choice.documents)
    peer = rumdl()
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as folder:
        choice.write(Path(folder, "all"))
        Choice(documents=1).write(Path(folder, "one"))
        for number in range(given.rounds):
            print(f"round {number + 1}: check", flush=True)
            results.add("check", partial(_round, Path(folder), peer, choice.documents))
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
        yield from _changing(command, folder / "all", env)


def _theirs(folder: Path, peer: Path) -> Iterator[tuple[str, float]]:
    """The figures of rumdl, which can cache findings too."""
    command = [str(peer), "check", "--silent", "."]
    yield "check.cold", _seconds([*command, "--no-cache"], folder / "all", {})
    with tempfile.TemporaryDirectory(prefix="spec-lsp-bench-") as cache:
        command += ["--cache-dir", cache]
        _seconds(command, folder / "all", {})
        yield "check.warm", _seconds(command, folder / "all", {})
        yield from _changing(command, folder / "all", {})


def _changing(
    command: Sequence[str], folder: Path, env: Mapping[str, str]
) -> Iterator[tuple[str, float]]:
    """The seconds after one change, after it was undone, and in a clone with a restored cache."""
    changed = sorted(folder.rglob("*.md"))[:1]
    with storm.changed(changed):
        yield "check.one", _seconds(command, folder, env)
    yield "check.undone", _seconds(command, folder, env)
    original = folder.rename(folder.with_name("original"))
    # As in CI, the clone is at the same path, and all its files are new.
    shutil.copytree(original, folder, symlinks=True, copy_function=shutil.copyfile)
    shutil.rmtree(original)
    yield "check.clone", _seconds(command, folder, env)


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
