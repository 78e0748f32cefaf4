"""A text cut into chunks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.nodes import Block
from spec_lsp.text import line_starts

if TYPE_CHECKING:
    from collections.abc import Sequence


def cut(text: str, blocks: Sequence[Block], *, is_first: bool) -> tuple[Chunk, ...]:
    """A text divided at its top-level headings; what precedes the first is a chunk of its own."""
    heads = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.depth]
    begins_with_heading = heads[:1] == [0] and not blocks[0].line
    firsts = heads if begins_with_heading else [0, *heads]
    starts = (*line_starts(text), len(text))
    lines = [0, *(blocks[index].line for index in firsts[1:]), len(starts) - 1]
    parts = zip(pairwise((*firsts, len(blocks))), pairwise(lines), strict=True)
    return tuple(
        Chunk(
            text[starts[line] : starts[end]],
            _shifted(blocks[slice(*part)], -line),
            is_first=is_first and not line,
        )
        for part, (line, end) in parts
    )


def _shifted(blocks: Sequence[Block], by: int) -> tuple[Block, ...]:
    """The blocks some lines further on; written out, since there are so many of them."""
    return tuple(
        [
            Block(kind, line + by, end + by, depth, level, info)
            for kind, line, end, depth, level, info in blocks
        ]
    )
