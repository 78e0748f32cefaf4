"""Fields: a label and its value, in the many ways people write them.

`**F**: v`, `**F:** v`, `- F: v`, `> **F:** v`, several on one line, plain `F: v` lines in a header
block, and the rows of a two-column table there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field
from spec_lsp.text import Span, trim

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from spec_lsp.markdown.nodes import FieldStyle, Table
    from spec_lsp.text import LineIndex

_MARGIN = r"[ \t]*(?:>[ \t]*)*(?P<list>(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?(?P<box>\[[ xX]\][ \t]+)?"
_BOLD = r"(?P<mark>\*\*|__)(?P<name>[^*_:\n][^*:\n]{0,79}?)(?::(?P=mark)|(?P=mark)[ \t]*:)"
_FIRST = re.compile(_MARGIN + _BOLD)
_NEXT = re.compile(rf"(?<=[\s|,;·•(-]){_BOLD}")
_PLAIN = re.compile(
    rf"{_MARGIN}(?P<mark>)"
    r"(?P<name>\[[^\[\]\n]{1,60}\]|[A-Za-z][^*:\n`|<>{}\[\]]{0,47}?)[ \t]?:(?=[ \t]|$)"
)
_SEPARATORS = tuple("|·•;,–—-")
_PLAIN_WORDS = 5
_TABLE_HEADS = {"field", "key", "property", "attribute", "item", "name", "metadata", "info", ""}
# What ends the search for the value of a label that has nothing behind it.
_NO_VALUE = re.compile(r"[ \t>]*(?:#|(?:-{3}|\*{3}|_{3})\s*$)")


def line_fields(text: str, line: Span, *, is_header: bool) -> tuple[Field, ...]:
    """The fields of one line.

    A plain label counts in a list; elsewhere only where the caller knows of a header block.
    """
    first = _FIRST.match(text, line.start, line.end)
    if first:
        heads = [first]
        # To look for the marks first is far quicker than to look for a label.
        if any(text.find(mark, first.end(), line.end) >= 0 for mark in ("**", "__")):
            heads += _NEXT.finditer(text, first.end(), line.end)
    elif (plain := _plain(text, line)) and (plain["list"] or is_header):
        heads = [plain]
    else:
        return ()
    ends = [*(head.start("mark") for head in heads[1:]), line.end]
    in_list = bool(heads[0]["list"])
    return tuple(
        _field(text, head, end, is_last=head is heads[-1], in_list=in_list)
        for head, end in zip(heads, ends, strict=True)
    )


def is_plain_field(text: str, line: Span) -> bool:
    """Whether a line without marks reads as `Label: value`."""
    return _plain(text, line) is not None


def fields_of(
    text: str, lines: LineIndex, numbers: Iterable[int], header: Container[int]
) -> Iterator[Field]:
    """The fields of the lines with these `numbers`; plain labels count in `header` lines.

    A label with nothing behind it heads what follows, unless another field or the end follows.
    """
    for number in numbers:
        for field in line_fields(text, lines.line_span(number), is_header=number in header):
            is_block = not field.value and _has_value_below(text, lines, number, field, header)
            yield field._replace(is_block=True) if is_block else field


def row_fields(table: Table) -> Iterator[Field]:
    """The rows of a two-column table as fields."""
    if len(table.header) != 2:
        return
    rows = table.rows
    if _bare(table.header[0].text).casefold() not in _TABLE_HEADS:
        rows = (table.header, *rows)
    for row in rows:
        if len(row) == 2 and (name := _bare(row[0].text)):
            label, value = row
            at = label.span.start + label.text.find(name)
            span = Span(label.span.start, value.span.end)
            yield Field(name, Span(at, at + len(name)), value.text, value.span, span, "row")


def _plain(text: str, line: Span) -> re.Match[str] | None:
    match = _PLAIN.match(text, line.start, line.end)
    is_label = match and not match["box"] and len(match["name"].split()) <= _PLAIN_WORDS
    return match if is_label else None


def _has_value_below(
    text: str, lines: LineIndex, number: int, field: Field, header: Container[int]
) -> bool:
    for below in range(number + 1, len(lines.starts)):
        line = lines.line_span(below)
        shown = line.of(text)
        if not shown.strip():
            continue
        if field.in_list:
            return shown[0].isspace()
        fields = line_fields(text, line, is_header=below in header)
        return not _NO_VALUE.match(shown) and not any(not found.in_list for found in fields)
    return False


def _field(text: str, head: re.Match[str], end: int, *, is_last: bool, in_list: bool) -> Field:
    """The field behind a label, up to the next label or the end of the line."""
    name = trim(text, Span(*head.span("name")))
    value = trim(text, Span(head.end(), end))
    # A backslash breaks the line, and a separator stands before the next field on it.
    if value.of(text).endswith("\\" if is_last else _SEPARATORS):
        value = trim(text, Span(value.start, value.end - 1))
    if value.start == value.end:
        value = Span(head.end(), head.end())
    mark = head.start("mark") if head["mark"] else name.start
    style: FieldStyle = "bold" if head["mark"] else "plain"
    span = Span(mark, value.end)
    return Field(name.of(text), name, value.of(text), value, span, style, in_list)


def _bare(text: str) -> str:
    return text.strip("*_`: \t")
