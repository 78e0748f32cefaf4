"""From a mention or a link to what it means in this workspace."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.workspace.index import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.workspace.entry import Entry, Mention
    from spec_lsp.workspace.workspace import Workspace


@dataclass(frozen=True)
class Resolution:
    """What a mention means: the places that define it.

    `is_certain` is false where nobody can say: an inner ID used outside of the document that
    numbers it, without naming that document.
    """

    places: tuple[Place, ...]
    is_certain: bool = True


def resolve(workspace: Workspace, entry: Entry, mention: Mention) -> Resolution:
    """What an ID in a file means."""
    index, ids = workspace.index, workspace.settings.ids
    if mention.owner:
        owners = index.owners(mention.owner)
        found = tuple(place for owner in owners for place in index.inner(owner.path, mention.key))
        return Resolution(found)
    inside = tuple(index.inner(entry.path, mention.key))
    everywhere = tuple(index.definitions(mention.key))
    if inside or everywhere:
        return Resolution(inside or everywhere)
    prefix = mention.text.rstrip("0123456789.")
    if prefix in ids.own:
        return Resolution(())
    beside = tuple(_beside(workspace, entry, mention.key))
    if beside:
        return Resolution(beside)
    return Resolution((), is_certain=_numbers_itself(entry, prefix))


def outgoing(workspace: Workspace, entry: Entry) -> Iterator[tuple[Entry, Mention | None, str]]:
    """The documents that a file refers to, with the mention or None for a link, and the field."""
    seen: set[tuple[str, str]] = set()
    for mention in entry.mentions:
        keys = [mention.owner] if mention.owner else [mention.key]
        for owner in (each for key in keys for each in workspace.index.owners(key)):
            if owner.path != entry.path and (owner.path, mention.field) not in seen:
                seen.add((owner.path, mention.field))
                yield owner, mention, mention.field
    for reference in entry.references:
        target = workspace.entry(reference.path)
        if target and target.path != entry.path and (target.path, reference.field) not in seen:
            seen.add((target.path, reference.field))
            yield target, None, reference.field


def _beside(workspace: Workspace, entry: Entry, key: str) -> Iterator[Place]:
    """Files side by side share their inner IDs: a plan speaks of the FR-1 of the spec beside it."""
    folder = posixpath.dirname(entry.path)
    linked = {reference.path for reference in entry.references}
    named = {owner.path for each in entry.mentions for owner in workspace.index.owners(each.key)}
    for path in sorted({*linked, *named, *workspace.index.folder(folder)}):
        if path != entry.path:
            yield from workspace.index.inner(path, key)


def _numbers_itself(entry: Entry, prefix: str) -> bool:
    """Whether a file defines IDs of this prefix, so that an unknown one is a mistake."""
    return any(
        not defined.is_own and defined.text.rstrip("0123456789.") == prefix
        for defined in entry.defined
    )
