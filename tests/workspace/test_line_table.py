"""Positions from the table of the lines are those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.text import Encoding, LineIndex
from spec_lsp.workspace.line_table import pack_lines, unpack_lines

_ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
_TEXTS = st.text(st.sampled_from("ab \n\r\té漢🙂\ud800\u2028"), max_size=40)


@given(_TEXTS, st.sampled_from(_ENCODINGS))
def test_a_table_gives_the_positions_of_its_text(text: str, encoding: Encoding) -> None:
    table, index = unpack_lines(pack_lines(text)), LineIndex(text)
    for offset in range(len(text) + 1):
        position = table.position(offset, encoding)
        assert position is None or position == index.position(offset, encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "is_known"),
    [
        ("plain", "utf-8", True),
        ("größer", "utf-8", False),
        ("größer", "utf-16", True),
        ("done 🙂", "utf-16", False),
        ("done 🙂", "utf-32", True),
    ],
)
def test_only_characters_of_several_units_need_the_text(
    text: str, encoding: Encoding, is_known: bool
) -> None:
    table = unpack_lines(pack_lines(f"first\n{text}"))
    assert (table.position(len("first\n") + 2, encoding) is not None) is is_known
    assert table.position(0, encoding) == (0, 0)


def test_a_text_longer_than_a_table_can_say_has_none() -> None:
    assert pack_lines("a" * 0x110000) == b""
