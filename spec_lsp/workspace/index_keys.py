"""What other files can see of an entry: only a change of these can change what is said of them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple, Self

from spec_lsp.identifiers import prefix_of
from spec_lsp.workspace import facts
from spec_lsp.workspace.relations import relation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Mention, Reference


class IndexKeys(NamedTuple):
    """What the tables of the index hold of an entry: keys and paths, each once.

    `own` are its own IDs, `inner` those that it numbers for itself, `mentioned` those that it uses
    and those in front of them, `linked` the paths that it links to, and `carried` the prefixes of
    the IDs in its own ID field.
    """

    own: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


class Version(NamedTuple):
    """What matters to others of one version of a file; there may be none before or after.

    `ties` are its words on documents that come before it, with the sort of relation.
    """

    entry: Entry | None
    keys: IndexKeys
    ties: tuple[tuple[Mention | Reference, str], ...]

    @classmethod
    def of(cls, entry: Entry | None) -> Self:
        """The version that an entry stands for."""
        return cls(entry, faces(entry) if entry else IndexKeys(), tuple(ordering(entry)))

    @property
    def card(self) -> object:
        """What it is called and how far it has come, and where that stands."""
        entry = self.entry
        if not entry:
            return None
        own = tuple(each for each in entry.defined if each.is_own)
        return entry.kind, entry.title, entry.id, entry.status, entry.stage, entry.status_span, own

    @property
    def anchors(self) -> tuple[str, ...] | None:
        """What links into it may name."""
        return self.entry.anchors if self.entry else None

    @property
    def structure(self) -> object:
        """What circles are made of."""
        meant = [(relation, use.subject, *_meant(use)) for use, relation in self.ties]
        return self.keys.own, self.keys.inner, meant

    @property
    def shown_ties(self) -> object:
        """What others on a circle with it show of it."""
        spans = [(use.span, relation) for use, relation in self.ties]
        return self.entry.label if self.entry else "", spans


def faces(entry: Entry) -> IndexKeys:
    """All keys of an entry."""
    mentioned: dict[str, None] = {}
    for mention in (*entry.mentions, *entry.possible):
        mentioned[mention.key] = None
        if mention.owner:
            mentioned[mention.owner] = None
    carried = (
        prefix_of(each.text) for each in entry.defined if each.is_own and each.form == "field"
    )
    return IndexKeys(
        tuple(dict.fromkeys(each.key for each in entry.defined if each.is_own)),
        tuple(dict.fromkeys(each.key for each in entry.defined if not each.is_own)),
        tuple(mentioned),
        tuple(dict.fromkeys(reference.path for reference in entry.references)),
        tuple(dict.fromkeys(prefix for prefix in carried if prefix[-1:] in ("-", "_"))),
    )


def folders(path: str) -> Iterator[str]:
    """The folders around a path, from the inside out; the outermost is the empty text."""
    while path:
        path = posixpath.dirname(path)
        yield path


def ordering(entry: Entry | None) -> Iterator[tuple[Mention | Reference, str]]:
    """What it says of documents that come before it, with the sort of relation."""
    uses: tuple[Mention | Reference, ...] = ()
    if entry:
        uses = (*entry.mentions, *entry.possible, *entry.references)
    for use in uses:
        if use.field and (relation := relation_of(use.field)):
            yield use, relation


def _meant(use: Mention | Reference) -> tuple[str, str]:
    return (use.owner, use.key) if isinstance(use, facts.Mention) else (use.path, use.anchor)
