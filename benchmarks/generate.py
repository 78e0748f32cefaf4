"""A made-up workspace of any size, the same for the same seed: `generate FOLDER`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.corpus.choice import add_options
from benchmarks.corpus.hard import hard_texts
from benchmarks.corpus.workspace import texts, write


def main(arguments: Sequence[str]) -> None:
    """Write a workspace into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    add_options(parser, documents=10_000)
    given = parser.parse_args(arguments)
    began = perf_counter()
    corpus = hard_texts if given.hard else texts
    size = write(given.folder, given.documents, given.seed, corpus)
    seconds = perf_counter() - began
    print(f"{given.documents} documents, {size / 1e6:.1f} MB, in {seconds:.1f} s: {given.folder}")
