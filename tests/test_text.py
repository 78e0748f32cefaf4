"""Positions in a text, as people and editors count them."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.text import (
    Edit,
    Encoding,
    LineIndex,
    Position,
    Span,
    apply,
    line_ending,
    line_starts,
    trim,
    units,
    with_line_feeds,
)

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}

# Line ends, what other programs treat as such, and characters of every width in every encoding.
characters = st.sampled_from("ab \n\r\t\x0b\x0c\x1c\x85é\u2028漢😀\ud800")
texts = st.lists(st.just("\r\n") | characters | st.characters(), max_size=30).map("".join)
encodings = st.sampled_from(ENCODINGS)


def size(text: str, encoding: Encoding) -> int:
    """Code units, as Python's own codecs count them."""
    codec, width = CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // width


@pytest.mark.parametrize(
    ("encoding", "column"), [("utf-8", 10), ("utf-16", 5), ("utf-32", 4)], ids=ENCODINGS
)
def test_editors_count_columns_in_units_of_their_encoding(encoding: Encoding, column: int) -> None:
    index = LineIndex("first\né漢😀b|\n")
    offset = index.text.index("|")
    assert index.position(offset, encoding) == (1, column)
    assert index.offset(Position(1, column), encoding) == offset


def test_only_line_feeds_and_carriage_returns_end_lines() -> None:
    text = "one\ntwo\r\nthree\rfour\u2028still\x85four\x0cand\x0bfour"
    assert [text[start:][:3] for start in line_starts(text)] == ["one", "two", "thr", "fou"]


def test_a_line_ends_before_its_line_end() -> None:
    index = LineIndex("one\r\ntwo")
    assert index.line_span(0) == (0, 3)
    assert index.line_span(1) == (5, 8)
    assert list(index.lines()) == ["one\r\n", "two"]


def test_positions_outside_are_clipped() -> None:
    index = LineIndex("one\ntwo")
    assert index.offset(Position(0, 99)) == 3
    assert index.offset(Position(99, 0)) == 7
    assert index.offset(Position(-1, 5)) == 0
    assert index.position(99) == (1, 3)
    assert index.position(-1) == (0, 0)
    assert index.span(Position(1, 2), Position(0, 0)) == (6, 6)


def test_a_column_inside_a_character_is_its_start() -> None:
    index = LineIndex("a😀b")
    assert index.offset(Position(0, 2), "utf-16") == 1
    assert index.offset(Position(0, 4), "utf-8") == 1


@given(texts)
def test_lines_are_what_a_reader_without_other_line_ends_splits(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    index = LineIndex(text)
    spans = [index.line_span(number) for number in range(len(index.starts))]
    assert [span.of(text) for span in spans] == lines
    assert "".join(index.lines()) == text


@given(texts, encodings, st.data())
def test_an_offset_survives_the_way_to_a_position_and_back(
    text: str, encoding: Encoding, data: st.DataObject
) -> None:
    index = LineIndex(text)
    line = data.draw(st.integers(0, len(index.starts) - 1))
    offset = data.draw(st.integers(*index.line_span(line)))
    position = index.position(offset, encoding)
    assert position == (line, size(text[index.starts[line] : offset], encoding))
    assert index.offset(position, encoding) == offset


@given(texts, encodings, st.integers(-1, 40), st.integers(-1, 40))
def test_every_position_leads_into_its_line(
    text: str, encoding: Encoding, line: int, column: int
) -> None:
    index = LineIndex(text)
    offset = index.offset(Position(line, column), encoding)
    assert 0 <= offset <= len(text)
    if 0 <= line < len(index.starts):
        span = index.line_span(line)
        assert span.holds(offset)
        assert size(text[span.start : offset], encoding) <= max(column, 0)


@given(texts, encodings)
def test_units_are_those_of_the_codec(text: str, encoding: Encoding) -> None:
    assert units(text, encoding) == size(text, encoding)


@given(texts)
def test_unified_line_ends_keep_every_offset(text: str) -> None:
    plain = with_line_feeds(text)
    assert len(plain) == len(text)
    assert line_starts(plain) == line_starts(text)
    assert "\r" not in plain


@pytest.mark.parametrize(
    ("text", "ending"), [("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a\nb\r\n", "\n"), ("a", "\n")]
)
def test_the_first_line_end_tells_which_one_a_text_uses(text: str, ending: str) -> None:
    assert line_ending(text) == ending


def test_edits_refer_to_the_text_as_it_was() -> None:
    edits = [
        Edit(Span(4, 7), "2"),
        Edit(Span(0, 3), "1"),
        Edit(Span(7, 7), "!"),
        Edit(Span(7, 7), "?"),
    ]
    assert apply("one two", edits) == "1 2!?"


@given(texts, st.data())
def test_edits_made_at_once_are_those_made_from_the_end_on(text: str, data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=False)]
    edits = [Edit(span, data.draw(st.text(max_size=3))) for span in dict.fromkeys(spans)]
    one_by_one = text
    for span, new in reversed(edits):
        one_by_one = one_by_one[: span.start] + new + one_by_one[span.end :]
    assert apply(text, edits) == one_by_one


@given(texts, st.data())
def test_trimming_leaves_no_blank_at_either_end(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert span.covers(trim(text, span))
    assert trim(text, span).of(text) == span.of(text).strip()


def test_relations_of_spans() -> None:
    span = Span(2, 5)
    assert span.shift(2) == (4, 7)
    assert span.of("abcdefg") == "cde"
    assert span.holds(2)
    assert span.holds(5)
    assert not span.holds(6)
    assert span.covers(Span(3, 5))
    assert not span.covers(Span(3, 6))
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert span.overlaps(Span(3, 3))
    assert not span.overlaps(Span(2, 2))
