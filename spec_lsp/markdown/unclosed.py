"""What a document leaves open at its end: a fence, a comment or another HTML block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Block

_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})")
_TAG = r"script|pre|style|textarea"
# The HTML blocks that do not end at a blank line, and what ends them.
_HTML = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE), closing)
    for start, end, closing in (
        (rf"[ \t]*<({_TAG})(?=\s|>|\Z)", rf"</(?:{_TAG})>", r"</\1>"),
        (r"[ \t]*<!--", r"-->", r"-->"),
        (r"[ \t]*<\?", r"\?>", r"?>"),
        (r"[ \t]*<!\[CDATA\[", r"\]\]>", r"]]>"),
        (r"[ \t]*<![A-Z]", r">", r">"),
    )
)


class Unclosed(NamedTuple):
    """A block that runs to the end of a document: where it starts, and the line that closes it."""

    start: int
    closing: str


def unclosed(document: Document) -> Unclosed | None:
    """The block that would swallow whatever is added at the end of a document.

    One inside a list or a quote ends with that.
    """
    section = document.sections[-1]
    block = section.chunk.blocks[-1] if section.chunk.blocks else None
    if not block or block.depth:
        return None
    find = {"fence": _fence_end, "html": _html_end}.get(block.kind)
    closing = find(section.chunk, block) if find else ""
    return (
        Unclosed(section.start + section.chunk.span_of(block).start, closing) if closing else None
    )


def _fence_end(chunk: Chunk, block: Block) -> str:
    first, *others = (line.of(chunk.plain) for line in chunk.lines_of(block))
    opening = _FENCE.match(first)
    if not opening:
        return ""
    mark = opening["mark"]
    end = re.compile(rf" {{0,3}}{mark}{mark[0]}*[ \t]*")
    return "" if others and end.fullmatch(others[-1]) else mark


def _html_end(chunk: Chunk, block: Block) -> str:
    text = chunk.span_of(block).of(chunk.plain)
    for start, end, closing in _HTML:
        if opening := start.match(text):
            return "" if end.search(text) else opening.expand(closing)
    return ""
