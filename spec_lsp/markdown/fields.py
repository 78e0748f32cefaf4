"""Fields: labels with values, in all notations that people use.

`**F**: v`, `**F:** v`, `- F: v`, `> **F:** v`, several on one line, and in the header also
`**F: v**`, blocks of plain `F: v` lines, and the rows of a two-column table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from spec_lsp.markdown.nodes import FieldStyle, Table
    from spec_lsp.text import LineIndex

_MARGIN = (
    r"[ \t]*(?:>[ \t]*)*(?P<list>(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?(?P<box>\[[ xX~-]\]\*?[ \t]+)?"
)
_BOLD = (
    r"(?P<mark>\*\*|__)(?P<name>[^*_:：\n][^*:：\n]{0,79}?)"
    r"(?:[:：](?P=mark)|(?P=mark)[ \t]*[:：])"
)
_PLAIN = (
    r"(?P<plain>\[[^\[\]\n]{1,60}\]|[^\W\d_][^*:：，。、\n`|<>{}\[\]]{0,47}+)"
    r"[ \t]?(?::(?=[ \t]|$)|：)"
)
_WHOLE = (
    r"(?P<whole>\*\*|__)(?P<label>[A-Za-z][^*_:\n]{0,47}):[ \t]+"
    r"(?P<inner>[^\s*][^*\n]{0,199}?)(?P=whole)"
)
_COLON = re.compile("[:：]")  # also the wide one of Chinese and Japanese
_FIRST = re.compile(rf"{_MARGIN}(?:{_BOLD}|{_PLAIN}|{_WHOLE})")
_NEXT = re.compile(rf"(?<=[\s|,;·•(-]){_BOLD}")
_SEPARATORS = tuple("|·•;,–—-")
_PLAIN_WORDS = 5  # most words in a plain label
_TABLE_HEADS = {"field", "key", "property", "attribute", "item", "name", "metadata", "info", ""}
# The second column of a table that lists things, such as `Version | Changes`.
_COLUMNS = {
    "author", "change", "changes", "comment", "comments", "date", "definition", "description",
    "details", "link", "meaning", "note", "notes", "person", "reason", "summary", "url",
}  # fmt: skip
# A line that ends the search below a label for its value.
_NO_VALUE = re.compile(r"[ \t>]*(?:#{1,6}(?:\s|$)|(?:-{3}|\*{3}|_{3})\s*$)")


def fields_of(
    text: str, start: int, lines: LineIndex, dead: Container[int], header: Container[int] | None
) -> Iterator[Field]:
    """The fields of a text from an offset on, outside of `dead` lines.

    A plain label counts in a list and in `header` lines only, and bold text with label and value
    counts if the text has a `header`. The value of a label with an empty rest of line is the block
    that follows, unless another field or the end follows.
    """
    colon = _COLON.search(text, start)
    while colon:
        begin, end = text.rfind("\n", 0, colon.start()) + 1, text.find("\n", colon.start())
        end = end if end >= 0 else len(text)
        first = _FIRST.match(text, begin, end)
        if first and (number := lines.line_of(begin)) not in dead:
            is_head = _is_head(first, number, header)
            for field in _line_fields(text, first, end) if is_head else ():
                is_block = not field.value and _has_value_below(text, lines, number, field, header)
                yield field._replace(is_block=True) if is_block else field
        colon = _COLON.search(text, end)


def is_plain_field(text: str, line: Span) -> bool:
    """Whether a line has the form `Label: value`, without marks."""
    first = _FIRST.match(text, *line)
    return first is not None and _is_label(first)


def row_fields(table: Table) -> Iterator[Field]:
    """The rows of a two-column table as fields."""
    if len(table.header) != 2:
        return
    rows = table.rows
    if _bare(table.header[0].text).casefold() not in _TABLE_HEADS:
        if _bare(table.header[1].text).casefold() in _COLUMNS:
            return
        rows = (table.header, *rows)
    for row in rows:
        if len(row) == 2 and (name := _bare(row[0].text)):
            label, value = row
            at = label.span.start + label.text.find(name)
            span = Span(label.span.start, value.span.end)
            yield Field(name, Span(at, at + len(name)), value.text, value.span, span, "row")


def _line_fields(text: str, first: re.Match[str], end: int) -> list[Field]:
    """The fields of a line that begins with a label and ends at `end`."""
    in_list = first["list"] is not None
    if first["whole"]:
        return [_whole_field(text, first, in_list=in_list)]
    found: list[Field] = []
    if first["mark"] and _may_go_on(text[first.end() : end]):
        for following in _NEXT.finditer(text, first.end(), end):
            found.append(_field(text, first, following.start(), in_list=in_list, is_last=False))
            first = following
    found.append(_field(text, first, end, in_list=in_list))
    return found


def _is_head(first: re.Match[str], number: int, header: Container[int] | None) -> bool:
    """Whether a label starts a field: plain labels do so in a list or a header block only."""
    if first["mark"]:
        return True
    if first["whole"]:
        return header is not None
    is_header = header is not None and number in header
    return (is_header or first["list"] is not None) and _is_label(first)


def _may_go_on(rest: str) -> bool:
    """A fast test whether another label may follow on a line, by its marks."""
    return "**" in rest or "__" in rest


def _is_label(first: re.Match[str]) -> bool:
    """Whether a match is a plain label rather than a sentence or a task."""
    plain = first["plain"]
    return plain is not None and not first["box"] and len(plain.split()) <= _PLAIN_WORDS


def _has_value_below(
    text: str, lines: LineIndex, number: int, field: Field, header: Container[int] | None
) -> bool:
    for below in range(number + 1, len(lines.starts)):
        line = lines.line_span(below)
        shown = line.of(text)
        if not shown.strip():
            continue
        if field.in_list:
            return shown[0].isspace()
        first = _FIRST.match(text, *line)
        is_field = first and not first["list"] and _is_head(first, below, header)
        return not is_field and not _NO_VALUE.match(shown)
    return False


def _field(
    text: str, head: re.Match[str], end: int, *, in_list: bool, is_last: bool = True
) -> Field:
    """The field of a label, whose value ends at the next label or the end of the line."""
    kind = "plain" if head["mark"] is None else "name"
    name, name_span = _trimmed(text, *head.span(kind))
    value, value_span = _trimmed(text, head.end(), end)
    # A backslash is a hard line break, and a separator precedes the next field on the line.
    if value.endswith("\\" if is_last else _SEPARATORS):
        value, value_span = _trimmed(text, value_span.start, value_span.end - 1)
    if not value:
        value_span = Span(head.end(), head.end())
    start = name_span.start if kind == "plain" else head.start("mark")
    span = Span(start, value_span.end)
    style: FieldStyle = "plain" if kind == "plain" else "bold"
    return Field(name, name_span, value, value_span, span, style, in_list)


def _whole_field(text: str, head: re.Match[str], *, in_list: bool) -> Field:
    """The field of bold text that holds both label and value: `**Owner: Ana**`."""
    name, name_span = _trimmed(text, *head.span("label"))
    value, value_span = _trimmed(text, *head.span("inner"))
    span = Span(head.start("whole"), head.end())
    return Field(name, name_span, value, value_span, span, "bold", in_list)


def _trimmed(text: str, start: int, end: int) -> tuple[str, Span]:
    """The text between two offsets without the blanks around it, and its span."""
    part = text[start:end]
    bare = part.strip()
    if len(bare) < len(part) and bare:
        start += len(part) - len(part.lstrip())
    return bare, Span(start, start + len(bare))


def _bare(text: str) -> str:
    return text.strip("*_`: \t")
