"""Resolve mentions and links to definitions and files in the workspace."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from spec_lsp.identifiers import key_of, prefix_of
from spec_lsp.memo import once
from spec_lsp.workspace.facts import is_unit_owner
from spec_lsp.workspace.index import DefinitionSite
from spec_lsp.workspace.index_keys import faces
from spec_lsp.workspace.known_ids import is_number_key, path_keys
from spec_lsp.workspace.relations import is_relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Mention
    from spec_lsp.workspace.workspace import Workspace


# The relation of a document to the one that it carries out without a link.
CARRIES_OUT = "implements"


@dataclass(frozen=True)
class Resolution:
    """The places that define the ID of a mention.

    `is_certain` is false if the ID is ambiguous: an inner ID used outside of the document that
    defines it, without the ID of that document.
    """

    places: tuple[DefinitionSite, ...]
    is_certain: bool = True


@dataclass(frozen=True)
class IdResolver:
    """Resolver of the IDs in one file: the nearest definition counts."""

    workspace: Workspace
    entry: Entry

    def resolve(self, mention: Mention) -> Resolution:
        """Resolve an ID in the file."""
        index, path = self.workspace.index, self.entry.path
        key, owner = mention.key, mention.owner
        prefix = prefix_of(mention.text)
        if is_unit_owner(owner):
            return self._in_unit(mention)
        is_own = prefix in self.workspace.settings.ids.own or index.carries(prefix)
        # In `BUG-1/BUG-2` the slash separates two documents.
        if owner and not is_own:
            places = (p for each in index.owners(owner) for p in index.inner(each.path, key))
            return Resolution(tuple(places))
        found = (*index.inner(path, key),) or (*index.definitions(key),)
        if found or is_own:
            return Resolution(found)
        for folder in self.entry.places:
            if found := (*index.shared(folder, key),):
                return Resolution(found)
            if index.shares(folder, prefix) or self._shares_kin(folder, mention):
                return Resolution(())
        if prefix.endswith(" "):
            return Resolution(())  # Numbers mean what the file, its unit or its family counts.
        return self._nearby(key) or Resolution((), prefix in self._numbered)

    def dangles(self, mention: Mention) -> bool:
        """Whether an ID is surely a mistake: nothing defines or names it, here or elsewhere.

        A file without a template, and a document that is dropped, are free to mention anything.
        """
        is_free = self.entry.stage == "dropped" and not is_number_key(mention.key)
        if (
            not self.entry.is_spec
            or is_free
            or mention.is_template_text
            or mention.is_linked
            or mention.is_head
        ):
            return False
        if not mention.owner and self.workspace.index.is_owned(mention.key):
            return False
        key = (self.entry.path, mention.text, mention.owner, mention.field)
        return self.workspace.settled(key, lambda: self._leads_nowhere(mention))

    def _leads_nowhere(self, mention: Mention) -> bool:
        index, ids = self.workspace.index, self.workspace.settings.ids
        if is_number_key(mention.key):
            return not self._is_numbered_near(key_of(mention.text))
        if is_unit_owner(mention.owner):
            found = self.resolve(mention)
            return found.is_certain and not found.places
        if ids.is_title(mention.text):
            # A change may rest on another one that is not finished either.
            return not index.inner_owners(mention.key)
        prefix = prefix_of(mention.text)
        if prefix.endswith(" ") and not self._counts_items(mention.key):
            return False
        if mention.owner and not index.owners(mention.owner):
            return False  # The owner is reported as unresolved.
        found = self.resolve(mention)
        if found.places or not found.is_certain or ids.is_foreign(prefix):
            return False
        if ids.is_inner(prefix):
            definers = index.owners(mention.owner) if mention.owner else [self.entry]
            is_headed = any(mention.key in _headed(each) for each in definers)
            beside = () if mention.owner else self.entry.places
            return not is_headed and not any(
                index.heads(folder, prefix, mention.key) for folder in beside
            )
        is_of_ours = prefix in ids.own or self._is_of_this_kind(mention)
        return is_of_ours and index.is_closed(prefix) and not index.is_named(mention.key)

    def _is_numbered_near(self, number: str) -> bool:
        """Whether a file near by has a number; replaced documents are often put away."""
        folder = posixpath.dirname(posixpath.dirname(self.entry.path))
        names = map(posixpath.basename, self.workspace.index.below(folder))
        return any(number in path_keys(each) for each in names)

    def _is_of_this_kind(self, mention: Mention) -> bool:
        """Whether a relation names an ID with the prefix of the document's own."""
        prefix = prefix_of(mention.text)
        is_alike = is_relation(mention.field) and prefix_of(self.entry.id) == prefix
        return is_alike and self.workspace.index.carries(prefix)

    def _shares_kin(self, folder: str, mention: Mention) -> bool:
        """Whether other IDs that are counted with one are defined for a folder, which names none.

        A specification that defines FR-001 is where SC-001 would be defined.
        """
        index, prefix = self.workspace.index, prefix_of(mention.text)
        pattern = self.workspace.settings.ids.inner.get(prefix)
        if not pattern or not any(index.shares(folder, each) for each in pattern.kin):
            return False
        named = index.tables.headed.get(mention.key, ())
        return not any(path.startswith(f"{folder}/") for path in named)

    def _in_unit(self, mention: Mention) -> Resolution:
        """Resolve an ID in the unit before it: uncertain if that may be another folder's number."""
        index = self.workspace.index
        units = index.units(mention.owner)
        found = [place for each in units for place in index.shared(each, mention.key)]
        has_such = all(index.shares(each, prefix_of(mention.text)) for each in units)
        return Resolution((*found,) if len(units) == 1 else (), len(units) == 1 and has_such)

    def _counts_items(self, key: str) -> bool:
        """Whether a number is among those that are known: with all wholes, or items of its own.

        Titles in another language may number wholes that nothing here defines.
        """
        whole = key.rpartition(".")[0] or key
        if self._counts(f"{whole}.1"):
            return whole != key
        return self._counts(f"{prefix_of(whole)}1") and not self._counts(whole)

    def _counts(self, key: str) -> bool:
        index, path = self.workspace.index, self.entry.path
        places = (each for folder in self.entry.places for each in index.shared(folder, key))
        return any(index.inner(path, key)) or any(places)

    def _nearby(self, key: str) -> Resolution | None:
        """Find an inner ID in the documents that the file names, else in its only sibling.

        FR-1 in a plan is the FR-1 of the spec that the plan names, or of the spec in the same
        folder.
        """
        index = self.workspace.index
        definers = index.inner_owners(key)
        if not definers:
            return None
        named = [path for path in self._named if path in definers]
        if named:
            return Resolution(tuple(place for path in named for place in index.inner(path, key)))
        beside = list(islice(index.inner_beside(self.entry.path, key), 2))
        if not beside:
            return None
        if len(beside) > 1:
            return Resolution((), is_certain=False)
        return Resolution(tuple(index.inner(beside[0], key)))

    @cached_property
    def _named(self) -> list[str]:
        """The documents that the file mentions or links to."""
        owners = self.workspace.index.owners
        paths = {reference.path for reference in self.entry.unplaced("references")}
        possible = filter(self.workspace.knows, self.entry.unplaced("possible"))
        keys = {each.owner or each.key for each in (*self.entry.unplaced("mentions"), *possible)}
        paths.update(owner.path for key in keys for owner in owners(key))
        return sorted(paths - {self.entry.path})

    @cached_property
    def _numbered(self) -> frozenset[str]:
        """The prefixes of the file's inner IDs: an unknown ID with one of them is a mistake."""
        return frozenset(
            prefix_of(each.text) for each in self.entry.unplaced("defined") if not each.is_own
        )


