"""The tables of the index: which files have which key."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spec_lsp.identifiers import number_of, prefix_of
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
        self.headed: Table = defaultdict(dict)
        self.issued: Table = defaultdict(dict)
        self.shared: Table = defaultdict(dict)
        self.folders: Table = defaultdict(dict)
        # How many mentioned IDs with a prefix no file defines or names.
        self.open: Counter[str] = Counter()
        # How many IDs with a prefix have which number, rounded down to its first digit.
        self.sizes: dict[str, Counter[int]] = defaultdict(Counter)
        # In the order of the keys in `IndexKeys`.
        self._rows = (
            self.own,
            self.inner,
            self.mentioned,
            self.linked,
            self.carried,
            self.headed,
            self.issued,
            self.shared,
        )

    def add(self, path: str, keys: IndexKeys) -> None:
        """Add a file."""
        self._count(keys, -1)
        for table, row in zip(self._rows, keys, strict=True):
            for key in row:
                table[key][path] = None
        self._count(keys, 1)
        inner = path
        for folder in index_keys.folders(path):
            siblings = self.folders[folder]
            if inner in siblings:
                break
            siblings[inner] = None
            inner = folder

    def drop(self, path: str, keys: IndexKeys) -> None:
        """Remove a file."""
        self._count(keys, -1)
        for table, row in zip(self._rows, keys, strict=True):
            for key in row:
                _drop(table, key, path)
        self._count(keys, 1)
        inner = path
        for folder in index_keys.folders(path):
            _drop(self.folders, folder, inner)
            if folder in self.folders:
                break
            inner = folder

    def _count(self, keys: IndexKeys, by: int) -> None:
        """Add the keys of a file that are open to the counts, or subtract them."""
        for key in {*keys.own, *keys.mentioned, *keys.headed}:
            if key in self.mentioned and key not in self.own and key not in self.headed:
                self.open[prefix_of(key)] += by
        for key in keys.own:
            number = number_of(key).split(".")[0]
            if number and key in self.own:
                self.sizes[prefix_of(key)][int(number[0]) * 10 ** (len(number) - 1)] += by


def _drop(table: Table, key: str, path: str) -> None:
    paths = table[key]
    del paths[path]
    if not paths:
        del table[key]
