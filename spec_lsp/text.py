r"""Places in a text: spans, edits, and lines counted the way editors count them.

An offset is a count of code points from the start of the text, everywhere in this project.
Editors count lines and columns, in UTF-8, UTF-16 or UTF-32 units; `LineIndex` converts both ways.
A line ends with `\n`, `\r\n` or `\r`, and with nothing else: U+2028, NEL and form feed are text.
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

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open stretch of text, from `start` up to but not including `end`."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """The same stretch, `by` code points further on; made without a call of `Span` itself."""
        start, end = self
        return tuple.__new__(Span, (start + by, end + by))

    def holds(self, offset: int) -> bool:
        """Whether a cursor at `offset` touches the stretch, its two ends included."""
        return self.start <= offset <= self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character, or an empty one lies inside the other."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters that the span names."""
        return text[self.start : self.end]


class Edit(NamedTuple):
    """Replace what `span` names by `text`."""

    span: Span
    text: str


class Position(NamedTuple):
    """A line and a column, both counted from nought."""

    line: int
    column: int


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits, which refer to the text as it was and do not overlap.

    Insertions at one place are kept in the order in which they were given.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        parts += (text[done : edit.span.start], edit.text)
        done = max(done, edit.span.end)
    parts.append(text[done:])
    return "".join(parts)


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins; a text has one line more than it has line ends."""
    *lines, _ = with_line_feeds(text).split("\n")
    return tuple(accumulate([len(line) + 1 for line in lines], initial=0))


def line_count(text: str) -> int:
    """How many lines end in a text."""
    return with_line_feeds(text).count("\n")


def line_ending(text: str) -> str:
    """The line ending that a text uses, judged by its first one."""
    match = _LINE_END.search(text)
    return match[0] if match else "\n"


def with_line_feeds(text: str) -> str:
    r"""The text at its own length with every line end a `\n`, in `\r\n` behind a blank."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def trim(text: str, span: Span) -> Span:
    """A span without the blanks at its two ends; of nothing but blanks, its empty start."""
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

    `starts` says where each line begins.
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
        """A line without its end; one before the first is the first, one past the last is empty."""
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
        """Line and column of an offset; one outside the text is drawn to its nearer end."""
        offset = min(max(offset, 0), len(self.text))
        line = self.line_of(offset)
        start = self.starts[line]
        if self._is_ascii or encoding == "utf-32":
            return Position(line, offset - start)
        return Position(line, units(self.text[start:offset], encoding))

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a position; a column past the end of its line means that end."""
        line, column = position
        if line < 0:
            return 0
        span = self.line_span(line)
        if self._is_ascii or encoding == "utf-32":
            return min(span.start + max(column, 0), span.end)
        return span.start + _code_points(span.of(self.text), max(column, 0), encoding)

    def span(self, start: Position, end: Position, encoding: Encoding = "utf-32") -> Span:
        """The stretch between two positions; an end before its start makes it empty."""
        first = self.offset(start, encoding)
        return Span(first, max(first, self.offset(end, encoding)))

    def lines(self) -> Iterator[str]:
        """The lines, each with its line end."""
        for start, stop in zip(self.starts, (*self.starts[1:], len(self.text)), strict=True):
            yield self.text[start:stop]


def units(text: str, encoding: Encoding) -> int:
    """How many code units a text takes in an encoding."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def _code_points(text: str, column: int, encoding: Encoding) -> int:
    """How many whole characters fit into `column` code units."""
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
    """A text that knows its lines: a document or a bare line index."""

    @property
    def text(self) -> str:
        """The text itself."""
        ...

    def line_at(self, offset: int) -> Span:
        """The line around an offset, without its end."""
        ...

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        ...

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a line and column."""
        ...


class Spans:
    """A set of stretches of text that answers whether another one touches any of them."""

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
        """Whether any of them shares a character with a span, or an empty one lies inside it."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and span.start < self._ends[before - 1]


def edits_between(old: str, new: str) -> Iterator[Edit]:
    """The edits between two texts, line by line, so that nothing else is touched."""
    before, after = list(LineIndex(old).lines()), list(LineIndex(new).lines())
    starts = LineIndex(old).starts
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            start, end = _line_start(starts, i, old), _line_start(starts, j, old)
            yield Edit(Span(start, end), "".join(after[k:m]))


def _line_start(starts: Sequence[int], line: int, text: str) -> int:
    return starts[line] if line < len(starts) else len(text)
