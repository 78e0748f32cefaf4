"""Uses of a target: mentions and links, in path order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from spec_lsp.features.shared.results import Location
from spec_lsp.features.shared.steps import Batches
from spec_lsp.features.shared.target import Target, own_keys
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Mention, Reference, is_unit_owner
from spec_lsp.workspace.index import UseSite
from spec_lsp.workspace.resolve import IdResolver
from spec_lsp.workspace.workspace import Workspace


def uses(workspace: Workspace, target: Target) -> Batches[UseSite]:
    """Return all mentions and links of a target in path order, its own file included."""
    for path in sorted(_users(workspace, target)):
        # A file may be removed between two steps.
        entry = workspace.entry(path)
        yield list(uses_in(workspace, entry, target)) if entry else []


def uses_in(workspace: Workspace, entry: Entry, target: Target) -> Iterator[UseSite]:
    """Return the mentions and links of a target in one file."""
    if target.kind == "inner":
        yield from _inner_uses(IdResolver(workspace, entry), target)
    elif target.key:
        overruled = workspace.index.overruled(entry, target.key)
        for mention in (*entry.mentions_of((target.key,)), *overruled):
            yield UseSite(entry.path, mention)
    for path in target.paths:
        for reference in entry.links_to(path):
            if _leads_to(target, entry.path, reference):
                yield UseSite(entry.path, reference)


def use_locations(found: Iterable[UseSite]) -> list[Location]:
    """Return the locations of uses in one file; a mention that is a link's text counts once."""
    found = list(found)
    mentioned = [use.what.span for use in found if isinstance(use.what, Mention)]
    places = {
        (use.path, use.what.span)
        for use in found
        if isinstance(use.what, Mention)
        or not any(use.what.text_span.covers(span) for span in mentioned)
    }
    return [Location(path, span, span) for path, span in sorted(places)]


def _users(workspace: Workspace, target: Target) -> set[str]:
    """Return the files that may use a target."""
    index, found = workspace.index, set(target.paths)
    if target.kind == "inner":
        found |= _may_mean(workspace, target)
    elif target.key:
        found |= index.using(target.key)
    return found.union(*map(index.linking, target.paths))


def _leads_to(target: Target, source: str, link: Reference) -> bool:
    """Whether a link to a target's file refers to the target.

    Links to headings count as links to the document, except within it.
    """
    if target.kind == "document":
        return not link.anchor or source not in target.paths
    return bool(target.anchor) and link.anchor.lower() == target.anchor.lower()


def _may_mean(workspace: Workspace, target: Target) -> set[str]:
    """Return the files that may mention an inner ID: its own, its referrers, its folder and unit.

    If several files in a folder define it, an unqualified mention in another file is ambiguous.
    """
    index, found = workspace.index, set(target.paths)
    for path in target.paths:
        found |= index.referrers(path)
        if not any(index.inner_beside(path, target.key)):
            found.update(index.folder(posixpath.dirname(path)))
        for folder in index.entries[path].places if path in index.entries else ():
            if any(index.shared(folder, target.key)):
                found.update(index.below("" if folder == "." else folder))
                found |= index.naming_unit(folder, target.key)
    return found & index.entries.keys()


def _inner_uses(reader: IdResolver, target: Target) -> Iterator[UseSite]:
    path = reader.entry.path
    owners = {key for each in target.paths for key in own_keys(reader.workspace.entry(each))}
    for mention in reader.workspace.mentions(reader.entry, lambda each: each.key == target.key):
        if mention.owner and not is_unit_owner(mention.owner):
            is_meant = mention.owner in owners
        else:
            is_meant = path in target.paths or _means(reader, mention, target)
        if is_meant:
            yield UseSite(path, mention)


def _means(reader: IdResolver, mention: Mention, target: Target) -> bool:
    """Whether an unqualified inner ID in another file resolves to the target's document only."""
    places = reader.resolve(mention).places
    return bool(places) and all(
        place.path in target.paths and not place.what.is_own for place in places
    )
