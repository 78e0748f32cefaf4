"""Workspace text on one line, with everything that would act or hide made visible."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.printable import printable, printable_json, printable_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a.md\n::error::gone", r"a.md\n::error::gone"),
        ("one\rtwo\tthree", r"one\rtwo\tthree"),
        ("\x9b31m", r"\x9b31m"),
        ("nigol\u202e", r"nigol\u202e"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("Dra\u200bft, Dra\u200dft, \ufeffDraft", r"Dra\u200bft, Dra\u200dft, \ufeffDraft"),
        ("caf\udce9.md", r"caf\udce9.md"),
        ("x\U000e0041", r"x\U000e0041"),
        ("a\ufe0f\ufe01", "a\ufe0f" + r"\ufe01"),
    ],
)
def test_what_acts_or_hides_is_shown_as_python_writes_it(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Prüfung: „so“ – 日本語\u3000の仕様, à\u00a0la carte",
        "👩\u200d💻 ❤\ufe0f 👩\u200d❤\ufe0f\u200d👨 1\ufe0f\u20e3 👍🏽 🇫🇷",
        "می\u200cخواهم",
        "क्\u200dष",
        r"C:\new\x1b",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@given(st.text())
def test_nothing_printable_ends_a_line_or_controls_a_terminal(text: str) -> None:
    for char in printable(text):
        assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(char) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "RLI"}
    assert len(printable(text).splitlines()) <= 1


@given(st.text())
def test_lines_stay_lines(text: str) -> None:
    assert len(printable_lines(text).split("\n")) == 1 + text.replace("\r\n", "\n").replace(
        "\r", "\n"
    ).count("\n")


@given(st.dictionaries(st.text(), st.text()))
def test_json_reads_back_as_the_same_data(data: dict[str, str]) -> None:
    text = printable_json(data)
    assert json.loads(text) == data
    assert printable_lines(text) == text


@given(st.binary())
def test_names_that_are_not_utf_8_can_be_written(data: bytes) -> None:
    name = data.decode("utf-8", "surrogateescape")
    assert json.loads(printable_json(name).encode("utf-8")) == name
