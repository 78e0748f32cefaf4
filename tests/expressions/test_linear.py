"""The work of each expression grows no faster than the text.

`hard_string` makes strings from the parts of an expression and counts steps, not seconds. It cannot
prove that no harder string exists.
"""

from __future__ import annotations

import re

import pytest

from tests.expressions.collect import Use, expressions
from tests.expressions.growth import hard_string, is_plainly_linear, steps_of, with_deep_stack
from tests.expressions.known import QUADRATIC
from tests.expressions.steps import Matcher
from tests.expressions.strings import strings_for

_PARTS = 4
_USES = list({(use.pattern, use.mode): use for use in expressions()}.values())
_TRIED = [use for use in _USES if not is_plainly_linear(use)]


@pytest.mark.parametrize("part", range(_PARTS))
def test_the_work_of_every_expression_is_linear(part: int) -> None:
    found: list[str] = []

    def search() -> None:
        found.extend(
            f"{use.where} ({use.mode}): {hard}"
            for use in _TRIED[part::_PARTS]
            if use.where not in QUADRATIC and (hard := hard_string(use))
        )

    with_deep_stack(search)
    assert found == []


def test_known_exceptions_exist() -> None:
    assert {use.where for use in _TRIED} >= QUADRATIC


@pytest.mark.parametrize("part", range(_PARTS))
def test_the_counting_matcher_finds_what_re_finds(part: int) -> None:
    found: list[str] = []

    def compare() -> None:
        for use in _USES[part::_PARTS]:
            matcher = Matcher(use.pattern)
            found.extend(
                f"{use.where} {text!r}"
                for text in (each.of(6) for each in strings_for(use.pattern)[::12])
                if matcher.spans(text, use.mode) != _spans(use, text)
            )

    with_deep_stack(compare)
    assert found == []


def _spans(use: Use, text: str) -> list[tuple[int, int]]:
    if use.mode == "finditer":
        return [match.span() for match in use.pattern.finditer(text)]
    match = getattr(use.pattern, use.mode)(text)
    return [match.span()] if match else []


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("start", ["---", "a"])
def test_each_line_end_is_read_in_one_way(start: str, line_end: str) -> None:
    """Two ways to read CRLF once doubled the time at each line of unclosed front matter."""
    name = (
        "features.shared.template_file._MATTER"
        if start == "---"
        else "rules.fixes.edits._BLANKS_BEHIND"
    )
    use = next(use for use in expressions() if use.where == f"spec_lsp.{name}")
    line = f"a: b{line_end}" if start == "---" else f" {line_end}"
    short, long = (steps_of(use, f"{start}{line_end}{line * times}x") for times in (10, 40))
    assert long < 5 * short


@pytest.mark.parametrize("text", ["", "a", "a  \n\t\r\n ", "\n\n", "a\r", "a b", "a\n b \n\n"])
def test_blank_lines_before_an_edit_are_unchanged(text: str) -> None:
    name = "spec_lsp.rules.fixes.edits._BLANKS_BEHIND"
    use = next(use for use in expressions() if use.where == name)
    plain = re.search(r"(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*\Z", text)
    found = use.pattern.search(text)
    assert plain
    assert found
    assert plain.span() == found.span()
