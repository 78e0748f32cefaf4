"""A short slice of the fuzz run; `python -m tests.fuzz --edits 1000000` is the long one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import run
from tests.fuzz.run import ENCODINGS, fuzz
from tests.fuzz.texts import FILES, Encoding, position


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_random_edits_leave_the_state_of_a_cold_start(encoding: Encoding) -> None:
    outcome = fuzz(200, encoding, seed=1, interval=100)
    assert outcome.faults == []
    assert outcome.edits >= 200
    assert outcome.comparisons == 2


def test_a_difference_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_PATIENCE", 0)
    path = "docs/notes.md"
    (tmp_path / "docs").mkdir()
    (tmp_path / path).write_text(FILES[path], encoding="utf-8")
    with run.serving(tmp_path, "utf-16") as client:
        editor = run.Editor(client, tmp_path, "utf-16", Random(1))  # noqa: S311 -- no secret.
        assert editor.compare() == []
        editor.open[path] += "\n## What the server never heard of\n"
        found = editor.compare()
    assert any(each.startswith(f"{path} symbols\n  warm: ") for each in found)


def test_places_are_counted_in_the_units_of_each_encoding() -> None:
    text = "a\r\n\u2028é😀|"
    found = {encoding: position(text, len(text) - 1, encoding) for encoding in ENCODINGS}
    assert found == {
        "utf-8": {"line": 1, "character": 9},
        "utf-16": {"line": 1, "character": 4},
        "utf-32": {"line": 1, "character": 3},
    }
