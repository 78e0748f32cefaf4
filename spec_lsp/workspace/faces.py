"""What other files can see of an entry: only a change of these can change what is said of them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.workspace.identity import prefix_of
from spec_lsp.workspace.relations import relation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Mention, Reference

Keys = dict[str, None]


class Faces(NamedTuple):
    """What the tables of the index hold of an entry."""

    own: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


def faces(entry: Entry) -> Faces:
    """All keys of an entry."""
    return Faces(
        tuple(own_keys(entry)),
        tuple(inner_keys(entry)),
        tuple(mentioned_keys(entry)),
        tuple(linked_paths(entry)),
        tuple(carried_prefixes(entry)),
    )


def own_keys(entry: Entry | None) -> Keys:
    """The keys of the IDs that the whole workspace knows it by."""
    return dict.fromkeys(each.key for each in entry.defined if each.is_own) if entry else {}


def inner_keys(entry: Entry | None) -> Keys:
    """The keys of the IDs that it numbers for itself."""
    return dict.fromkeys(each.key for each in entry.defined if not each.is_own) if entry else {}


def mentioned_keys(entry: Entry | None) -> Keys:
    """The keys of all IDs in it, and of those in front of them."""
    keys: Keys = {}
    for mention in (*entry.mentions, *entry.possible) if entry else ():
        keys[mention.key] = None
        if mention.owner:
            keys[mention.owner] = None
    return keys


def linked_paths(entry: Entry | None) -> Keys:
    """The paths that it links to."""
    return dict.fromkeys(reference.path for reference in entry.references) if entry else {}


def carried_prefixes(entry: Entry | None) -> Keys:
    """The prefixes of IDs that stand in its own ID field."""
    prefixes = (
        prefix_of(each.text)
        for each in (entry.defined if entry else ())
        if each.is_own and each.form == "field"
    )
    return dict.fromkeys(prefix for prefix in prefixes if prefix[-1:] in ("-", "_"))


def folders(path: str) -> Iterator[str]:
    """The folders around a path, from the inside out; the outermost is the empty text."""
    while path:
        path = posixpath.dirname(path)
        yield path


def card(entry: Entry | None) -> object:
    """What it is called and how far it has come, and where that stands."""
    if not entry:
        return None
    own = tuple(each for each in entry.defined if each.is_own)
    return entry.kind, entry.title, entry.id, entry.status, entry.stage, entry.status_span, own


def ordering(entry: Entry | None) -> Iterator[tuple[Mention | Reference, str]]:
    """What it says of documents that come before it, with the sort of relation."""
    uses: tuple[Mention | Reference, ...] = ()
    if entry:
        uses = (*entry.mentions, *entry.possible, *entry.references)
    for use in uses:
        if use.field and (relation := relation_of(use.field)):
            yield use, relation
