"""What kind of thing each line is: the one place that knows markdown-it.

Nearly all lines are plain, and read by a scanner of our own, many times faster. Where it is not
sure, markdown-it reads from the heading above to the next heading that stays one; both together
find exactly what markdown-it alone finds in the whole text.

Only its block rules run, because block tokens carry line numbers and inline tokens carry no
positions. Everything inside a line is found by the small expressions of the other files here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from spec_lsp.markdown.blocks.scan import scan
from spec_lsp.markdown.front_matter import matter_span
from spec_lsp.markdown.nodes import Block
from spec_lsp.text import line_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from spec_lsp.markdown.nodes import BlockKind, BlockRow

_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "hr": "rule",
    "html_block": "html",
    "code_block": "code",
    "fence": "fence",
}
# Real documents need no more than four steps a line, and one for each mark of a nested list.
_STEPS_PER_LINE = 20
# A text of which more parts are in doubt is not worth scanning on.
_MOST_DOUBTS = 50
# Without a bar, it cannot be the header of a table.
_HEADING = re.compile(r"^#{1,6} [^\n|]*\n", re.MULTILINE)


class TooIntricateError(Exception):
    """Reading a text would take time that grows with the square of its length."""


def blocks(text: str) -> list[Block]:
    """The blocks of a text in order, containers before what they hold."""
    return [Block(*row) for row in rows(text)]


def rows(text: str) -> list[BlockRow]:
    """The same blocks as plain tuples."""
    text = _with_plain_lines(text)
    found: list[BlockRow] = []
    offset, line = scan(text, 0, 0, found)
    for _ in range(_MOST_DOUBTS):
        if offset == len(text):
            return found
        part, end = _read_doubtful(text, offset)
        found += (block.shift(line) for block in part)
        line += text.count("\n", offset, end)
        offset, line = scan(text, end, line, found)
    found += (block.shift(line) for block in full_blocks(text[offset:]))
    return found


def first_blocks(text: str) -> list[Block]:
    """The blocks of a document's first chunks; front matter is as good as blank lines to them."""
    return [Block(*row) for row in first_rows(text)]


def first_rows(text: str) -> list[BlockRow]:
    """The same blocks as plain tuples."""
    matter = matter_span(text)
    if not matter:
        return rows(text.removeprefix("\ufeff"))
    return rows("\n" * line_count(text[: matter.end]) + text[matter.end :])


def full_blocks(text: str) -> list[Block]:
    """The same blocks, all of them by markdown-it."""
    text = _with_plain_lines(text)
    steps = _STEPS_PER_LINE * (line_count(text) + 1) + len(text)
    return list(_blocks(_parser().parse(text, {"steps": steps})))


def _with_plain_lines(text: str) -> str:
    """The text as markdown-it sees it, each line with a line feed; blanks at its end are none."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.endswith("\n"):
        return text
    text = text.rstrip(" \t")
    return text + "\n" if text and not text.endswith("\n") else text


def _read_doubtful(text: str, start: int) -> tuple[list[Block], int]:
    """The blocks up to the next heading, if it stays one, or up to the end; and where that is."""
    heading = _HEADING.search(text, text.index("\n", start) + 1)
    if heading:
        found = full_blocks(text[start : heading.end()])
        last = found.pop()
        if last.kind == "heading" and not last.depth and last.info.startswith("#"):
            return found, heading.start()
    return full_blocks(text[start:]), len(text)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- a warm start reads entries and never parses.

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    everywhere = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", "steps", _count_steps, {"alt": everywhere})
    return parser


def _count_steps(state: StateBlock, *_: object) -> bool:
    """A rule that never applies: it is asked before all others, and counts how often."""
    state.env["steps"] -= 1
    if state.env["steps"] < 0:
        raise TooIntricateError
    return False


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    """Depth counts the lists and quotes around a block."""
    depth = 0
    for token in tokens:
        if token.type in ("list_item_close", "blockquote_close"):
            depth -= 1
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        level = int(token.tag[1]) if kind == "heading" else 0
        info = token.markup if kind == "heading" else token.info
        line, end = token.map
        yield Block(kind, line, end, depth, level, info.strip())
        if kind in ("item", "quote"):
            depth += 1
