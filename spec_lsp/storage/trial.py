"""Texts that are tried in a folder, which is restored afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.storage.folder import Folder


@dataclass
class Trial:
    """The texts that a folder had open before they were changed."""

    folder: Folder
    opened: dict[str, Document | None] = field(default_factory=dict)

    def put(self, path: str, text: str) -> set[str]:
        """Set a text; return the paths whose diagnostics may have changed."""
        self._remember(path)
        return self.folder.edit(parse(path, text))

    def remove(self, path: str) -> None:
        """Remove a file."""
        self._remember(path)
        self.folder.remove(path)

    def restore(self) -> None:
        """Restore the text of each changed file."""
        for path, document in self.opened.items():
            if document:
                self.folder.edit(document)
            else:
                self.folder.close(path)

    def _remember(self, path: str) -> None:
        self.opened.setdefault(path, self.folder.texts.open.get(path))
