"""Carets stand under what is meant, whatever a terminal makes of the characters before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from spec_lsp.printable import printable_lines
from spec_lsp.report import as_github, as_gitlab, as_json, as_junit, as_sarif, as_text
from spec_lsp.report.model import Issue, Report, Source
from spec_lsp.text import LineIndex, Span


def issue(text: str, start: int, end: int, message: str = "here") -> Issue:
    place = Source("a.md", LineIndex(text)).place(Span(start, end))
    return Issue(place, "broken-link", "error", message)


def shown(text: str, start: int, end: int) -> str:
    return as_text.blocks([issue(text, start, end)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [word] end", "1 | plain word end\n  |       ^^^^"),
        ("\ttab [word]", "1 |     tab word\n  |         ^^^^"),
        ("日本 [語] x", "1 | 日本 語 x\n  |      ^^"),
        ("e\u0301 [x] y", "1 | e\u0301 x y\n  |   ^"),
        ("a [] b", "1 | a  b\n  |   ^"),
        ("a [b\nc] d", "1 | a b\n  |   ^"),
    ],
)
def test_carets(text: str, expected: str) -> None:
    start = text.index("[")
    end = text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    assert "\n".join(shown(plain, start, end).split("\n")[2:4]) == expected


def test_a_long_line_is_cut_around_the_place() -> None:
    text = "x" * 5_000 + "WORD" + "y" * 5_000
    lines = shown(text, 5_000, 5_004).split("\n")
    assert max(map(len, lines)) < 130
    column = lines[2].index("WORD")
    assert lines[3][column : column + 5] == "^^^^"


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 40))
def test_every_place_of_every_text_can_be_shown(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    found = issue(text, start, min(start + length, len(text)), text)
    report = Report((found,), ("a.md",))
    plain = as_text.render(report)
    assert printable_lines(plain) == plain
    excerpt = plain.split("\n")[2:4]
    if found.place.line.rstrip(" \t") == found.place.line != "":
        assert cell_len(excerpt[1].rstrip(" ")) <= cell_len(excerpt[0]) + 1


def test_only_the_text_view_cuts_a_long_message() -> None:
    found = issue("text", 0, 4, f"replace [{'long ' * 100}]")
    report = Report((found,), ("a.md",))
    head, *_ = as_text.render(report).split("\n")
    assert head.endswith("…")
    assert len(head) < 250
    for form in (as_github, as_gitlab, as_json, as_sarif):
        assert found.message in form.render(report)
    assert found.message in as_junit.render(report, "error")
