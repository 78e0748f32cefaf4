"""Headings, list items, tables, code blocks: from the lines of a block to exact spans.

A line is the span of it in its text, without its end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.inline import leading_identifier
from spec_lsp.markdown.nodes import Cell, Definition, Fence, Heading, Item, Table
from spec_lsp.text import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.nodes import DefinitionForm, Identifier

_QUOTE = r"[ \t]*(?:>[ \t]*)*"
_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_ITEM = re.compile(
    rf"{_QUOTE}(?P<marker>{_MARKER})(?:[ \t]+|$)(?:\[(?P<box>[ xX])\](?=[ \t]|$)[ \t]*)?"
)
_ROW_LEAD = re.compile(rf"{_QUOTE}(?:{_MARKER}[ \t]+)*")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"`{3,}|~{3,}")
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?[ \t]+)?[*_`~\[]*")
_AFTER_ID = re.compile(r"[*_`~\]]*(?:[ \t:.,(–—-]|$)")
_AFTER_BOLD_ID = re.compile(
    r"(?:[ \t(][^*\n]{0,120}?)?"
    r"(?::?(?:\*\*|__)[ \t]*(?:[:.–—-]|\(|$)|:(?:\*\*|__)|\.(?:\*\*|__))"
)
_TITLE_LEAD = re.compile(r"[*_`~\])]*[ \t]*[:.–—-]*[*_`]*[ \t]*[:–—-]?[ \t]*")


def atx_heading(text: str, line: Span, level: int) -> Heading:
    """The heading of a line that begins with number signs, and may end with some."""
    words = trim(text, Span(text.index("#", line.start) + level, line.end))
    shown = words.of(text)
    if shown.endswith("#"):
        bare = shown.rstrip("#")
        if not bare or bare[-1] in " \t":
            words = trim(text, Span(words.start, words.start + len(bare)))
            shown = words.of(text)
    return Heading(Span(line.start, _end(text, line)), words, shown, level)


def setext_heading(text: str, span: Span, level: int) -> Heading:
    """The heading of lines of which the last is the underline."""
    words = trim(text, Span(span.start, text.rindex("\n", span.start, span.end)))
    shown = " ".join(line.strip() for line in words.of(text).split("\n"))
    return Heading(span, words, shown, level, is_setext=True)


def item(text: str, line: Span, at: int, depth: int) -> Item | None:
    """The list item that begins with the next marker on a line, from `at` on."""
    match = _ITEM.match(text, at, line.end)
    if not match:
        return None
    marker = Span(*match.span("marker"))
    words = trim(text, Span(match.end(), line.end))
    box = match["box"]
    return Item(
        Span(marker.start, max(words.end, marker.end)),
        match["marker"],
        marker,
        words,
        words.of(text),
        depth,
        None if box is None else box != " ",
        None if box is None else Span(*match.span("box")),
    )


def table(text: str, lines: list[Span], span: Span) -> Table:
    """The table on these lines: header, rule, rows."""
    header, _, *rows = (_cells(text, line) for line in lines)
    return Table(span, header, tuple(rows), tuple(lines[2:]))


def fence(text: str, lines: list[Span], span: Span, info: str) -> Fence:
    """The fenced code block on these lines, closed or not."""
    opening = _FENCE.search(text, *lines[0])
    last = lines[-1]
    mark = opening[0] if opening else "```"
    closing = last.of(text).strip(" \t>")
    is_closed = len(lines) > 1 and closing.startswith(mark) and not closing.strip(mark[0])
    start = lines[1].start if len(lines) > 1 else span.end
    return Fence(span, Span(start, last.start if is_closed else max(start, span.end)), info)


def definitions(
    text: str, heading: Heading | None, items: Iterable[Item], tables: Iterable[Table]
) -> Iterator[Definition]:
    """The IDs that a chunk defines: in its heading, at the head of its items, in first cells."""
    if heading:
        yield from _defined(text, heading.text_span, "heading")
    for each in items:
        if each.checked is not None:
            yield from _defined(text, each.text_span, "checkbox")
        elif each.text.startswith(("**", "__")):
            yield from _defined(text, each.text_span, "list")
    for row in (row for table in tables for row in table.rows if row):
        if found := _whole(row[0]):
            title = row[1].text if len(row) > 1 else ""
            yield Definition(found, "cell", title, Span(row[0].span.start, row[-1].span.end))


def _defined(chunk: str, at: Span, form: DefinitionForm) -> Iterator[Definition]:
    """The ID at the head of a text, if it stands there by itself."""
    text = at.of(chunk)
    lead = _NUMBERING.match(text)
    start = lead.end() if lead else 0
    found = leading_identifier(text[start : start + 60])
    if not found:
        return
    end = start + found.span.end
    follows = _AFTER_BOLD_ID if form == "list" else _AFTER_ID
    if not follows.match(text, end):
        return
    title = _TITLE_LEAD.sub("", text[end:].replace("**", ""), count=1).strip()
    yield Definition(found.shift(at.start + start), form, title, at)


def _whole(cell: Cell) -> Identifier | None:
    """The ID that a cell consists of."""
    bare = cell.text.strip("*_`~ ")
    found = leading_identifier(bare)
    if not found or found.span.end != len(bare):
        return None
    return found.shift(cell.span.start + cell.text.find(bare))


def _cells(text: str, line: Span) -> tuple[Cell, ...]:
    lead = _ROW_LEAD.match(text, *line)
    begin = lead.end() if lead else line.start
    end = _end(text, line)
    if text.startswith("|", begin, end):
        begin += 1
    if text.endswith("|", begin, end) and not text.endswith("\\|", begin, end):
        end -= 1
    bars = [match.start() for match in _PIPE.finditer(text, begin, end)]
    edges = zip([begin, *(bar + 1 for bar in bars)], [*bars, end], strict=True)
    return tuple(_cell(text, Span(*edge)) for edge in edges)


def _cell(text: str, whole: Span) -> Cell:
    """A cell; the place of an empty one is behind its first blank."""
    bare = trim(text, whole)
    if bare.start == bare.end:
        place = whole.start + min(1, whole.end - whole.start)
        bare = Span(place, place)
    return Cell(bare, bare.of(text))


def _end(text: str, line: Span) -> int:
    """Where a line ends without the blanks behind its text."""
    return line.start + len(line.of(text).rstrip())
