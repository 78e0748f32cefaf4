"""From text to document, whole or after an edit.

Top-level headings cut a text into chunks. After an edit only the chunks that it touches are parsed
again, together with the heading below them, which shows whether they close cleanly. When they do
not, an open fence or comment may reach on, and everything is parsed.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from spec_lsp.markdown.blocks import TooIntricateError, blocks
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.matter import matter_span
from spec_lsp.text import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.nodes import Block
    from spec_lsp.text import Edit

LONGEST = 1_000_000


def parse(path: str, text: str) -> Document:
    """Read a text; every text is a document.

    What is longer or more intricate than anything people write is kept, but not looked into.
    """
    with suppress(TooIntricateError):
        if len(text) <= LONGEST:
            return Document(path, text, (*_cut(text, _read(text, is_first=True), is_first=True),))
    return Document(path, text, (Chunk(text, (), is_first=True, is_closed=True),), is_whole=False)


def reparse(document: Document, edit: Edit) -> Document:
    """The document after one edit; equal to parsing the new text from the start."""
    span = edit.span
    text = document.text[: span.start] + edit.text + document.text[span.end :]
    patched = None
    with suppress(TooIntricateError):
        if document.is_whole and len(text) <= LONGEST:
            patched = _patched(document, edit, text)
    return patched or parse(document.path, text)


def _patched(document: Document, edit: Edit, text: str) -> Document | None:
    """The document after an edit, or None when what it touches cannot be read by itself."""
    first, last = _touched(document, edit)
    if first and _may_gain_matter(document):
        return None
    begin, end = document.sections[first].start, document.sections[last].end
    stretch = text[begin : end + len(text) - len(document.text)]
    below = "".join(chunk.first_line for chunk in document.chunks[last + 1 : last + 2])
    fresh = _reread(stretch, below, is_first=first == 0)
    if fresh is None:
        return None
    chunks = (*document.chunks[:first], *fresh, *document.chunks[last + 1 :])
    return Document(document.path, text, chunks, kept=document.sections[:first])


def _may_gain_matter(document: Document) -> bool:
    """Whether the text opens front matter that nothing closes yet: any later line could."""
    return document.text.startswith(("---", "\ufeff---")) and document.chunks[0].matter is None


def _touched(document: Document, edit: Edit) -> tuple[int, int]:
    """The chunks to read again: those the edit touches, and what they may merge with.

    An edit at a heading may join its chunk to the one before; a heading underlined with `===`
    begins with a paragraph, which the chunk before could swallow.
    """
    first = document.section_at(edit.span.start).index
    last = max(document.section_at(edit.span.end).index, first)
    section = document.sections[first]
    heading = section.heading
    if first and (not heading or edit.span.start <= heading.span.end):
        first -= 1
    while last + 1 < len(document.chunks) and _is_setext(document.chunks[last + 1]):
        last += 1
    while first and _is_setext(document.chunks[first]):
        first -= 1
    return first, last


def _is_setext(chunk: Chunk) -> bool:
    return bool(chunk.blocks) and chunk.blocks[0].info in ("=", "-")


def _reread(text: str, below: str, *, is_first: bool) -> tuple[Chunk, ...] | None:
    """The chunks of a changed stretch, or None when it does not stand by itself.

    It does when it begins with a heading, and the heading line `below` it stays one.
    """
    if is_first and text.startswith(("---", "\ufeff---")) and matter_span(text) is None:
        return None
    if below and not text.endswith(("\n", "\r")):
        return None
    found = _read(text + below, is_first=is_first)
    if below and not (found and _heads_section(found.pop(), len(line_starts(text)) - 1)):
        return None
    if not is_first and not (found and _heads_section(found[0], 0)):
        return None
    return (*_cut(text, found, is_first=is_first),)


def _heads_section(block: Block, line: int) -> bool:
    return block.kind == "heading" and not block.depth and block.line == line


def _read(text: str, *, is_first: bool) -> list[Block]:
    """The blocks of a text; to a document's first, front matter is as good as blank lines."""
    if not is_first:
        return blocks(text)
    matter = matter_span(text)
    if not matter:
        return blocks(text.removeprefix("\ufeff"))
    return blocks("\n" * (len(line_starts(text[: matter.end])) - 1) + text[matter.end :])


def _cut(text: str, found: list[Block], *, is_first: bool) -> Iterator[Chunk]:
    """Divide a text at its top-level headings; what precedes the first is a chunk of its own."""
    heads = [
        index for index, block in enumerate(found) if block.kind == "heading" and not block.depth
    ]
    begins_with_heading = heads[:1] == [0] and not found[0].line
    firsts = heads if begins_with_heading else [0, *heads]
    starts = (*line_starts(text), len(text))
    lines = [0, *(found[index].line for index in firsts[1:]), len(starts) - 1]
    for part, (line, end) in zip(pairwise((*firsts, len(found))), pairwise(lines), strict=True):
        own = tuple(block.shift(-line) for block in found[slice(*part)])
        yield Chunk(text[starts[line] : starts[end]], own, is_first=is_first and not line)
