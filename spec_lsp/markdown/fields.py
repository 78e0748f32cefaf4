"""Fields: a label and its value, in the many ways people write them.

`**F**: v`, `**F:** v`, `- F: v`, `> **F:** v`, several on one line, plain `F: v` lines in a header
block, and the rows of a two-column table there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field, Table
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARGIN = r"[ \t]*(?:>[ \t]?)*[ \t]*(?P<list>(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<box>\[[ xX]\][ \t]+)?"
_BOLD = r"(?P<mark>\*\*|__)(?P<name>[^*_:\n][^*:\n]{0,79}?)(?::(?P=mark)|(?P=mark)[ \t]*:)"
_FIRST = re.compile(rf"{_MARGIN}(?:{_BOLD})")
_NEXT = re.compile(rf"(?<=[\s|,;·•(-]){_BOLD}")
_PLAIN = re.compile(
    rf"{_MARGIN}(?P<mark>)"
    r"(?P<name>\[[^\[\]\n]{1,60}\]|[A-Za-z][^*:\n`|<>{}\[\]]{0,47}?)[ \t]?:(?=[ \t]|$)"
)
_TAIL = re.compile(r"[ \t]*(?:[|·•;,–—-][ \t]*)?$")
_PLAIN_WORDS = 5
_TABLE_HEADS = {"field", "key", "property", "attribute", "item", "name", "metadata", "info", ""}


def line_fields(line: str, start: int, *, is_header: bool) -> tuple[Field, ...]:
    """The fields of one line that begins at `start`.

    A plain label counts in a list; elsewhere only where the caller knows of a header block.
    """
    if ":" not in line:
        return ()
    bold = _FIRST.match(line)
    if bold:
        heads = [bold, *_NEXT.finditer(line, bold.end())]
        ends = [head.start("mark") for head in heads[1:]] + [len(line)]
        return tuple(_field(line, start, *pair) for pair in zip(heads, ends, strict=True))
    plain = _PLAIN.match(line)
    if not plain or plain["box"] or len(plain["name"].split()) > _PLAIN_WORDS:
        return ()
    if not plain["list"] and not is_header:
        return ()
    return (_field(line, start, plain, len(line)),)


def is_plain_field(line: str) -> bool:
    """Whether a line without marks reads as `Label: value`."""
    match = _PLAIN.match(line)
    return match is not None and len(match["name"].split()) <= _PLAIN_WORDS


def row_fields(table: Table) -> Iterator[Field]:
    """The rows of a two-column table as fields."""
    if len(table.header) != 2:
        return
    rows = table.rows
    if _bare(table.header[0].text).casefold() not in _TABLE_HEADS:
        rows = (table.header, *rows)
    for row in rows:
        if len(row) == 2 and _bare(row[0].text):
            label, value = row
            name = _bare(label.text)
            at = label.span.start + label.text.find(name)
            name_span = Span(at, at + len(name))
            whole = Span(label.span.start, value.span.end)
            yield Field(name, name_span, value.text, value.span, whole, "row")


def _field(line: str, start: int, head: re.Match[str], end: int) -> Field:
    text = line[head.end() : end]
    is_last = end == len(line)
    value = text.rstrip() if is_last else _TAIL.sub("", text, count=1)
    if is_last and value.endswith("\\"):
        value = value[:-1].rstrip()
    lead = len(value) - len(value.lstrip())
    value_start = start + head.end() + lead
    value = value.lstrip()
    mark = head.start("mark") if head["mark"] else head.start("name")
    name = head["name"].strip()
    name_start = start + head.start("name") + head["name"].find(name)
    if not value:
        value_start = start + head.end()
    value_end = value_start + len(value)
    return Field(
        name=name,
        name_span=Span(name_start, name_start + len(name)),
        value=value,
        value_span=Span(value_start, value_end),
        span=Span(start + mark, value_end),
        style="bold" if head["mark"] else "plain",
        in_list=bool(head.groupdict().get("list")),
    )


def _bare(text: str) -> str:
    return text.strip("*_`: \t")
