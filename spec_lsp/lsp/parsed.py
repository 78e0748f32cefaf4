"""The closed files that were read and parsed last."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from spec_lsp.markdown import Document, parse

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = 64


class Parsed:
    """An LRU cache of documents, from which a change on the disk removes them."""

    def __init__(self, text_of: Callable[[str], str | None]) -> None:
        self._text_of = text_of
        self._documents: OrderedDict[str, Document] = OrderedDict()

    def of(self, path: str) -> Document | None:
        """A file as a document; None where it has no text."""
        known = self._documents.get(path)
        if known:
            self._documents.move_to_end(path)
            return known
        text = self._text_of(path)
        if text is None:
            return None
        document = self._documents[path] = parse(path, text)
        if len(self._documents) > _KEPT:
            self._documents.popitem(last=False)
        return document

    def forget(self, path: str) -> None:
        """A file may have changed."""
        self._documents.pop(path, None)

    def forget_all(self) -> None:
        """Any file may have changed."""
        self._documents.clear()
