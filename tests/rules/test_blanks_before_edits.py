"""Blank lines before an inserted text, however they end."""

from __future__ import annotations

import re

import pytest

from spec_lsp.rules.fixes import edits
from tests.expressions.collect import Use
from tests.expressions.growth import steps_of


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_blank_lines_are_read_once(line_end: str) -> None:
    """With `\\r\\n`, each blank line before a text doubled the time."""
    pattern: re.Pattern[str] = edits._BLANKS_BEHIND
    short, long = (
        steps_of(Use("", pattern, "search"), f"a{f' {line_end}' * times}b") for times in (10, 40)
    )
    assert long < 5 * short


@pytest.mark.parametrize("text", ["", "a", "a  \n\t\r\n ", "\n\n", "a\r", "a b", "a\n b \n\n"])
def test_what_they_are_is_unchanged(text: str) -> None:
    plain = re.search(r"(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*\Z", text)
    found = edits._BLANKS_BEHIND.search(text)
    assert plain
    assert found
    assert plain.span() == found.span()
