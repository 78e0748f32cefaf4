"""Headings, list items, tables, code blocks: from the lines of a block to exact spans.

Lines come without their ends, together with the offset at which they start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.inline import identifiers_in
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


def atx_heading(line: str, start: int, level: int) -> Heading:
    """The heading of a line that begins with number signs, and may end with some."""
    text = trim(line, Span(line.index("#") + level, len(line)))
    bare = text.of(line).rstrip("#")
    if not bare or bare[-1] in " \t":
        text = trim(line, Span(text.start, text.start + len(bare)))
    span = Span(start, start + len(line.rstrip()))
    return Heading(span, text.shift(start), text.of(line), level)


def setext_heading(text: str, span: Span, level: int) -> Heading:
    """The heading of lines of which the last is the underline."""
    words = trim(text, Span(span.start, text.rindex("\n", span.start, span.end)))
    shown = " ".join(line.strip() for line in words.of(text).split("\n"))
    return Heading(span, words, shown, level, is_setext=True)


def item(line: str, start: int, at: int, depth: int) -> Item | None:
    """The list item that begins with the next marker on a line, from `at` on."""
    match = _ITEM.match(line, at)
    if not match:
        return None
    marker, text = Span(*match.span("marker")), trim(line, Span(match.end(), len(line)))
    box = None if match["box"] is None else Span(*match.span("box")).shift(start)
    return Item(
        span=Span(marker.start, max(text.end, marker.end)).shift(start),
        marker=match["marker"],
        marker_span=marker.shift(start),
        text_span=text.shift(start),
        text=text.of(line),
        depth=depth,
        checked=None if box is None else match["box"] != " ",
        box_span=box,
    )


def table(lines: list[tuple[str, int]], span: Span) -> Table:
    """The table on these lines: header, rule, rows."""
    header, _, *rows = (_cells(line, start) for line, start in lines)
    row_spans = (Span(start, start + len(line)) for line, start in lines[2:])
    return Table(span, header, tuple(rows), tuple(row_spans))


def fence(lines: list[tuple[str, int]], span: Span, info: str) -> Fence:
    """The fenced code block on these lines, closed or not."""
    opening = _FENCE.search(lines[0][0])
    last, last_start = lines[-1]
    mark = opening[0] if opening else "```"
    closing = last.strip(" \t>")
    is_closed = len(lines) > 1 and closing.startswith(mark) and not closing.strip(mark[0])
    start = lines[1][1] if len(lines) > 1 else span.end
    return Fence(span, Span(start, last_start if is_closed else max(start, span.end)), info)


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
    found = next(identifiers_in(text[start : start + 60]), None)
    if not found or found.span.start or found.owner:
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
    found = next(identifiers_in(bare), None)
    if not found or found.span != (0, len(bare)) or found.owner:
        return None
    return found.shift(cell.span.start + cell.text.find(bare))


def _cells(line: str, start: int) -> tuple[Cell, ...]:
    lead = _ROW_LEAD.match(line)
    begin = lead.end() if lead else 0
    end = len(line.rstrip())
    if line.startswith("|", begin, end):
        begin += 1
    if line.endswith("|", begin, end) and not line.endswith("\\|", begin, end):
        end -= 1
    bars = [match.start() for match in _PIPE.finditer(line, begin, end)]
    edges = zip([begin, *(bar + 1 for bar in bars)], [*bars, end], strict=True)
    return tuple(_cell(line, Span(*edge), start) for edge in edges)


def _cell(line: str, whole: Span, start: int) -> Cell:
    """A cell; the place of an empty one is behind its first blank."""
    bare = trim(line, whole)
    if bare.start == bare.end:
        place = whole.start + min(1, whole.end - whole.start)
        bare = Span(place, place)
    return Cell(bare.shift(start), bare.of(line))
