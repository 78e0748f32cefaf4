"""Incremental parsing: after an edit, only the edited part of a document is parsed again.

Headings split a text into chunks, blank lines split a chunk into parts. A part is parsed together
with the line below it, which shows whether all its blocks are closed. If not, an open fence or
comment may reach further: then the chunk is parsed, and if that fails, the whole text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.markdown.blocks.markdown_it import blocks, first_blocks
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.front_matter import matter_span, may_open_matter
from spec_lsp.markdown.split import cut
from spec_lsp.text import Span, line_count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import Block
    from spec_lsp.text import Edit


def patched(document: Document, edit: Edit, text: str) -> Document | None:
    """The document after an edit, or None if the chunks it touches cannot be parsed alone."""
    if may_open_matter(document.text) and not document.chunks[0].matter:
        return None
    first, last = _touched(document, edit)
    begin, end = document.starts[first], document.starts[last + 1]
    new = text[begin : end + len(text) - len(document.text)]
    below = "".join(chunk.first_line for chunk in document.chunks[last + 1 : last + 2])
    found = None
    if first == last:
        found = _read_part(document.chunks[first], edit.span.shift(-begin), new, below)
    if found is None:
        found = _read_chunk(new, below, is_first=first == 0)
    # A heading stops being one if the next line turns both into a table.
    if found is None or (first and found[0].kind != "heading"):
        return None
    fresh = cut(new, found, is_first=first == 0)
    stale = document.chunks[first : last + 1]
    return Document(
        document.path,
        text,
        (*document.chunks[:first], *fresh, *document.chunks[last + 1 :]),
        rows=document.rows,
        known_outline=document.outline if _headings(fresh) == _headings(stale) else None,
    )


def _headings(chunks: Iterable[Chunk]) -> list[tuple[int, str]]:
    return [(chunk.level, chunk.title) for chunk in chunks]


def _touched(document: Document, edit: Edit) -> tuple[int, int]:
    """The first and the last chunk to parse again: those that the edit touches or may join.

    An edit at a heading may join its chunk to the previous one, an edit at the end of a chunk may
    join it to the next. An underlined heading begins as a paragraph, which may continue the chunk
    before it.
    """
    first = document.chunk_at(edit.span.start)
    last = document.chunk_at(edit.span.end)
    if first and edit.span.start <= document.sections[first].body_span.start:
        first -= 1
    while last + 1 < len(document.chunks) and _is_underlined(document.chunks[last + 1]):
        last += 1
    return first, last


def _is_underlined(chunk: Chunk) -> bool:
    return bool(chunk.blocks) and chunk.blocks[0].info in ("=", "-")


def _read_chunk(text: str, below: str, *, is_first: bool) -> list[Block] | None:
    """The blocks of changed chunks, or None if the heading `below` them stops being one."""
    if is_first and may_open_matter(text) and not matter_span(text):
        return None
    return _read_above(below, text, is_first=is_first)


def _read_part(chunk: Chunk, edited: Span, text: str, below: str) -> list[Block] | None:
    """The blocks of a changed chunk, of which only the part around the edit is parsed again.

    The part begins with a block whose first line is unchanged, and ends after a blank line that is
    unchanged.
    """
    before, after = chunk.lines.line_of(edited.start), chunk.lines.line_of(edited.end)
    alone = [index for index, block in enumerate(chunk.blocks) if _stands_alone(chunk, block)]
    first = max((i for i in alone if chunk.blocks[i].line < before), default=None)
    last = min((i for i in alone if chunk.blocks[i].line - 1 > after), default=len(chunk.blocks))
    if first is None:
        return None
    line, end = chunk.blocks[first].line, len(chunk.lines.starts)
    if last < len(chunk.blocks):
        end = chunk.blocks[last].line
        below = chunk.lines.line_span(end).of(chunk.text)
    starts = (*chunk.lines.starts, len(chunk.text))
    part = text[starts[line] : starts[end] + len(text) - len(chunk.text)]
    found = _read_above(below, part, is_first=chunk.is_first and not line)
    if found is None:
        return None
    more_lines = line_count(text) - chunk.line_count
    return [
        *chunk.blocks[:first],
        *(block.shift(line) for block in found),
        *(block.shift(more_lines) for block in chunk.blocks[last:]),
    ]


def _stands_alone(chunk: Chunk, block: Block) -> bool:
    """Whether a block begins whatever precedes it: after a blank line, or at the top.

    List items and indented code may continue a list above the blank line.
    """
    if block.depth or block.kind in ("item", "code"):
        return False
    return not block.line or not chunk.lines.line_span(block.line - 1).of(chunk.text).strip(" \t")


def _read_above(below: str, text: str, *, is_first: bool) -> list[Block] | None:
    """The blocks of a text, or None if they would include the line `below` it."""
    found = first_blocks(text + below) if is_first else blocks(text + below)
    if not below:
        return found
    own = [block for block in found if block.line < line_count(text)]
    rest = found[len(own) :]
    return own if rest and not rest[0].depth else None
