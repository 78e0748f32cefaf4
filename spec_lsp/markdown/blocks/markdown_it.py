"""Classify lines with markdown-it, the complete parser; only this module knows markdown-it.

Nearly all lines are plain, and `scan` classifies them many times faster. Where `scan` is unsure,
markdown-it parses from the heading above to the next heading that stays one; together both find
exactly the blocks that markdown-it alone finds in the whole text.

Only the block rules of markdown-it run, because block tokens carry line numbers and inline tokens
carry no positions. The expressions in the other modules of `markdown` find inline content.
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
# Limit in steps per line: real documents need at most four, and one for each mark of a nested list.
_STEPS_PER_LINE = 20
# Limit in doubtful parts per text: with more, scanning on takes longer than a complete parse.
_MOST_DOUBTS = 50
# A heading without a bar cannot be the header of a table.
_HEADING = re.compile(r"^#{1,6} [^\n|]*\n", re.MULTILINE)


class TooIntricateError(Exception):
    """Parsing a text would take time that grows with the square of its length."""


def blocks(text: str) -> list[Block]:
    """The blocks of a text in order, containers before their content."""
    return [Block(*row) for row in rows(text)]


def rows(text: str) -> list[BlockRow]:
    """The blocks of a text as plain tuples."""
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
    """The blocks of a document's first chunks; front matter is treated as blank lines."""
    return [Block(*row) for row in first_rows(text)]


def first_rows(text: str) -> list[BlockRow]:
    """The blocks of a document's first chunks as plain tuples."""
    matter = matter_span(text)
    if not matter:
        return rows(text.removeprefix("\ufeff"))
    return rows("\n" * line_count(text[: matter.end]) + text[matter.end :])


def full_blocks(text: str) -> list[Block]:
    """The blocks of a text, parsed by markdown-it alone."""
    text = _with_plain_lines(text)
    steps = _STEPS_PER_LINE * (line_count(text) + 1) + len(text)
    return list(_blocks(_parser().parse(text, {"steps": steps})))


def _with_plain_lines(text: str) -> str:
    """The text as markdown-it reads it: a line feed ends each line, no blanks end the text."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.endswith("\n"):
        return text
    text = text.rstrip(" \t")
    return text + "\n" if text and not text.endswith("\n") else text


def _read_doubtful(text: str, start: int) -> tuple[list[Block], int]:
    """The blocks up to the next heading, if it stays one, else up to the end; and their end."""
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
    """Count the steps of a parse: a rule that runs before all others and never applies."""
    state.env["steps"] -= 1
    if state.env["steps"] < 0:
        raise TooIntricateError
    return False


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    """The blocks of tokens; `depth` is the number of lists and quotes around a block."""
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
