"""A made-up workspace of any size, the same for the same seed: `generate FOLDER`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.corpus.workspace import write


def main(arguments: Sequence[str]) -> None:
    """Write a workspace into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    began = perf_counter()
    size = write(given.folder, given.documents, given.seed)
    seconds = perf_counter() - began
    print(f"{given.documents} documents, {size / 1e6:.1f} MB, in {seconds:.1f} s: {given.folder}")
