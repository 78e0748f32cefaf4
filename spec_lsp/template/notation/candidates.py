"""Placeholder candidates: text in the shape of a placeholder, in prose and in code.

Only a template can tell which candidates are placeholders. Therefore this module finds every text
that a template author might have meant as one, alike in documents and in templates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.memo import once
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.section import Section

# A bracket may contain a line end, but not a blank line.
_INNER = r"(?:[^{open}{close}\n]|\n(?![ \t]*\n))"
_SQUARE = _INNER.format(open=r"\[", close=r"\]")
_CURLY = _INNER.format(open="{", close="}")
_BRACKETS = re.compile(
    rf"\{{\{{(?:{_CURLY}|\{{{_CURLY}{{0,200}}\}}){{1,800}}?\}}\}}"
    rf"|\{{(?:{_CURLY}|\{{{_CURLY}{{0,200}}\}}){{1,800}}\}}"
    rf"|\[(?:{_SQUARE}|\[{_SQUARE}{{0,200}}\]){{1,800}}\]"
    r"|<(?=[A-Za-z])[^<>\n]{1,200}>"
    r"|\((?:fill|insert|your|optional - fill)\b[^()\n]{0,200}(?:\n[^()\n]{0,200})?\)"
)
_WORDS = re.compile(
    r"\b(?:YYYY|yyyy)[-/.](?:MM|mm)[-/.](?:DD|dd)(?![A-Za-z0-9])"
    r"|\b(?:DD|dd|MM)[-/.](?:MM|mm|DD)[-/.](?:YYYY|yyyy)(?![A-Za-z0-9])"
    r"|\b[A-Z][A-Z]{1,11}[-_](?:X{2,}|N{1,4}|#{1,}|\?{2,})(?!\w)"
    r"|(?<![\w#])#{3,}(?=[\w-])|(?<![\w-])(?:X{4}|N{4})(?![\w])"
    r"|\$[A-Z][A-Z_]{2,}\b"
)
# Every word of `_WORDS` contains one of these signs; searching for them first is much faster.
_WORD_SIGN = re.compile(r"YYYY|yyyy|XX|-N|_N|NNNN|-#|_#|###[\w-]|-\?\?|_\?\?|\$[A-Z]")
_CHECK_BOXES = ("[ ]", "[x]", "[X]", "[-]")


def candidates_in(section: Section) -> tuple[Candidate, ...]:
    """The placeholder candidates of a section, including those in code."""
    found, by = chunk_candidates(section.chunk), section.start
    return tuple([each.shift(by) for each in found]) if found and by else found


def chunk_candidates(chunk: Chunk) -> tuple[Candidate, ...]:
    """The placeholder candidates of a chunk, with spans that count from its start."""
    return once(chunk, _read)


def _read(chunk: Chunk) -> tuple[Candidate, ...]:
    places = _places(chunk.visible)
    return tuple(_candidates(chunk.text, places, chunk.code)) if places else ()


def _places(visible: str) -> list[Span]:
    """The spans of all candidates in the visible text of a chunk."""
    found = [*_bracketed(visible, 0, len(visible))]
    return sorted((*found, *_words(visible))) if _WORD_SIGN.search(visible) else found


def _candidates(text: str, places: Iterable[Span], code: Iterable[Span]) -> Iterator[Candidate]:
    """The candidates at some spans of a text; `code` holds the spans of code."""
    spans = sorted(code)
    starts = [span.start for span in spans]
    for found in places:
        before = bisect_right(starts, found.start) - 1
        in_code = before >= 0 and spans[before].covers(found)
        yield Candidate(found, found.of(text), in_code)


def _bracketed(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _BRACKETS.finditer(text, start, end):
        shown = match[0]
        if shown in _CHECK_BOXES and _opens_item(text, match.start()):
            continue
        span = Span(*match.span())
        yield span
        # The text of a link may be real and still contain a placeholder.
        if shown[0] == "[" and text.startswith(("(", "["), span.end):
            yield from _bracketed(text, span.start + 1, span.end - 1)


def _words(text: str) -> Iterator[Span]:
    """The spans of words without brackets that are to be replaced by a number, a date or a name."""
    bare = _BRACKETS.sub(lambda match: " " * len(match[0]), text)
    return (Span(*match.span()) for match in _WORDS.finditer(bare))


def _opens_item(text: str, offset: int) -> bool:
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" \t>-*+0123456789.)")


class Candidate(NamedTuple):
    """Text in the shape of a placeholder, such as `[..]`, `{{..}}`, `<..>` or `YYYY-MM-DD`.

    Only a template can tell whether it is a placeholder.
    """

    span: Span
    text: str
    in_code: bool = False

    def shift(self, by: int) -> Candidate:
        """The same candidate, `by` code points further on."""
        return Candidate(self.span.shift(by), self.text, self.in_code)
