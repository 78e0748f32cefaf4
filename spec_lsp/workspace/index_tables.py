"""The tables of the index: which files have which key."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from spec_lsp.workspace import index_keys

if TYPE_CHECKING:
    from spec_lsp.workspace.index_keys import IndexKeys

# Paths by key; a dictionary serves as a set that preserves the order.
Table = dict[str, dict[str, None]]


class Tables:
    """The paths by index key and by folder."""

    def __init__(self) -> None:
        self.own: Table = defaultdict(dict)
        self.inner: Table = defaultdict(dict)
        self.mentioned: Table = defaultdict(dict)
        self.linked: Table = defaultdict(dict)
        self.carried: Table = defaultdict(dict)
        self.shaped: Table = defaultdict(dict)
        self.folders: Table = defaultdict(dict)
        # In the order of the keys in `IndexKeys`.
        self._rows = (
            self.own,
            self.inner,
            self.mentioned,
            self.linked,
            self.carried,
            self.shaped,
        )

    def add(self, path: str, keys: IndexKeys) -> None:
        """Add a file."""
        for table, row in zip(self._rows, keys, strict=True):
            for key in row:
                table[key][path] = None
        inner = path
        for folder in index_keys.folders(path):
            siblings = self.folders[folder]
            if inner in siblings:
                break
            siblings[inner] = None
            inner = folder

    def drop(self, path: str, keys: IndexKeys) -> None:
        """Remove a file."""
        for table, row in zip(self._rows, keys, strict=True):
            for key in row:
                _drop(table, key, path)
        inner = path
        for folder in index_keys.folders(path):
            _drop(self.folders, folder, inner)
            if folder in self.folders:
                break
            inner = folder


def _drop(table: Table, key: str, path: str) -> None:
    paths = table[key]
    del paths[path]
    if not paths:
        del table[key]
