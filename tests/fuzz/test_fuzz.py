"""A short slice of the fuzz run; `python -m tests.fuzz --edits 1000000` is the long one."""

from __future__ import annotations

import pytest

from tests.fuzz.run import ENCODINGS, fuzz
from tests.fuzz.texts import Encoding, position


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_random_edits_leave_the_state_of_a_cold_start(encoding: Encoding) -> None:
    outcome = fuzz(200, encoding, seed=1, interval=100)
    assert outcome.faults == []
    assert outcome.edits == 200
    assert outcome.comparisons == 2


def test_places_are_counted_in_the_units_of_each_encoding() -> None:
    text = "a\r\n\u2028é😀|"
    found = {encoding: position(text, len(text) - 1, encoding) for encoding in ENCODINGS}
    assert found == {
        "utf-8": {"line": 1, "character": 9},
        "utf-16": {"line": 1, "character": 4},
        "utf-32": {"line": 1, "character": 3},
    }
