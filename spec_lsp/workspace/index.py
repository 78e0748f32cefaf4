"""The index: which files define, mention and link to what, updated entry by entry.

`affected` computes which other files a change affects.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.identifiers import number_of
from spec_lsp.workspace import index_keys
from spec_lsp.workspace.evidence import Evidence
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.index_tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Defined, Reference
    from spec_lsp.workspace.index_keys import IndexKeys, Version

# Documents that must carry a prefix before it counts: a single one may be a mistake.
_CARRIERS = 2
# Unknown IDs with a prefix that are mistakes however few documents carry the prefix.
_STRAY = 3
# Documents from which on gaps between their numbers say who numbers them.
_MANY = 10
# Below this, insert one by one; above, sort once.
_FEW = 300


class DefinitionSite(NamedTuple):
    """A definition in a file."""

    path: str
    what: Defined


class UseSite(NamedTuple):
    """A mention or a link in a file."""

    path: str
    what: Mention | Reference


class IndexState:
    """The owner of values cached for one version of the index; replaced to invalidate them."""


class Index:
    """The entries of a workspace, and queries over all of them."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        # Owners of values that depend on names or on dependencies: replaced when these change.
        self.names = IndexState()
        self.ties = IndexState()
        self.tables = Tables()
        self.evidence = Evidence()
        self._ids: list[tuple[str, str]] = []

    def fill(self, entries: Iterable[tuple[Entry, IndexKeys]]) -> None:
        """Bulk insert of entries with their keys; does not compute affected files."""
        numbered: list[tuple[str, str]] = []
        for entry, keys in entries:
            before = self.entries.get(entry.path)
            if before == entry:
                continue
            self.evidence.swap(before, entry)
            if before and index_keys.faces(before) == keys:
                self.entries[entry.path] = entry
                continue
            if before:
                self._forget(before, index_keys.faces(before))
            self.entries[entry.path] = entry
            self.tables.add(entry.path, keys)
            numbered += ((key, entry.path) for key in keys.own)
        if len(numbered) < _FEW:
            for each in numbered:
                insort(self._ids, each)
        else:
            self._ids = sorted((*self._ids, *numbered))
        self.names, self.ties = IndexState(), IndexState()

    def owners(self, key: str) -> list[Entry]:
        """The files that define an ID for the whole workspace, in path order.

        A heading in a plain file counts only if no document carries the ID.
        """
        paths = self.tables.own.get(key, ())
        found = [self.entries[path] for path in (sorted(paths) if len(paths) > 1 else paths)]
        if len(found) <= 1:
            return found
        sure = [entry for entry in found if _is_sure(entry, key)]
        return sure or found

    def is_owned(self, key: str) -> bool:
        """Whether some file defines an ID for the whole workspace."""
        return key in self.tables.own

    def definitions(self, key: str) -> Iterator[DefinitionSite]:
        """Every place that defines an ID for the whole workspace."""
        for entry in self.owners(key):
            own = list(_own(entry, key))
            sure = [each for each in own if each.is_definite]
            yield from (DefinitionSite(entry.path, each) for each in sure or own)

    def inner(self, path: str, key: str) -> Iterator[DefinitionSite]:
        """The places in one file that define an inner ID, such as FR-1."""
        if path in self.tables.inner.get(key, ()):
            found = self.entries[path].defined_where(lambda each: each.key == key)
            yield from (DefinitionSite(path, each) for each in found if not each.is_own)

    def shared(self, folder: str, key: str) -> Iterator[DefinitionSite]:
        """The places that define an inner ID for a whole folder, in path order."""
        for path in sorted(self.tables.shared.get(index_keys.shared_key(folder, key), ())):
            found = self.entries[path].defined_where(lambda each: each.key == key)
            yield from (DefinitionSite(path, each) for each in found if each.scope)

    def is_ambiguous(self, folder: str, key: str) -> bool:
        """Whether several files define an inner ID for a whole folder."""
        return len(self.tables.shared.get(index_keys.shared_key(folder, key), ())) > 1

    def shares(self, folder: str, prefix: str) -> bool:
        """Whether IDs with a prefix are defined for a whole folder."""
        key = index_keys.shared_key(folder, f"{prefix}{index_keys.ANY}")
        return key in self.tables.shared

    def heads(self, folder: str, prefix: str, key: str) -> bool:
        """Whether an ID is the head of something where such IDs are defined for a whole folder.

        A requirement that is struck out is not defined any more, but known.
        """
        such = index_keys.shared_key(folder, f"{prefix}{index_keys.ANY}")
        definers = self.tables.shared.get(such, ())
        return any(path in definers for path in self.tables.headed.get(key, ()))

    def units(self, owner: str) -> set[str]:
        """The units that the name before an ID means."""
        key = index_keys.shared_key(".", owner)
        return {self.entries[path].unit for path in self.tables.shared.get(key, ())}

    def naming_unit(self, unit: str, key: str) -> set[str]:
        """The files that mention an ID and a unit by the name of its folder."""
        mentioned = self.tables.mentioned
        owners = (mentioned.get(each, {}) for each in index_keys.unit_owners(unit))
        return {path for each in owners for path in each if path in mentioned.get(key, ())}

    def inner_owners(self, key: str) -> Iterable[str]:
        """The files that define an inner ID."""
        return self.tables.inner.get(key, {}).keys()

    def inner_beside(self, path: str, key: str) -> Iterator[str]:
        """The other files in a file's folder that define an inner ID, in no order."""
        folder = posixpath.dirname(path)
        definers, siblings = self.tables.inner.get(key, {}), self.tables.folders.get(folder, {})
        if len(siblings) < len(definers):
            return (each for each in siblings if each != path and each in definers)
        return (each for each in definers if each != path and each in siblings)

    def mentions(self, key: str, owner: str) -> Iterator[UseSite]:
        """Every mention of an ID after the ID of a document."""
        for path in sorted(self.tables.mentioned.get(key, ())):
            for mention in self.entries[path].mentions_of((key,)):
                if mention.owner == owner:
                    yield UseSite(path, mention)

    def using(self, key: str) -> set[str]:
        """The files that mention or define an ID."""
        return {*self.tables.mentioned.get(key, ()), *self.tables.own.get(key, ())}

    def overruled(self, entry: Entry, key: str) -> Iterator[Mention]:
        """The headings of a file that only mention an ID, because a document carries the ID."""
        if entry.path in self.tables.own.get(key, ()):
            is_owner = any(each is entry for each in self.owners(key))
            for each in _own(entry, key):
                if not each.is_definite and (not is_owner or _is_sure(entry, key)):
                    yield Mention(each.key, each.text, each.span)

    def linking(self, path: str) -> list[str]:
        """The other files that link to a file, in path order."""
        return sorted(self.tables.linked.get(path, {}).keys() - {path})

    def links(self, path: str) -> Iterator[UseSite]:
        """Every link from other files to a file."""
        for source in self.linking(path):
            yield from (UseSite(source, each) for each in self.entries[source].links_to(path))

    def referrers(self, path: str) -> set[str]:
        """The files that mention a file's own IDs or link to it."""
        entry = self.entries.get(path)
        found = set(self.tables.linked.get(path, ()))
        for key in index_keys.faces(entry).own if entry else ():
            found.update(self.tables.mentioned.get(key, ()))
        return found - {path}

    def folder(self, path: str) -> list[str]:
        """The files directly inside a folder."""
        return sorted(each for each in self.tables.folders.get(path, ()) if each in self.entries)

    def below(self, path: str) -> Iterator[str]:
        """All files below a folder, folder by folder."""
        for each in sorted(self.tables.folders.get(path, ())):
            if each in self.entries:
                yield each
            else:
                yield from self.below(each)

    def is_folder(self, path: str) -> bool:
        """Whether some file is below a path."""
        return path in self.tables.folders

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
        return len(self.tables.carried.get(prefix, ())) >= _CARRIERS

    def is_named(self, key: str) -> bool:
        """Whether a heading, item, row, file or folder in some file begins with an ID."""
        headed = self.tables.headed
        return key in headed or key.replace("_", "-") in headed or number_of(key) in headed

    def is_closed(self, prefix: str) -> bool:
        """Whether documents of a template define the IDs with a prefix, all but a few of them.

        Where more IDs are mentioned than defined, most are kept elsewhere. Where most numbers do
        not follow another, an issue tracker issues them.
        """
        folded = prefix.casefold()
        issued = len(self.tables.issued.get(folded, ()))
        if not issued or self.tables.open[folded] > max(_STRAY, issued):
            return False
        numbers = len(self.tables.numbers.get(folded, ()))
        return issued < _MANY or 2 * self.tables.following[folded] >= numbers

    def swap(self, before: Version, after: Version) -> None:
        """Replace one version of a file by another; either may have no entry."""
        self.evidence.swap(before.entry, after.entry)
        if before.keys != after.keys or before.card != after.card:
            self.names = IndexState()
        if before.structure != after.structure:
            self.ties = IndexState()
        if before.entry and after.entry and before.keys == after.keys:
            # Most edits change nothing that the tables hold.
            self.entries[after.entry.path] = after.entry
            return
        if before.entry:
            self._forget(before.entry, before.keys)
        if after.entry:
            self._add(after.entry, after.keys)

    def _add(self, entry: Entry, keys: IndexKeys) -> None:
        self.entries[entry.path] = entry
        self.tables.add(entry.path, keys)
        for key in keys.own:
            insort(self._ids, (key, entry.path))

    def _forget(self, entry: Entry, keys: IndexKeys) -> None:
        path = entry.path
        del self.entries[path]
        self.tables.drop(path, keys)
        for key in keys.own:
            del self._ids[bisect_left(self._ids, (key, path))]


def _own(entry: Entry, key: str) -> Iterator[Defined]:
    return entry.defined_where(lambda each: each.is_own and each.key == key)


def _is_sure(entry: Entry, key: str) -> bool:
    return any(each.is_definite for each in _own(entry, key))
