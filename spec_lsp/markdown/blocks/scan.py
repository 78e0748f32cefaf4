r"""Classify lines with a fast scanner, for the plain constructs that make up most documents.

One expression splits a text into tokens, most of them whole blocks: the start of a line decides its
kind, and its indentation decides which list items it belongs to. The scanner exists only for speed.
It leaves everything that is not plain to the complete parser, and agrees with it on all else.
"""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec_lsp.markdown.nodes import BlockKind, BlockRow

# A line that changes the kind of the line above it: a delimiter row, or an underline.
_UNDERLINE = r"[|:=-][-:|=\ \t]*+\n"
_DELIMITER = r":?+-++:?+\ *+"
_DELIMITERS = rf"(?=[^\n]{{2}})(?!-\ )\|?+\ *+{_DELIMITER}(?>(?:\|\ *+{_DELIMITER})*)\|?+\ *+\n"
_MARKER = r"(?:[-+*]|[0-9]{1,9}+[.)])"
# The definition of a link on one line, unless a title continues it on the next line.
_DEFINITION = r"""
    \[(?=[^\n\]]*[A-Za-z0-9])[^\[\]\\\n]++\]:\ *+(?:https?://)?[A-Za-z0-9_.\#/\[\]-]++[\ \t]*+\n
    (?![\ \t]*+["'(])
"""
# Other text that may be a link definition: words after its target could only be a title.
_LABEL = r"\[(?>(?:[^\[\]\\]|\\[\s\S]?)*)\]:(?!\ *+[^\s\\<][^\s\\]*+\ ++[^\s\"'(])"
# Starts of lines that may be more than a continuation of a paragraph.
_NEW = rf"""
    [\t\n|>\#=<] | -[-:|] | {_MARKER}[\ \t\n] | \*\*[\ \t]*+\* | _[\ \t]*+_[\ \t]*+_
    | ``` | ~~~ | :[-:|\ \t]*+\n
"""
# Starts of lines that are plain text, unless a bar makes them a table.
_WORDS = r"(?: [^\s\d|>\#=<+*_`~:\[-] | \*\*[^\s*] | `[^`\n] | \[[\ xX~-]\]\  )"
_TOKEN = re.compile(
    rf"""
    (\ *+)
    (?:
      (?P<blank> (?>(?:[\ \t]*+\n)+) )
    | (?=[^\n|]*+\|[^\n]*+\n\ *+{_UNDERLINE})
      (?: (?P<table> [|A-Za-z][^\n]*+\n\ *+{_DELIMITERS}(?>(?:\ *+\|[^\n]*+\n)*) ) | (?P<odd>) )
    | (?P<heading> (?P<mark>\#{{1,6}}+)(?![^\ \t\n])[^\n]*+\n )
    | (?P<rule> (?>(?:-[\ \t]*+){{3,}}|(?:\*[\ \t]*+){{3,}}|(?:_[\ \t]*+){{3,}})\n )
    | (?P<item> (?:[-+*]|(?P<number>[0-9]{{1,9}}+)[.)])\ {{1,4}}+(?![\ \t\n])
        (?P<words> {_WORDS}[^\n|]*+\n(?>(?:\ *+(?!{_NEW})[^\n]++\n)*) )? )
    | (?P<fence>
        (?P<open> (?P<char>[`~])(?>(?P=char){{2,}}) ) (?P<info> (?<=~)[^\n]*+|[^`\n]*+ ) \n
        (?>(?:(?!\ *+(?P=open)(?>(?P=char)*)[\ \t]*+\n)[^\n]*+\n)*)
        (?P<close> \ *+(?P=open)[^\n]*+\n )?
      )
    | (?P<comment> <!(?=--)[\s\S]*?-->[^\n]*+\n )
    | (?P<quote> >[^\n]*+\n(?>(?:\ *+>[^\n]*+\n)*)(?=[\ \t]*\n|\Z) )
    | (?P<definition> {_DEFINITION} )
    | (?P<unsure> \t | > | <[A-Za-z/!?] | {_MARKER}[\ \t\n] | {_UNDERLINE}
        | {_LABEL} )
    | (?P<text> [^\n]++\n(?>(?:\ *+(?!{_NEW})[^\n]++\n)*) )
    )
    """,
    re.VERBOSE,
)
_QUOTE_MARK = re.compile(r"^ *> ?", re.MULTILINE)

