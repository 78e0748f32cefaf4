"""The index keys of an entry: only a change of these can affect the findings of other files."""

from __future__ import annotations

import posixpath
import re
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Self

from spec_lsp.identifiers import prefix_of
from spec_lsp.memo import once
from spec_lsp.workspace import packed
from spec_lsp.workspace.facts import Mention, mentioned_keys
from spec_lsp.workspace.relations import relation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Reference
    from spec_lsp.workspace.relations import Relation


_NUMBERS = re.compile(r"\d+")
# Documents with links of one shape from which the shape is common.
COMMON = 10
# Shapes of links to pages, which a file may have besides that of its own name.
PAGE_SHAPES = ("", ".html")


class IndexKeys(NamedTuple):
    """The keys and paths of an entry in the tables of the index, each once.

    `own` are the document's own IDs, `inner` its inner IDs, `mentioned` the IDs that it uses and
    their owners, `linked` the paths that it links to, and `carried` the prefixes of the IDs in its
    own ID field. `shapes` are the shapes of its links.
    """

    own: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()


class Version(NamedTuple):
    """One version of a file, as far as other files depend on it; no entry if the file is missing.

    `ties`: its dependency references, each with its relation.
    """

    entry: Entry | None
    keys: IndexKeys
    ties: tuple[tuple[Mention | Reference, str], ...]

    @classmethod
    def of(cls, entry: Entry | None) -> Self:
        """The version of an entry, whose keys are cached with the entry until it is replaced."""
        if not entry:
            return cls(None, IndexKeys(), ())
        return cls(entry, once(entry, faces), once(entry, ordering))

    @property
    def card(self) -> object:
        """Kind, names and status with their spans: all that other files show of this one."""
        return once(self.entry, _card) if self.entry else None

    @property
    def anchors(self) -> tuple[str, ...] | None:
        """The targets that links into this file may name."""
        return self.entry.anchors if self.entry else None

    @property
    def structure(self) -> object:
        """What cycles depend on."""
        meant = [(relation, use.subject, *_meant(use)) for use, relation in self.ties]
        return self.keys.own, self.keys.inner, meant

    @property
    def shown_ties(self) -> object:
        """What the other files on a cycle show of this one."""
        spans = [(use.span, relation) for use, relation in self.ties]
        return self.entry.label if self.entry else "", spans


def _card(entry: Entry) -> object:
    own = tuple(entry.defined_where(attrgetter("is_own")))
    return entry.kind, entry.title, entry.id, entry.status, entry.stage, entry.status_span, own


def faces(entry: Entry) -> IndexKeys:
    """Compute the index keys of an entry."""
    own = [each for each in entry.unplaced("defined") if each.is_own]
    inner = (each.key for each in entry.unplaced("defined") if not each.is_own)
    carried = (prefix_of(each.text) for each in own if each.form == "field")
    linked = tuple(dict.fromkeys(each.path for each in entry.unplaced("references")))
    return IndexKeys(
        tuple(dict.fromkeys(each.key for each in own)),
        tuple(dict.fromkeys(inner)),
        tuple(dict.fromkeys(_mentioned(entry))),
        linked,
        tuple(dict.fromkeys(prefix for prefix in carried if prefix[-1:] in ("-", "_"))),
        tuple(dict.fromkeys(map(shape_of, linked))),
    )


def shape_of(path: str) -> str:
    """The shape of a link to a path: its file name without numbers, or the ending of a page.

    Names without an ending have one shape: site generators leave it out.
    """
    name = path.rpartition("/")[2]
    if "." not in name:
        return ""
    return ".html" if name.endswith(".html") else _NUMBERS.sub("#", name)


def page_names(path: str) -> frozenset[str]:
    """The names that links may have for a file: its own, and those of its page."""
    name = posixpath.basename(path)
    stem = posixpath.splitext(name)[0]
    return frozenset((name, stem, f"{stem}.html", posixpath.basename(posixpath.dirname(path))))


def _mentioned(entry: Entry) -> Iterable[str]:
    if isinstance(entry.parts, bytes):
        uses = packed.uses(entry.parts)
        return mentioned_keys((*uses.mentions, *uses.possible))
    certain = (part.mentioned for part in entry.parts)
    possible = (part.possibly_mentioned for part in entry.parts)
    return chain.from_iterable(chain(certain, possible))


def folders(path: str) -> Iterator[str]:
    """The folders around a path, from the inside out; the outermost is the empty text."""
    while path:
        path = posixpath.dirname(path)
        yield path


def ordering(entry: Entry) -> tuple[tuple[Mention | Reference, str], ...]:
    """The dependency references of an entry, each with its relation."""
    if not isinstance(entry.parts, bytes) and not any(each.is_ordering for each in entry.parts):
        return ()
    uses: tuple[Mention | Reference, ...] = (
        *entry.mentions_where(_relation),
        *entry.possible_where(_relation),
        *entry.references_where(_relation),
    )
    return tuple((use, relation) for use in uses if (relation := _relation(use)))


def _relation(use: Mention | Reference) -> Relation | None:
    return relation_of(use.field) if use.field else None


def _meant(use: Mention | Reference) -> tuple[str, str]:
    return (use.owner, use.key) if isinstance(use, Mention) else (use.path, use.anchor)
