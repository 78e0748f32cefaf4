"""Open documents seen through their templates, worked out once a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.template.match.rebind import has_same_outline, rebound

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec_lsp.markdown.document import Document
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.workspace.settings import Settings


class Bindings:
    """The newest binding of each open document; what an edit leaves of the one before is kept."""

    def __init__(self, bind: Callable[[Document], Binding | None]) -> None:
        self._bind = bind
        self._newest: dict[str, tuple[Document, Settings, Binding | None]] = {}

    def of(self, document: Document, settings: Settings) -> Binding | None:
        """A document seen through its template, which follows from the settings."""
        before, known, binding = self._newest.get(document.path, (None, None, None))
        if known is not settings:
            before = None
        if before is document:
            return binding
        if before and has_same_outline(before, document):
            binding = binding and rebound(binding, document)
        else:
            binding = self._bind(document)
        self._newest[document.path] = document, settings, binding
        return binding

    def forget(self, path: str) -> None:
        """A document was closed."""
        self._newest.pop(path, None)
