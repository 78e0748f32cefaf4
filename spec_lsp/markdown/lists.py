"""Parse headings, list items, tables and code blocks from the lines of a block.

A line is given as its span in the text, without its line end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.identifiers import leading_identifier
from spec_lsp.markdown.nodes import Cell, Definition, Fence, Heading, Item, Table
from spec_lsp.text import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.identifiers import Identifier
    from spec_lsp.markdown.nodes import DefinitionForm

_QUOTE = r"[ \t]*(?:>[ \t]*)*"
_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_ITEM = re.compile(
    rf"{_QUOTE}(?P<marker>{_MARKER})(?:[ \t]+|$)(?:\[(?P<box>[ xX~-])\]\*?(?=[ \t]|$)[ \t]*)?"
)
_ROW_LEAD = re.compile(rf"{_QUOTE}(?:{_MARKER}[ \t]+)*")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"`{3,}|~{3,}")
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?[ \t]+)?[*_`~\[]*")
_AFTER_ID = re.compile(r"[*_`~\]]*(?:[ \t:.,(–—-]|$)")
_AFTER_BOLD_ID = re.compile(
    r"(?:[ \t(][^*\n]{0,120}?)?"
    r"(?::?(?:\*\*|__)[ \t]*(?:\[[^\]\n]{1,60}\][ \t]*(?=[:–—-]))?(?:[:.–—-]|\(|$)"
    r"|:(?:\*\*|__)|\.(?:\*\*|__))"
)
# Marks, numbers and check boxes, then an ID.
_DEFINING = re.compile(
    r"^(?>(?:[^\w\n]|[_\d]|[xX]\])*)[A-Z]++(?>(?:[-_][A-Z]++)*)[-_]?[0-9]", re.MULTILINE
)
_TITLE_LEAD = re.compile(r"[*_`~\])]*[ \t]*[:.–—-]*[*_`]*[ \t]*[:–—-]?[ \t]*")


def atx_heading(text: str, line: Span, level: int) -> Heading:
    """The heading of a line that begins, and may end, with number signs."""
    shown, start = _atx_words(line.of(text), level)
    words = Span(line.start + start, line.start + start + len(shown))
    return Heading(Span(line.start, _end(text, line)), words, shown, level)


def atx_title(line: str, level: int) -> str:
    """The text of a line that begins with number signs."""
    return _atx_words(line, level)[0]


def setext_heading(text: str, span: Span, level: int) -> Heading:
    """The heading of lines of which the last is the underline."""
    words = trim(text, Span(span.start, text.rindex("\n", span.start, span.end)))
    shown = " ".join(line.strip() for line in words.of(text).split("\n"))
    return Heading(span, words, shown, level, is_setext=True)


def item_head(text: str, start: int, end: int) -> re.Match[str] | None:
    """The next list marker on a line, with the check box that may follow."""
    return _ITEM.match(text, start, end)


def is_checked(head: re.Match[str]) -> bool | None:
    """Whether the check box of an item is ticked; None if the item has no check box.

    `[~]` and `[-]` are not done yet: some tools mark work in progress like this.
    """
    box = head["box"]
    return None if box is None else box in "xX"


def item(match: re.Match[str], end: int, depth: int) -> Item:
    """The list item from its marker to the end of the line."""
    text = match.string
    marker, box = Span(*match.span("marker")), match["box"]
    rest = text[match.end() : end]
    words = rest.strip()
    at = match.end() + (len(rest) - len(rest.lstrip()) if words else 0)
    last = at + len(words)
    return Item(
        Span(marker.start, last if words else max(at, marker.end)),
        match["marker"],
        marker,
        Span(at, last),
        words,
        depth,
        is_checked(match),
        None if box is None else Span(*match.span("box")),
    )


def may_hold_tasks(text: str) -> bool:
    """Whether a text may hold an item with a check box."""
    return any(box in text for box in ("[ ]", "[x]", "[X]", "[~]", "[-]"))


def table(text: str, lines: list[Span], span: Span) -> Table:
    """The table on these lines: header, delimiter row, rows."""
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


def defining_lines(text: str) -> list[int]:
    """The starts of the lines on which an ID follows only marks.

    Every definition is on such a line: an ID defines at the start of a heading, a list item or a
    table row only.
    """
    return [match.start() for match in _DEFINING.finditer(text)]


def definitions(
    text: str, heading: Heading | None, items: Iterable[Item], tables: Iterable[Table]
) -> Iterator[Definition]:
    """The IDs that a chunk defines: in its heading, at the start of items, in first cells."""
    if heading:
        yield from heading_definitions(text, heading)
    for each in items:
        if each.checked is not None:
            yield from _defined(text, each.text_span, "checkbox")
        elif each.text.startswith(("**", "__")):
            yield from _defined(text, each.text_span, "list")
    for row in (row for table in tables for row in table.rows if row):
        if found := _whole(row[0]):
            title = row[1].text if len(row) > 1 else ""
            yield Definition(found, "cell", title, Span(row[0].span.start, row[-1].span.end))


def heading_definitions(text: str, heading: Heading) -> Iterator[Definition]:
    """The ID that a heading begins with."""
    return _defined(text, heading.text_span, "heading")


def _defined(chunk: str, at: Span, form: DefinitionForm) -> Iterator[Definition]:
    """The ID at the start of a text, if no other words belong to it."""
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
    """The ID of a cell that contains nothing else."""
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
    row = text[begin:end]
    cells: list[Cell] = []
    for part in _PIPE.split(row) if "\\" in row else row.split("|"):
        cells.append(_cell(part, begin))
        begin += len(part) + 1
    return tuple(cells)


def _cell(part: str, start: int) -> Cell:
    """A table cell; the span of an empty one is after its first blank."""
    bare = part.strip()
    start += len(part) - len(part.lstrip()) if bare else min(1, len(part))
    return Cell(Span(start, start + len(bare)), bare)


def _atx_words(line: str, level: int) -> tuple[str, int]:
    """The text of a heading line without its marks, and its offset in the line."""
    start = line.index("#") + level
    shown = line[start:].lstrip()
    start = len(line) - len(shown) if shown else start
    shown = shown.rstrip()
    if shown.endswith("#"):
        bare = shown.rstrip("#")
        if not bare or bare[-1] in " \t":
            shown = bare.rstrip()
    return shown, start


def _end(text: str, line: Span) -> int:
    """The offset at which the text of a line ends, without trailing blanks."""
    return line.start + len(line.of(text).rstrip())
