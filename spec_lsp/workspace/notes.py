"""What has been worked out of single entries, kept while they stand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec_lsp.workspace.entry import Entry

_Found = TypeVar("_Found")


class Notes:
    """Answers about entries, by subject and path."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, tuple[Entry, Any]]] = defaultdict(dict)

    def of(self, entry: Entry, subject: str, find: Callable[[Entry], _Found]) -> _Found:
        """What `find` answers of an entry; with another entry at its path it is asked anew."""
        known = self._known[subject]
        note = known.get(entry.path)
        if note is None or note[0] is not entry:
            note = known[entry.path] = (entry, find(entry))
        found: _Found = note[1]
        return found

    def forget(self, path: str) -> None:
        """Drop what was noted of a file."""
        for known in self._known.values():
            known.pop(path, None)
