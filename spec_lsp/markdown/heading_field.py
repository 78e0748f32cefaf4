"""A section read as a field: its heading is the label, the line below it the value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field
from spec_lsp.text import Span

if TYPE_CHECKING:
    from spec_lsp.markdown.chunk import Chunk

# A list of choices goes on after a separator at the end of a line.
_BELOW = re.compile(r"[\s>]*+(?:[-*+][ \t]++)?(?P<value>(?:[^\n]*[,|/][ \t]*\n)*[^\n]*[^\s])")


def heading_field(chunk: Chunk) -> Field | None:
    """The heading as a label, with the line below it as the value, which may be empty.

    None if the section begins with a table, code or the like.
    """
    heading, text = chunk.heading, chunk.visible
    if not heading:
        return None
    blocks = (block for block in chunk.blocks[1:] if chunk.span_of(block).of(text).strip())
    first = next((block for block in blocks if block.kind not in ("item", "quote")), None)
    if first and first.kind != "paragraph":
        return None
    found = _BELOW.match(text, chunk.body_start) if first else None
    span = Span(*found.span("value")) if found else Span(chunk.body_start, chunk.body_start)
    note = chunk.comments[0].text.strip() if chunk.comments else ""
    name, whole = heading.text_span, Span(heading.text_span.start, span.end)
    more = bool(text[span.end :].strip("-*_ \t\n"))
    value = span.of(text)
    return Field(heading.text, name, value, span, whole, "heading", is_block=more, comment=note)
