"""A document after an edit, of which only what the edit touches is read again.

Headings cut a text into chunks, blank lines cut a chunk into parts. What is read again is read
together with the line below it, which shows whether it closes cleanly. When it does not, an open
fence or comment may reach on: then the whole chunk is read, and after that the whole text.
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
    """The document after an edit, or None when what it touches cannot be read by itself."""
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
    # A heading is none any more when the line below it makes a table of the two.
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
    """The first and the last chunk to read again: what the edit touches, and may join.

    An edit at a heading may join its chunk to the one before, and one at the end of a chunk to the
    one behind. An underlined heading begins with a paragraph, which the chunk before could swallow.
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
    """The blocks of changed chunks, if the heading `below` them stays one."""
    if is_first and may_open_matter(text) and not matter_span(text):
        return None
    return _read_above(below, text, is_first=is_first)


def _read_part(chunk: Chunk, edited: Span, text: str, below: str) -> list[Block] | None:
    """The blocks of a changed chunk, of which only the part around the edit is read again.

    The part begins with a block whose first line the edit leaves alone, and ends behind a blank
    line that it leaves alone.
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
    """Whether a block begins no matter what precedes it: behind a blank line, or at the top.

    List items and indented code may belong to what stands above the blank line.
    """
    if block.depth or block.kind in ("item", "code"):
        return False
    return not block.line or not chunk.lines.line_span(block.line - 1).of(chunk.text).strip(" \t")


def _read_above(below: str, text: str, *, is_first: bool) -> list[Block] | None:
    """The blocks of a text, or None when they would swallow the line `below` it."""
    found = first_blocks(text + below) if is_first else blocks(text + below)
    if not below:
        return found
    own = [block for block in found if block.line < line_count(text)]
    rest = found[len(own) :]
    return own if rest and not rest[0].depth else None
