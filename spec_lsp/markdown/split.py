"""Split a text into chunks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.nodes import Block
from spec_lsp.text import line_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spec_lsp.markdown.nodes import BlockRow


def cut(text: str, rows: Sequence[BlockRow], *, is_first: bool) -> tuple[Chunk, ...]:
    """Split a text at its top-level headings; the text before the first is a chunk of its own."""
    heads = [
        at for at, (kind, _, _, depth, *_) in enumerate(rows) if kind == "heading" and not depth
    ]
    begins_with_heading = heads[:1] == [0] and not rows[0][1]
    firsts = heads if begins_with_heading else [0, *heads]
    starts = (*line_starts(text), len(text))
    lines = [0, *(rows[index][1] for index in firsts[1:]), len(starts) - 1]
    parts = zip(pairwise((*firsts, len(rows))), pairwise(lines), strict=True)
    return tuple(
        Chunk(
            text[starts[line] : starts[end]],
            _blocks(rows[slice(*part)], line),
            is_first=is_first and not line,
        )
        for part, (line, end) in parts
    )


def _blocks(rows: Sequence[BlockRow], top: int) -> tuple[Block, ...]:
    """The blocks of a chunk, with lines counted from its first line.

    `tuple.__new__` is twice as fast as calling `Block`.
    """
    new = tuple.__new__
    return tuple(
        [
            new(Block, (kind, line - top, end - top, depth, level, info))
            for kind, line, end, depth, level, info in rows
        ]
    )
