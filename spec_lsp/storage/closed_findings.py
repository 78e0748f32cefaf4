"""Packed findings inside closed files. A file is re-read for the fixes of its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.diagnose import RuleFinding
from spec_lsp.rules.engine.packed_findings import unpack_found
from spec_lsp.storage.texts import Texts
from spec_lsp.workspace.packed import NOTHING

Find = Callable[[Document], tuple[RuleFinding, ...]]


class ClosedFindings:
    """The findings inside each closed file. `find` runs the rules again, for the fixes."""

    def __init__(self, texts: Texts, find: Find) -> None:
        self._texts = texts
        self._find = find
        self._packed: dict[str, bytes] = {}
        self._last: tuple[Document, tuple[RuleFinding, ...]] | None = None

    def put(self, path: str, packed: bytes) -> None:
        """Set the packed findings inside a file."""
        self._packed[path] = packed

    def drop(self, path: str) -> None:
        """Remove a file that is open now, or deleted."""
        self._packed.pop(path, None)

    def of(self, path: str) -> Iterable[RuleFinding]:
        """The findings inside a file."""
        return unpack_found(self._packed.get(path, NOTHING), lambda: self._again(path))

    def _again(self, path: str) -> tuple[RuleFinding, ...]:
        document = self._texts.document(path)
        if document is None:
            return ()
        if not self._last or self._last[0] is not document:
            self._last = document, self._find(document)
        return self._last[1]
