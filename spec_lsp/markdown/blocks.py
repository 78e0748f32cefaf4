"""What kind of thing each line is: the one place that knows markdown-it.

Only block rules run, because block tokens carry line numbers and inline tokens carry no positions.
Everything inside a line is found by the small expressions of the other files in this room.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spec_lsp.markdown.matter import matter_span
from spec_lsp.markdown.nodes import Block
from spec_lsp.text import line_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from spec_lsp.markdown.nodes import BlockKind

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


class TooIntricateError(Exception):
    """Reading a text would take time that grows with the square of its length."""


def blocks(text: str) -> list[Block]:
    """The blocks of a text in order, containers before what they hold."""
    steps = _STEPS_PER_LINE * (line_count(text) + 1) + len(text)
    return list(_blocks(_parser().parse(text, {"steps": steps})))


def first_blocks(text: str) -> list[Block]:
    """The blocks of a document's first chunk; front matter is as good as blank lines to them."""
    matter = matter_span(text)
    if not matter:
        return blocks(text.removeprefix("\ufeff"))
    return blocks("\n" * line_count(text[: matter.end]) + text[matter.end :])


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
