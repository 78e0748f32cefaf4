"""The findings inside files: packed for closed ones, which are re-read for their fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.diagnose import RuleFinding
from spec_lsp.rules.engine.packed_findings import Fixers, LastFixers, unpack_found
from spec_lsp.storage.texts import Texts
from spec_lsp.workspace.packed import NOTHING

Find = Callable[[Document, str], tuple[RuleFinding, ...]]


class ClosedFindings:
    """The findings inside each file.

    `find` runs the rules on a document; for a fix in a closed file, one rule again, by its code.
    """

    def __init__(self, texts: Texts, find: Find) -> None:
        self._texts = texts
        self._find = find
        self._packed: dict[str, bytes] = {}
        self._open: dict[str, tuple[Document, tuple[RuleFinding, ...]]] = {}
        self._last = LastFixers()

    def put(self, path: str, packed: bytes) -> None:
        """Set the packed findings inside a closed file."""
        self.drop(path)
        self._packed[path] = packed

    def drop(self, path: str) -> None:
        """Remove a file that is opened, closed or deleted."""
        self._open.pop(path, None)
        self._packed.pop(path, None)

    def of(self, path: str) -> Iterable[RuleFinding]:
        """The findings inside a file; those of an open one are cached until its next version."""
        if document := self._texts.open.get(path):
            known, found = self._open.get(path, (None, ()))
            return found if known is document else self.renew(document)
        return unpack_found(self._packed.get(path, NOTHING), lambda code: self._again(path, code))

    def renew(self, document: Document) -> tuple[RuleFinding, ...]:
        """Run the rules on an open file."""
        self.drop(document.path)
        found = self._find(document, "")
        self._open[document.path] = document, found
        return found

    def _again(self, path: str, code: str) -> Fixers:
        document = self._texts.document(path)
        if document is None:
            return {}
        return self._last.of(document, code, lambda: self._find(document, code))
