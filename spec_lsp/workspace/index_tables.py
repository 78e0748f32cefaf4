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
_GAP = 2  # from one number of a series to the next; documents that were removed leave gaps
_DIGITS = 18  # of a number that is compared


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
        self.shaped: Table = defaultdict(dict)
        self.slugs: Table = defaultdict(dict)
        self.folders: Table = defaultdict(dict)
        # How many mentioned IDs with a prefix no file defines or names.
        self.open: Counter[str] = Counter()
        # How many documents have which number of a prefix, and how many numbers follow another.
        self.numbers: dict[str, Counter[int]] = defaultdict(Counter)
        self.following: Counter[str] = Counter()
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
            self.shaped,
            self.slugs,
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
                self._count_number(prefix_of(key), int(number[:_DIGITS]), by)

    def _count_number(self, prefix: str, number: int, by: int) -> None:
        numbers = self.numbers[prefix]
        near = range(number, number + _GAP + 1)
        self.following[prefix] -= sum(_follows(numbers, each) for each in near)
        numbers[number] += by
        if not numbers[number]:
            del numbers[number]
        self.following[prefix] += sum(_follows(numbers, each) for each in near)


def _follows(numbers: Counter[int], number: int) -> bool:
    return number in numbers and any(number - gap in numbers for gap in range(1, _GAP + 1))


def _drop(table: Table, key: str, path: str) -> None:
    paths = table[key]
    del paths[path]
    if not paths:
        del table[key]
