"""Who defines, mentions and links to what, kept up to date entry by entry.

`put` and `remove` answer which other files may now be judged differently, so that a keystroke costs
what it changes and not what the workspace holds.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.workspace.entry import Defined, Entry, Mention, Reference


class Place(NamedTuple):
    """Something in a file."""

    path: str
    what: Defined


class Use(NamedTuple):
    """A mention or a link in a file."""

    path: str
    what: Mention | Reference


class Index:
    """The entries of a workspace and what can be asked of all of them together."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._own: dict[str, dict[str, None]] = defaultdict(dict)
        self._mentioned: dict[str, dict[str, None]] = defaultdict(dict)
        self._linked: dict[str, dict[str, None]] = defaultdict(dict)
        self._ids: list[tuple[str, str]] = []
        self._folders: dict[str, dict[str, None]] = defaultdict(dict)

    def put(self, entry: Entry) -> set[str]:
        """Add or replace an entry; the paths whose findings may have changed besides its own."""
        old = self.entries.get(entry.path)
        affected = self._touched(old, entry)
        if old:
            self._forget(old)
        self.entries[entry.path] = entry
        self._folders[posixpath.dirname(entry.path)][entry.path] = None
        for key in _own_keys(entry):
            self._own[key][entry.path] = None
            insort(self._ids, (key, entry.path))
        for key in _mentioned_keys(entry):
            self._mentioned[key][entry.path] = None
        for path in _linked_paths(entry):
            self._linked[path][entry.path] = None
        return affected - {entry.path}

    def remove(self, path: str) -> set[str]:
        """Take an entry out; the paths whose findings may have changed."""
        old = self.entries.pop(path, None)
        if not old:
            return set()
        affected = self._touched(old, None)
        self._forget(old)
        _drop(self._folders, posixpath.dirname(path), path)
        return affected - {path}

    def owners(self, key: str) -> list[Entry]:
        """The files that define an ID as known everywhere, in path order."""
        return [self.entries[path] for path in sorted(self._own.get(key, ()))]

    def definitions(self, key: str) -> Iterator[Place]:
        """Every place that defines an ID as known everywhere."""
        for entry in self.owners(key):
            for defined in entry.defined:
                if defined.is_own and defined.key == key:
                    yield Place(entry.path, defined)

    def inner(self, path: str, key: str) -> Iterator[Place]:
        """The places in one file that define an inner ID, such as FR-1."""
        entry = self.entries.get(path)
        for defined in entry.defined if entry else ():
            if defined.key == key and not defined.is_own:
                yield Place(path, defined)

    def mentions(self, key: str, owner: str = "") -> Iterator[Use]:
        """Every mention of an ID; with an owner, of that document's inner ID from outside."""
        for path in sorted(self._mentioned.get(key, ())):
            for mention in self.entries[path].mentions:
                if mention.key == key and (not owner or mention.owner == owner):
                    yield Use(path, mention)

    def links(self, path: str) -> Iterator[Use]:
        """Every link from other files to a file."""
        for source in sorted(self._linked.get(path, ())):
            for reference in self.entries[source].references:
                if reference.path == path and source != path:
                    yield Use(source, reference)

    def referrers(self, path: str) -> set[str]:
        """The files that mention a file's own IDs or link to it."""
        entry = self.entries.get(path)
        found = set(self._linked.get(path, ()))
        for key in _own_keys(entry) if entry else ():
            found.update(self._mentioned.get(key, ()))
        return found - {path}

    def folder(self, path: str) -> list[str]:
        """The files right inside a folder."""
        return sorted(self._folders.get(path, ()))

    def ids(self, prefix: str = "") -> Iterator[tuple[str, str]]:
        """The keys of all documents' IDs that begin with a prefix, in order, with their paths."""
        folded = prefix.casefold()
        for key, path in self._ids[bisect_left(self._ids, (folded, "")) :]:
            if not key.startswith(folded):
                return
            yield key, path

    def _touched(self, old: Entry | None, new: Entry | None) -> set[str]:
        """Who looks at something that differs between two versions of an entry."""
        path = (old or new).path  # type: ignore[union-attr]
        affected: set[str] = set()
        if _face(old) != _face(new):
            affected.update(self._linked.get(path, ()))
            for key in {*_own_keys(old), *_own_keys(new)}:
                affected.update(self._mentioned.get(key, ()))
                affected.update(self._own.get(key, ()))
        if _outgoing(old) != _outgoing(new):
            # What a file refers to may become, or cease to be, an orphan or part of a cycle.
            for key in {*_mentioned_keys(old), *_mentioned_keys(new)}:
                affected.update(self._own.get(key, ()))
        return affected

    def _forget(self, entry: Entry) -> None:
        for key in _own_keys(entry):
            _drop(self._own, key, entry.path)
            at = bisect_left(self._ids, (key, entry.path))
            if at < len(self._ids) and self._ids[at] == (key, entry.path):
                del self._ids[at]
        for key in _mentioned_keys(entry):
            _drop(self._mentioned, key, entry.path)
        for path in _linked_paths(entry):
            _drop(self._linked, path, entry.path)


def _own_keys(entry: Entry | None) -> Iterable[str]:
    return dict.fromkeys(d.key for d in entry.defined if d.is_own) if entry else ()


def _mentioned_keys(entry: Entry | None) -> Iterable[str]:
    if not entry:
        return ()
    keys = dict.fromkeys(mention.key for mention in entry.mentions)
    keys.update(dict.fromkeys(mention.owner for mention in entry.mentions if mention.owner))
    return keys


def _linked_paths(entry: Entry | None) -> Iterable[str]:
    return dict.fromkeys(reference.path for reference in entry.references) if entry else ()


def _face(entry: Entry | None) -> object:
    """What other files can see of an entry."""
    if not entry:
        return None
    defined = tuple((d.key, d.is_own) for d in entry.defined)
    return (
        entry.kind,
        entry.stage,
        entry.status,
        entry.id,
        entry.title,
        defined,
        entry.anchors,
        entry.fields,
    )


def _outgoing(entry: Entry | None) -> object:
    if not entry:
        return None
    return tuple((m.key, m.owner, m.field) for m in entry.mentions)


def _drop(table: dict[str, dict[str, None]], key: str, path: str) -> None:
    paths = table.get(key)
    if paths is not None:
        paths.pop(path, None)
        if not paths:
            del table[key]
