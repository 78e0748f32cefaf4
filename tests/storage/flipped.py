"""Flip single bytes of a cache: `python -m tests.storage.flipped [COUNT] [SEED]`.

A check with a damaged cache gives the same report as one without a cache.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from spec_lsp.cli.check.report import FixesShown, RuleSelection, report_on
from spec_lsp.cli.folders import look_at
from spec_lsp.report.formats import as_json
from spec_lsp.storage.store import VARIABLE, cache_of
from tests.storage.cached import OTHER, SPEC, write


def wrong_reports(top: Path, count: int, seed: int) -> Iterator[str]:
    """The flips after which a check says something else, as `file: byte, bit`."""
    folder = top.resolve() / "project"
    write(folder / "docs/SPEC-001.md", SPEC)
    for number in range(3, 9):
        write(folder / f"docs/SPEC-{number:03}.md", OTHER.replace("SPEC-002", f"SPEC-{number:03}"))
    # One file is unchanged since it was cached, one has changed.
    texts = OTHER, OTHER.replace("way", "long way")
    expected = [_report_of(folder, text, "off") for text in texts]
    states = list(_states(folder, top / "cache"))
    chance = random.Random(seed)  # noqa: S311 -- which bytes to damage is no secret.
    for number in range(count):
        files = states[number % 2]
        # Small files are flipped more often than their size says.
        (name,) = chance.choices(list(files), [len(data) + 9_000 for data in files.values()])
        data = bytearray(files[name])
        at, bit = chance.randrange(len(data)), chance.randrange(8)
        data[at] ^= 1 << bit
        _restore(top / "cache/spec-lsp", {**files, name: bytes(data)})
        # The second check of a text meets what the first has repaired.
        order = (0, 0, 1) if number % 3 else (1, 1, 0)
        found = [_report_of(folder, texts[each], str(top / "cache")) for each in order]
        if found != [expected[each] for each in order]:
            yield f"{name}: {at}, {bit}"


def _states(folder: Path, cache: Path) -> Iterator[dict[str, bytes]]:
    """The files of a cache, with and without the log that the last process removes on close."""
    _report_of(folder, OTHER, str(cache))
    file = cache_of(folder).file
    assert file
    yield {each.name: each.read_bytes() for each in file.parent.iterdir()}
    with closing(sqlite3.connect(file)) as holder:
        holder.execute("select count(*) from files").fetchone()
        _report_of(folder, "", str(cache))
        _report_of(folder, OTHER, str(cache))
        yield {each.name: each.read_bytes() for each in file.parent.iterdir()}


def _restore(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600 if ".sqlite" in name else 0o400)


def _report_of(folder: Path, text: str, cache: str) -> str:
    os.environ[VARIABLE] = cache
    file = folder / "docs/SPEC-002.md"
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        write(file, text)
    return as_json.render(report_on(look_at([folder]), RuleSelection(), FixesShown()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.storage.flipped")
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        wrong = list(wrong_reports(Path(top), given.count, given.seed))
    sys.stdout.write(f"{given.count} damaged caches, {len(wrong)} wrong reports\n")
    sys.exit("\n".join(wrong))