def resolve(workspace: Workspace, entry: Entry, mention: Mention) -> Resolution:
    """Resolve an ID in a file. For many IDs of one file, use one `IdResolver`."""
    return IdResolver(workspace, entry).resolve(mention)


def outgoing(workspace: Workspace, entry: Entry) -> Iterator[tuple[Entry, Mention | None, str]]:
    """The documents that a file refers to, with the mention or None for a link, and the field.

    Free names such as `login_limit` in running text are skipped: most are names of components.
    """
    seen: set[tuple[str, str]] = set()
    for mention in workspace.mentions(entry):
        if mention.text[:1].islower() and not mention.field:
            continue
        for owner in workspace.index.owners(mention.owner or mention.key):
            if owner.path != entry.path and (owner.path, mention.field) not in seen:
                seen.add((owner.path, mention.field))
                yield owner, mention, mention.field
    for reference in entry.references:
        target = workspace.entry(reference.path)
        if target and target.path != entry.path and (target.path, reference.field) not in seen:
            seen.add((target.path, reference.field))
            yield target, None, reference.field
    if (target := carried_out(workspace, entry)) and (target.path, "") not in seen:
        yield target, None, CARRIES_OUT


def carried_out(workspace: Workspace, entry: Entry) -> Entry | None:
    """The document of the unit that another one carries out by the word of their family."""
    found = map(workspace.entry, entry.carried_out)
    return next((each for each in found if each and each.is_spec), None)


def _headed(entry: Entry) -> tuple[str, ...]:
    return once(entry, faces).headed
