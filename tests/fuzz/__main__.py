"""`python -m tests.fuzz --edits 1000000`: edit at random, and print what came of it."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.figures import figures
from tests.fuzz.run import ENCODINGS, fuzz


def main() -> int:
    """Edit in every encoding, a burst with each seed; then measure, if that is asked for."""
    given = _parser().parse_args()
    done, seed, faults = 0, given.seed, 0
    while done < given.edits:
        encoding = ENCODINGS[seed % len(ENCODINGS)]
        outcome = fuzz(min(given.burst, given.edits - done), encoding, seed, given.interval)
        done += outcome.edits
        faults += len(outcome.faults)
        rate = outcome.edits / outcome.seconds
        _say(
            f"{encoding}, seed {seed}: {outcome.edits} edits, {outcome.comparisons} comparisons, "
            f"{len(outcome.faults)} faults, {rate:.0f} edits/s; {done} edits together"
        )
        for fault in outcome.faults:
            _say(f"  {fault}")
        seed += 1
    for line in figures() if given.figures else ():
        _say(line)
    return 1 if faults else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--edits", type=int, default=30_000)
    parser.add_argument("--burst", type=int, default=10_000, help="edits of one server")
    parser.add_argument("--interval", type=int, default=1_000, help="edits between comparisons")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--figures", action="store_true", help="measure memory and idle time too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
