r"""Spans, edits and positions, with lines counted as editors count them.

An offset is a number of code points from the start of the text, everywhere in this project. Editors
count lines and columns, in UTF-8, UTF-16 or UTF-32 units; `LineIndex` converts both ways. A line
ends with `\n`, `\r\n` or `\r` only: U+2028, NEL and form feed do not end lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Encoding = Literal["utf-8", "utf-16", "utf-32"]

LONGEST = 4_000_000  # code points of a text that is read, and bytes of its file
_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of offsets, from `start` up to but not including `end`."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """The same range, `by` code points further on; `tuple.__new__` is faster than `Span(…)`."""
        start, end = self
        return tuple.__new__(Span, (start + by, end + by))

    def holds(self, offset: int) -> bool:
        """Whether a cursor at `offset` touches the range, both ends included."""
        return self.start <= offset <= self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies entirely inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a character, or an empty one lies inside the other."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The text inside the range."""
        return text[self.start : self.end]


class Edit(NamedTuple):
    """Replace the text of `span` by `text`."""

    span: Span
    text: str


class Position(NamedTuple):
    """A line and a column, both zero-based."""

    line: int
    column: int


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits, which do not overlap and whose spans refer to the original text.

    Insertions at the same offset keep their order.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        parts += (text[done : edit.span.start], edit.text)
        done = max(done, edit.span.end)
    parts.append(text[done:])
    return "".join(parts)


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins; a text has one more line than line ends."""
    *lines, _ = with_line_feeds(text).split("\n")
    return tuple(accumulate([len(line) + 1 for line in lines], initial=0))


def line_count(text: str) -> int:
    """The number of line ends in a text."""
    return with_line_feeds(text).count("\n")


def line_ending(text: str) -> str:
    r"""The first line ending of a text, `\n` if there is none."""
    match = _LINE_END.search(text)
    return match[0] if match else "\n"


def with_line_feeds(text: str) -> str:
    r"""Replace every line end by `\n` without changing offsets: `\r\n` becomes a blank and `\n`."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def trim(text: str, span: Span) -> Span:
    """A span without blanks at both ends; if it holds only blanks, an empty span at its start."""
    start, end = span
    part = text[start:end]
    bare = part.strip()
    if bare and len(bare) == len(part):
        return span
    if bare:
        start += len(part) - len(part.lstrip())
    return Span(start, start + len(bare))


@dataclass(frozen=True)
class LineIndex:
    """Converts offsets to positions and back, in any of the protocol's three encodings.

    `starts` holds the offset at which each line begins.
    """

    text: str
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", line_starts(self.text))

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    def line_of(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def line_span(self, line: int) -> Span:
        """A line without its line end; clamped to the first line, empty after the last."""
        text, starts = self.text, self.starts
        line = max(line, 0)
        if line + 1 >= len(starts):
            return Span(starts[line] if line < len(starts) else len(text), len(text))
        start, end = starts[line], starts[line + 1] - 1
        if end > start and text[end - 1] == "\r" and text[end] == "\n":
            end -= 1
        return Span(start, end)

    def line_at(self, offset: int) -> Span:
        """The line that holds an offset, without its line end."""
        return self.line_span(self.line_of(offset))

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset, which is clamped to the text."""
        offset = min(max(offset, 0), len(self.text))
        line = self.line_of(offset)
        start = self.starts[line]
        if self._is_ascii or encoding == "utf-32":
            return Position(line, offset - start)
        return Position(line, units(self.text[start:offset], encoding))

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a position; a column past the end of the line is clamped to the end."""
        line, column = position
        if line < 0:
            return 0
        span = self.line_span(line)
        if self._is_ascii or encoding == "utf-32":
            return min(span.start + max(column, 0), span.end)
        return span.start + _code_points(span.of(self.text), max(column, 0), encoding)

    def span(self, start: Position, end: Position, encoding: Encoding = "utf-32") -> Span:
        """The span between two positions; empty if the end precedes the start."""
        first = self.offset(start, encoding)
        return Span(first, max(first, self.offset(end, encoding)))

    def lines(self) -> Iterator[str]:
        """All lines, each with its line end."""
        for start, stop in zip(self.starts, (*self.starts[1:], len(self.text)), strict=True):
            yield self.text[start:stop]


def units(text: str, encoding: Encoding) -> int:
    """The number of code units that a text takes in an encoding."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def _code_points(text: str, column: int, encoding: Encoding) -> int:
    """The number of whole characters that fit into `column` code units."""
    width = _utf8_width if encoding == "utf-8" else _utf16_width
    used = 0
    for count, character in enumerate(text):
        used += width(character)
        if used > column:
            return count
    return len(text)


def _utf16_width(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _utf8_width(character: str) -> int:
    if character < "\x80":
        return 1
    if character < "\u0800":
        return 2
    return 3 if character < "\U00010000" else 4


class Lines(Protocol):
    """Text with access to its lines: a document or a line index."""

    @property
    def text(self) -> str: ...

    def line_at(self, offset: int) -> Span:
        """The line that holds an offset, without its line end."""
        ...

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        ...

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a line and column."""
        ...


class Spans:
    """A set of spans with a fast overlap test."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlap(self, span: Span) -> bool:
        """Whether any of them shares a character with `span`, or an empty one lies inside."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and span.start < self._ends[before - 1]


def edits_between(old: str, new: str) -> Iterator[Edit]:
    """A line diff of two texts, as edits."""
    before, after = list(LineIndex(old).lines()), list(LineIndex(new).lines())
    starts = LineIndex(old).starts
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            start, end = _line_start(starts, i, old), _line_start(starts, j, old)
            yield Edit(Span(start, end), "".join(after[k:m]))


def _line_start(starts: Sequence[int], line: int, text: str) -> int:
    return starts[line] if line < len(starts) else len(text)
