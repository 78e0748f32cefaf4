"""List items, tables and headings: from the lines that the block parser named to exact spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.inline import identifiers_in
from spec_lsp.markdown.nodes import Cell, Definition, Heading, Item, Table
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.nodes import DefinitionForm, Identifier

_ITEM = re.compile(
    r"[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?=(?:[-*+]|\d{1,9}[.)])[ \t]))*"
    r"(?P<marker>[-*+]|\d{1,9}[.)])(?:[ \t]+|$)"
    r"(?:\[(?P<box>[ xX])\](?=[ \t]|$)[ \t]*)?(?P<text>.*)"
)
_ATX = re.compile(
    r"\ufeff? {0,3}(?P<marks>#{1,6})(?:[ \t]+|$)(?P<text>.*?)[ \t]*(?:(?<=[ \t])#+[ \t]*)?$"
)
_PIPE = re.compile(r"(?<!\\)\|")
_LEAD = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?")
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?[ \t]+)?[*_`~\[]*")
_AFTER_ID = re.compile(r"[*_`~\]]*(?:[ \t]*(?:[:.,–—-]|\((?![^)]*\bfrom\b)|$)|[*_`]*[ \t]+|:)")
_AFTER_BOLD_ID = re.compile(
    r"(?:[ \t(][^*\n]{0,120}?)?(?::?(?:\*\*|__)[ \t]*(?:[:.–—-]|\(|$)|:(?:\*\*|__)|\.(?:\*\*|__))"
)
_TITLE_LEAD = re.compile(r"[*_`~\])]*[ \t]*[:.–—-]*[*_`]*[ \t]*[:–—-]?[ \t]*")


def atx_heading(line: str, start: int, level: int) -> Heading:
    """The heading of a line that begins with number signs."""
    match = _ATX.match(line)
    if not match:
        return Heading(Span(start, start + len(line)), Span(start, start + len(line)), line, level)
    at = Span(*match.span("text")).shift(start)
    return Heading(Span(start, start + len(line.rstrip())), at, match["text"], level)


def setext_heading(text: str, lines: list[Span], level: int) -> Heading:
    """The heading whose last line underlines the ones above."""
    first, last = lines[0], lines[-2] if len(lines) > 1 else lines[0]
    raw = text[first.start : last.end]
    start = first.start + len(raw) - len(raw.lstrip())
    end = first.start + len(raw.rstrip())
    words = " ".join(text[start:end].split())
    return Heading(
        Span(first.start, lines[-1].end), Span(start, max(start, end)), words, level, is_setext=True
    )


def item(line: str, start: int, depth: int) -> Item | None:
    """The list item whose first line this is."""
    match = _ITEM.match(line)
    if not match:
        return None
    box = match["box"]
    return Item(
        span=Span(start + match.start("marker"), start + len(line.rstrip())),
        marker=match["marker"],
        marker_span=Span(*match.span("marker")).shift(start),
        text_span=Span(
            start + match.start("text"), start + match.start("text") + len(match["text"].rstrip())
        ),
        text=match["text"].rstrip(),
        depth=depth,
        checked=None if box is None else box != " ",
        box_span=None if box is None else Span(*match.span("box")).shift(start),
    )


def table(text: str, lines: list[Span]) -> Table:
    """The table on these lines: header, rule, rows."""
    rows = [_cells(text, line) for line in lines]
    return Table(
        Span(lines[0].start, lines[-1].end),
        rows[0],
        tuple(rows[2:]),
        tuple(lines[2:]),
    )


def definitions(
    heading: Heading | None, items: Iterable[Item], tables: Iterable[Table]
) -> Iterator[Definition]:
    """The IDs that a chunk defines: in its heading, at the head of its items, in first cells."""
    if heading:
        yield from _defined(heading.text, heading.text_span, "heading")
    for each in items:
        if each.checked is not None:
            yield from _defined(each.text, each.text_span, "checkbox")
        elif each.text.startswith(("**", "__")):
            yield from _defined(each.text, each.text_span, "list")
    for each_table in tables:
        for row in each_table.rows:
            if row and (found := _whole(row[0].text)):
                title = row[1].text if len(row) > 1 else ""
                identifier = found.shift(row[0].span.start)
                yield Definition(
                    identifier, "cell", title, Span(row[0].span.start, row[-1].span.end)
                )


def _defined(text: str, at: Span, form: DefinitionForm) -> Iterator[Definition]:
    """The ID at the head of a text, if it stands there by itself."""
    lead = _NUMBERING.match(text)
    start = lead.end() if lead else 0
    found = next(identifiers_in(text[start : start + 60]), None)
    if not found or found.span.start or found.owner:
        return
    end = start + found.span.end
    follows = _AFTER_BOLD_ID if form == "list" else _AFTER_ID
    if not follows.match(text, end):
        return
    title = _TITLE_LEAD.sub("", text[end:], count=1).strip()
    yield Definition(found.shift(at.start + start), form, title, at)


def _whole(text: str) -> Identifier | None:
    """The ID that a cell consists of."""
    bare = text.strip("*_`~ ")
    found = next(identifiers_in(bare), None)
    if not found or found.span != (0, len(bare)) or found.owner or found.implied:
        return None
    return found.shift(text.find(bare))


def _cells(text: str, line: Span) -> tuple[Cell, ...]:
    raw = line.of(text)
    lead = _LEAD.match(raw)
    start = lead.end() if lead else 0
    stop = len(raw.rstrip())
    if raw.startswith("|", start):
        start += 1
    if stop > start and raw[stop - 1] == "|" and not raw.endswith("\\|", 0, stop):
        stop -= 1
    bars = [match.start() for match in _PIPE.finditer(raw, start, stop)]
    edges = zip([start, *(bar + 1 for bar in bars)], [*bars, stop], strict=True)
    return tuple(_cell(raw, begin, end, line.start) for begin, end in edges)


def _cell(raw: str, begin: int, end: int, start: int) -> Cell:
    text = raw[begin:end]
    lead = len(text) - len(text.lstrip())
    bare = text.strip()
    at = start + begin + (lead if bare else min(1, len(text)))
    return Cell(Span(at, at + len(bare)), bare)
