"""Who defines, mentions and links to what, kept up to date entry by entry.

`put` and `remove` answer which other files may now be judged differently, so that a keystroke costs
what it changes and not what the workspace holds.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.identifiers import prefix_of
from spec_lsp.workspace import index_keys
from spec_lsp.workspace.cycles import ring
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.index_keys import Version
from spec_lsp.workspace.index_tables import Tables
from spec_lsp.workspace.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Defined, Reference
    from spec_lsp.workspace.index_keys import Faces

# One document may carry an odd ID; two that carry the same prefix mean it.
_CARRIERS = 2
# So many are sooner put in their places than sorted in.
_FEW = 300


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
        # Counts the changes of what names mean and of who uses them.
        self.turn = 0
        self._tables = Tables()
        self._ids: list[tuple[str, str]] = []
        self._rings: dict[str, frozenset[str]] = {}
        self.notes = Notes()
        self._newest = Version.of(None)  # Who types replaces one file over and over.

    def put(self, entry: Entry) -> set[str]:
        """Add or replace an entry; the paths whose findings may have changed besides its own."""
        return self._replace(entry.path, entry)

    def fill(self, entries: Iterable[tuple[Entry, Faces]]) -> None:
        """Add or replace entries, with their keys; quicker than one by one, for nobody is told."""
        numbered: list[tuple[str, str]] = []
        for entry, keys in entries:
            before = self.entries.get(entry.path)
            if before == entry:
                continue
            if before and index_keys.faces(before) == keys:
                self.entries[entry.path] = entry
                continue
            if before:
                self._forget(before, index_keys.faces(before))
            self.entries[entry.path] = entry
            self._tables.add(entry.path, keys)
            numbered += ((key, entry.path) for key in keys.own)
        if len(numbered) < _FEW:
            for each in numbered:
                insort(self._ids, each)
        else:
            self._ids = sorted((*self._ids, *numbered))
        self._rings.clear()
        self.turn += 1

    def remove(self, path: str) -> set[str]:
        """Take an entry out; the paths whose findings may have changed."""
        return self._replace(path, None) if path in self.entries else set()

    def owners(self, key: str) -> list[Entry]:
        """The files that define an ID as known everywhere, in path order.

        A heading in a plain file counts only where no document carries the ID.
        """
        paths = self._tables.own.get(key, ())
        found = [self.entries[path] for path in (sorted(paths) if len(paths) > 1 else paths)]
        if len(found) <= 1:
            return found
        sure = [entry for entry in found if _is_sure(entry, key)]
        return sure or found

    def is_owned(self, key: str) -> bool:
        """Whether some file defines an ID as known everywhere."""
        return key in self._tables.own

    def definitions(self, key: str) -> Iterator[Place]:
        """Every place that defines an ID as known everywhere."""
        for entry in self.owners(key):
            own = list(_own(entry, key))
            sure = [each for each in own if each.is_sure]
            yield from (Place(entry.path, each) for each in sure or own)

    def inner(self, path: str, key: str) -> Iterator[Place]:
        """The places in one file that define an inner ID, such as FR-1."""
        if path in self._tables.inner.get(key, ()):
            for defined in self.entries[path].defined:
                if defined.key == key and not defined.is_own:
                    yield Place(path, defined)

    def inner_owners(self, key: str) -> Iterable[str]:
        """The files that define an inner ID."""
        return self._tables.inner.get(key, {}).keys()

    def inner_beside(self, path: str, key: str) -> Iterator[str]:
        """The other files in a file's folder that define an inner ID, in no order."""
        folder = posixpath.dirname(path)
        definers, siblings = self._tables.inner.get(key, {}), self._tables.folders.get(folder, {})
        if len(siblings) < len(definers):
            return (each for each in siblings if each != path and each in definers)
        return (each for each in definers if each != path and each in siblings)

    def mentions(self, key: str, owner: str = "") -> Iterator[Use]:
        """Every mention of an ID; with an owner, of that document's inner ID from outside."""
        for path in sorted(self._tables.mentioned.get(key, ())):
            entry = self.entries[path]
            for mention in (*entry.mentions, *entry.possible):
                if mention.key == key and (not owner or mention.owner == owner):
                    yield Use(path, mention)
        if not owner:
            yield from self._overruled(key)

    def links(self, path: str) -> Iterator[Use]:
        """Every link from other files to a file."""
        for source in sorted(self._tables.linked.get(path, ())):
            for reference in self.entries[source].references:
                if reference.path == path and source != path:
                    yield Use(source, reference)

    def referrers(self, path: str) -> set[str]:
        """The files that mention a file's own IDs or link to it."""
        entry = self.entries.get(path)
        found = set(self._tables.linked.get(path, ()))
        for key in index_keys.faces(entry).own if entry else ():
            found.update(self._tables.mentioned.get(key, ()))
        return found - {path}

    def folder(self, path: str) -> list[str]:
        """The files right inside a folder."""
        return sorted(each for each in self._tables.folders.get(path, ()) if each in self.entries)

    def below(self, path: str) -> Iterator[str]:
        """All files below a folder, folder by folder."""
        for each in sorted(self._tables.folders.get(path, ())):
            if each in self.entries:
                yield each
            else:
                yield from self.below(each)

    def is_folder(self, path: str) -> bool:
        """Whether some file stands below a path."""
        return path in self._tables.folders

    def ids(self, prefix: str = "") -> Iterator[tuple[str, str]]:
        """The keys of all documents' IDs that begin with a prefix, in order, with their paths."""
        folded = prefix.casefold()
        for at in range(bisect_left(self._ids, (folded, "")), len(self._ids)):
            key, path = self._ids[at]
            if not key.startswith(folded):
                return
            yield key, path

    def carries(self, prefix: str) -> bool:
        """Whether documents carry IDs with a prefix in their own ID fields."""
        return len(self._tables.carried.get(prefix, ())) >= _CARRIERS

    def ring(self, path: str) -> frozenset[str]:
        """The files that lie on a circle of dependencies with a file; kept until one changes."""
        if path not in self._rings:
            self._rings[path] = ring(self, path)
        return self._rings[path]

    def _replace(self, path: str, new: Entry | None) -> set[str]:
        """Put one entry in the place of another; who looks at what differs between the two."""
        old = self.entries.get(path)
        before = self._newest if old and self._newest.entry is old else Version.of(old)
        after = self._newest = Version.of(new)
        is_retied = before.structure != after.structure
        if before.keys != after.keys or before.card != after.card:
            self.turn += 1
        affected = self._watchers(path, before, after)
        if is_retied or before.shown_ties != after.shown_ties:
            affected |= self.ring(path)
        if before.entry and after.entry and before.keys == after.keys:
            # Most edits change nothing that the tables hold.
            self.entries[path] = after.entry
        else:
            affected |= self._rewrite(before, after)
        if is_retied:
            self._rings.clear()
            affected |= self.ring(path)
        return affected - {path}

    def _rewrite(self, before: Version, after: Version) -> set[str]:
        """Exchange the rows of two versions; who mentions a prefix that means something else now.

        What documents carry makes text an ID, or ceases to.
        """
        prefixes = {*before.keys.carried, *after.keys.carried}
        carried = {prefix: self.carries(prefix) for prefix in prefixes}
        if before.entry:
            self._forget(before.entry, before.keys)
        if after.entry:
            self._add(after.entry, after.keys)
        changed = (each for each in prefixes if self.carries(each) != carried[each])
        return {path for prefix in changed for path in self._with_prefix(prefix)}

    def _watchers(self, path: str, before: Version, after: Version) -> set[str]:
        affected: set[str] = set()
        if before.card != after.card:
            affected.update(self._tables.linked.get(path, ()))
            for key in {*before.keys.own, *after.keys.own}:
                affected.update(self._tables.mentioned.get(key, ()), self._tables.own.get(key, ()))
        if before.anchors != after.anchors:
            affected.update(self._tables.linked.get(path, ()))
        if not before.entry or not after.entry:
            for folder in index_keys.folders(path):
                affected.update(self._tables.linked.get(folder, ()))
        if before.keys == after.keys:
            return affected
        renumbered = {*before.keys.inner} ^ {*after.keys.inner}
        near = self._near(path, before, after) if renumbered else set()
        for key in renumbered:
            affected |= near & self._tables.mentioned.get(key, {}).keys()
        # What a file refers to may become, or cease to be, an orphan.
        for key in {*before.keys.mentioned} ^ {*after.keys.mentioned}:
            affected.update(self._tables.own.get(key, ()))
        affected |= {*before.keys.linked} ^ {*after.keys.linked}
        return affected

    def _near(self, path: str, *versions: Version) -> set[str]:
        """The files that may mean a file's inner IDs without naming it each time."""
        near = {
            *self._tables.folders.get(posixpath.dirname(path), ()),
            *self._tables.linked.get(path, ()),
        }
        for version in versions:
            for key in version.keys.own:
                near.update(self._tables.mentioned.get(key, ()))
        return near

    def _with_prefix(self, prefix: str) -> set[str]:
        folded = prefix.casefold()
        return {
            path
            for key, paths in self._tables.mentioned.items()
            if key.startswith(folded) and prefix_of(key) == folded
            for path in paths
        }

    def _overruled(self, key: str) -> Iterator[Use]:
        """The headings that would define an ID if no document carried it: they mention it."""
        sure = {entry.path for entry in self.owners(key)}
        for path in sorted(self._tables.own.get(key, ())):
            for each in _own(self.entries[path], key):
                if not each.is_sure and (path not in sure or _is_sure(self.entries[path], key)):
                    yield Use(path, Mention(each.key, each.text, each.span))

    def _add(self, entry: Entry, keys: Faces) -> None:
        self.entries[entry.path] = entry
        self._tables.add(entry.path, keys)
        for key in keys.own:
            insort(self._ids, (key, entry.path))

    def _forget(self, entry: Entry, keys: Faces) -> None:
        path = entry.path
        del self.entries[path]
        self.notes.forget(path)
        self._tables.drop(path, keys)
        for key in keys.own:
            del self._ids[bisect_left(self._ids, (key, path))]


def _own(entry: Entry, key: str) -> Iterator[Defined]:
    return (each for each in entry.defined if each.is_own and each.key == key)


def _is_sure(entry: Entry, key: str) -> bool:
    return any(each.is_sure for each in _own(entry, key))
