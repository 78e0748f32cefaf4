"""Parse text into a document, whole or after an edit."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from spec_lsp.markdown.blocks.markdown_it import TooIntricateError, first_rows
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.incremental import patched
from spec_lsp.markdown.split import cut
from spec_lsp.text import LONGEST, apply

if TYPE_CHECKING:
    from spec_lsp.text import Edit


# Why such a text is not parsed.
TOO_MUCH = f"too long (limit: {LONGEST:,} characters), or nests too deeply"


def parse(path: str, text: str) -> Document:
    """Parse a text; every text is a document.

    A text longer than `LONGEST` (code points), or more intricate than anything people write,
    becomes one closed chunk in which nothing is found.
    """
    with suppress(TooIntricateError):
        if len(text) <= LONGEST:
            return Document(path, text, cut(text, first_rows(text), is_first=True))
    return Document(path, text, (Chunk(text, (), is_first=True, is_closed=True),), is_whole=False)


def reparse(document: Document, edit: Edit) -> Document:
    """The document after one edit; equal to parsing the new text from the start."""
    text = apply(document.text, [edit])
    changed = None
    with suppress(TooIntricateError):
        if document.is_whole and len(text) <= LONGEST:
            changed = patched(document, edit, text)
    return changed or parse(document.path, text)