# Levels of nesting; beyond them the complete parser may stop.
_DEEPEST = 8
# Cells of a table; beyond them the complete parser stops too.
_MOST_CELLS = 60_000


class UnsureError(Exception):
    """The text has a construct that is not plain."""


def scan(text: str, start: int, line: int, found: list[BlockRow]) -> tuple[int, int]:
    """Append the blocks of a text to `found`; return the offset and the line after the last.

    These are the end of the text, or the start of a part that is not plain: `start`, or a top-level
    heading. Every line must end with a line feed.
    """
    scanner = _Scanner(text, line, found)
    scanner.place = start, line, len(found)
    try:
        scanner.read_from(start)
    except UnsureError:
        start, line, count = scanner.place
        del found[count:]
        return start, line
    return len(text), scanner.line


class _Scanner:
    """The state of the scanner: its position, and the open items."""

    def __init__(self, text: str, line: int, found: list[BlockRow], depth: int = 0) -> None:
        self.text = text
        self.line = line
        self.found = found
        self.depth = depth
        # The last top-level heading: its offset, its line, its index in `found`.
        self.place = 0, line, 0
        # For each open item the column of its content, its line, its number, its index in `found`.
        self.items: list[tuple[int, int, str, int]] = []
        # The column of the innermost item's content.
        self.column = 0
        # The column at which the content after a list marker begins; 0 at the start of a line.
        self.behind = 0
        # The kind of the previous token.
        self.above: str | None = None

    def read_from(self, start: int) -> None:
        """Scan to the end of the text."""
        text = self.text
        for match in _TOKEN.finditer(text, start):
            kind = match.lastgroup
            if kind == "blank":
                self.line += text.count("\n", *match.span())
            else:
                begin, content = match.span(1)
                indent, self.behind = self.behind or content - begin, 0
                _READ[kind](self, match, indent)
            # The words after a list marker may have been scanned with the marker.
            self.above = kind if kind != "item" or self.behind else "text"
        self.enter(-1)

    def enter(self, indent: int) -> None:
        """Close the items to which a block at this column does not belong."""
        while self.items and indent < self.column:
            _, line, number, place = self.items.pop()
            self.depth -= 1
            self.found[place] = ("item", line, self.line, self.depth, 0, number)
            self.column = self.items[-1][0] if self.items else 0
        if indent - self.column > 3:
            raise UnsureError

    def add(self, kind: BlockKind, lines: int, level: int = 0, info: str = "") -> None:
        end = self.line + lines
        self.found.append((kind, self.line, end, self.depth, level, info))
        self.line = end

    def unsure(self, _match: re.Match[str], _indent: int) -> None:
        raise UnsureError

    def text_lines(self, match: re.Match[str], indent: int) -> None:
        """Lines of a paragraph, or more of the one above if a line only resembled another block."""
        lines = self.text.count("\n", match.start(), match.end())
        if self.above == "text":
            self.line += lines
            kind, first, _, depth, level, info = self.found[-1]
            self.found[-1] = (kind, first, self.line, depth, level, info)
        elif self.above == "table":
            raise UnsureError
        else:
            if indent != self.column:
                self.enter(indent)
            self.add("paragraph", lines)

    def heading(self, match: re.Match[str], indent: int) -> None:
        self.enter(indent)
        if not self.depth:
            self.place = match.start(), self.line, len(self.found)
        mark = match["mark"]
        self.add("heading", 1, len(mark), mark)

    def rule(self, match: re.Match[str], indent: int) -> None:
        if self.above == "text" and indent >= self.column and match["rule"][0] == "-":
            raise UnsureError
        self.enter(indent)
        self.add("rule", 1)

    def item(self, match: re.Match[str], indent: int) -> None:
        """A list marker; content on its line is scanned like the start of a line, words at once."""
        number = match["number"] or ""
        if self.above == "text" and indent >= self.column and number not in ("", "1"):
            raise UnsureError
        self.enter(indent)
        if self.depth >= _DEEPEST:
            raise UnsureError
        words, end = match.span("words")
        self.column = indent + (match.end() if words < 0 else words) - match.end(1)
        self.items.append((self.column, self.line, number, len(self.found)))
        self.found.append(_OPEN_ITEM)
        self.depth += 1
        if words < 0:
            self.behind = self.column
        else:
            self.add("paragraph", self.text.count("\n", words, end))

    def definition(self, _match: re.Match[str], indent: int) -> None:
        """The definition of a link, which is not a block."""
        if self.above in ("text", "table"):
            raise UnsureError
        self.enter(indent)
        self.line += 1

    def table(self, match: re.Match[str], indent: int) -> None:
        rows = match["table"].split("\n")
        header = rows[0].rstrip(" \t")
        if self.above == "table" or header != header.rstrip():
            raise UnsureError
        if self.above == "text" and (indent < self.column or not header.strip("|:- \t")):
            raise UnsureError
        self.enter(indent)
        self.hold(rows[1:], 3)
        count = _cell_count(header.replace(r"\|", "x"))
        if count != _cell_count(rows[1].strip(" ")) or count * len(rows) > _MOST_CELLS:
            raise UnsureError
        self.add("table", len(rows) - 1)

    def fence(self, match: re.Match[str], indent: int) -> None:
        self.enter(indent)
        close = match["close"]
        if (self.depth and not close) or (close and _indent(close) - self.column > 3):
            raise UnsureError
        self.add_long("fence", match["fence"], match["info"].strip())

    def comment(self, match: re.Match[str], indent: int) -> None:
        self.enter(indent)
        self.add_long("html", match["comment"])

    def add_long(self, kind: BlockKind, text: str, info: str = "") -> None:
        if self.column:
            self.hold(text.split("\n")[1:])
        self.add(kind, text.count("\n"), 0, info)

    def quote(self, match: re.Match[str], indent: int) -> None:
        """A quote with a blank line below it; its content is scanned as a text of its own."""
        self.enter(indent)
        lines = match["quote"].split("\n")
        inner = _QUOTE_MARK.sub("", match["quote"])
        if self.depth >= _DEEPEST or not lines[-2].strip("> \t"):
            raise UnsureError
        self.hold(lines[1:], 3)
        scanner = _Scanner(inner, self.line, self.found, self.depth + 1)
        self.add("quote", len(lines) - 1)
        scanner.read_from(0)

    def hold(self, lines: list[str], most: float = inf) -> None:
        """Check that lines belong to the innermost item and are indented by at most `most`."""
        for line in lines:
            if line.strip(" \t") and not 0 <= _indent(line) - self.column <= most:
                raise UnsureError


_OPEN_ITEM: BlockRow = ("item", 0, 0, 0, 0, "")
_READ: dict[str | None, Callable[[_Scanner, re.Match[str], int], None]] = {
    "text": _Scanner.text_lines,
    "heading": _Scanner.heading,
    "rule": _Scanner.rule,
    "item": _Scanner.item,
    "definition": _Scanner.definition,
    "table": _Scanner.table,
    "fence": _Scanner.fence,
    "comment": _Scanner.comment,
    "quote": _Scanner.quote,
    "unsure": _Scanner.unsure,
    "odd": _Scanner.unsure,
}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _cell_count(row: str) -> int:
    return row.count("|") + 1 - row.startswith("|") - row.endswith("|")
