"""The items of a list."""

from __future__ import annotations

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.nodes import Block, Item
from spec_lsp.markdown.section import Section


def siblings(chunk: Chunk, block: Block) -> list[Block]:
    """Return the items of an item's list, in order."""
    items = [each for each in chunk.blocks if each.kind == "item" and each.depth == block.depth]
    first = last = items.index(block)
    while first and items[first - 1].end == items[first].line:
        first -= 1
    while last + 1 < len(items) and items[last + 1].line == items[last].end:
        last += 1
    return items[first : last + 1]


def sibling_items(section: Section, item: Item) -> list[Item]:
    """Return the items of the list of a parsed item."""
    chunk = section.chunk
    by_line = {chunk.lines.line_of(each.span.start - section.start): each for each in section.items}
    line = chunk.lines.line_of(item.span.start - section.start)
    blocks = (each for each in chunk.blocks if each.kind == "item" and each.line == line)
    block = next((each for each in blocks if each.depth == item.depth), None)
    found = siblings(chunk, block) if block else []
    return [by_line[each.line] for each in found if each.line in by_line]
