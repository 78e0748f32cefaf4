"""Audit repositories: `python -m tests.audit FOLDER…`; see CONTRIBUTING.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.audit import table
from tests.audit.figures import figures, sample
from tests.audit.run import Audited, audit
from tests.audit.verdicts import Verdict, read_misses, read_verdicts, to_fill_in


def main(arguments: Sequence[str] | None = None) -> None:
    """Audit the folders that the command line names, and print what was found."""
    options = _parser().parse_args(arguments)
    audits = list(_audits(options.folders))
    findings = [finding for each in audits for finding in each.findings]
    verdicts = _verdicts(options.verdicts)
    drawn = sample(findings, options.samples, options.seed)
    if options.write:
        waiting = (each for each in drawn if each.fingerprint not in verdicts)
        _write(options.write, to_fill_in(waiting))
    if options.findings:
        every = (next(finding.lines()) for finding in findings)
        _write(options.findings, sorted(every))
    _say(table.by_repository(audits))
    _say(["", *table.by_rule(figures(findings, verdicts, sum(each.documents for each in audits)))])
    if options.misses:
        _say(table.missed(read_misses(options.misses.read_text(encoding="utf-8")), findings))
    if not options.write:
        _say(table.samples(drawn))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--samples", type=int, default=3, help="findings per rule [default: 3]")
    parser.add_argument("--seed", type=int, default=1, help="chooses other samples [default: 1]")
    parser.add_argument(
        "--verdicts", type=Path, action="append", default=[], help="verdicts; may be repeated"
    )
    parser.add_argument("--write", type=Path, help="write samples without a verdict to this file")
    parser.add_argument("--misses", type=Path, help="true things that are not reported")
    parser.add_argument("--findings", type=Path, help="write all findings to this file")
    return parser


def _audits(folders: Iterable[Path]) -> Iterator[Audited]:
    for folder in folders:
        sys.stderr.write(f"{folder.name}\n")
        yield audit(folder)


def _verdicts(files: Iterable[Path]) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for file in files:
        found |= read_verdicts(file.read_text(encoding="utf-8"))
    return found


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
