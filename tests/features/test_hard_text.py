"""Text that once made an expression try the same ways again and again."""

from __future__ import annotations

import re

import pytest

from spec_lsp.features.shared import template_file
from tests.expressions.collect import Use
from tests.expressions.growth import steps_of
from tests.expressions.strings import Strings


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_front_matter_that_is_not_closed_is_read_once(line_end: str) -> None:
    """With `\\r\\n`, each line doubled the time: 25 lines took a second, 40 hours."""
    pattern: re.Pattern[str] = template_file._MATTER
    use = Use("", pattern, "match")
    short, long = (
        steps_of(use, Strings(f"---{line_end}", f"a: b{line_end}", "").of(length))
        for length in (50, 200)
    )
    assert long < 5 * short


def test_front_matter_is_found_with_every_line_end() -> None:
    for line_end in ("\n", "\r\n", "\r"):
        text = line_end.join(("---", "", "a: b", "c:", "---", "d"))
        match = template_file._MATTER.match(text)
        assert match
        assert match["body"] == f"a: b{line_end}c:{line_end}"
