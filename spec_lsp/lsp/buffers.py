"""Open files with the text of the client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.storage.folder import Folder
from spec_lsp.text import Edit, Encoding, Position, Span


@dataclass(frozen=True)
class TextChange:
    """A change from the client; without a range it replaces the whole text."""

    text: str
    start: Position | None = None
    end: Position | None = None


@dataclass
class Buffer:
    """An open file with the text of the editor, saved or not."""

    uri: str
    version: int | None
    folder: Folder
    document: Document

    @property
    def path(self) -> str:
        """The path in the folder; the URI if it has no path."""
        return self.document.path


def changed(document: Document, changes: Sequence[TextChange], encoding: Encoding) -> Document:
    """Apply changes in order; each refers to the text after the previous one."""
    for change in changes:
        if change.start is None or change.end is None:
            document = parse(document.path, change.text)
        else:
            start = document.offset(change.start, encoding)
            end = max(start, document.offset(change.end, encoding))
            document = reparse(document, Edit(Span(start, end), change.text))
    return document
