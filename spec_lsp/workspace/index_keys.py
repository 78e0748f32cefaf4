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
from spec_lsp.workspace.copies import names_issue
from spec_lsp.workspace.facts import Mention, headed_keys, is_title_key, mentioned_keys, unit_owner
from spec_lsp.workspace.known_ids import path_keys
from spec_lsp.workspace.relations import is_dependency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Reference


_NUMBERS = re.compile(r"\d+")
# Documents with links of one shape from which the shape is common.
COMMON = 10
# Shapes of links to pages, which a file may have besides that of its own name.
PAGE_SHAPES = ("", ".html")


class IndexKeys(NamedTuple):
    """The keys and paths of an entry in the tables of the index, each once.

    `own` are the document's own IDs, `inner` its inner IDs, `mentioned` the IDs that it uses and
    their owners, `linked` the paths that it links to, and `carried` the prefixes of the IDs in its
    own ID field or file name. `headed` are the IDs with which its headings, items, rows, file name
    and folders begin, and `issued` the folded prefix of its own ID, if it follows a template.
    `shared` are the inner IDs, and their prefixes, that hold for a folder, `shapes` the shapes of
    its links and the folders at the top that they lead into, and `slugs` the name that its front
    matter gives it on a site.
    """

    own: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()


class Version(NamedTuple):
    """One version of a file, as far as other files depend on it; no entry if the file is missing.

    `ties`: its dependency references.
    """

    entry: Entry | None
    keys: IndexKeys
    ties: tuple[Mention | Reference, ...]

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
        meant = [(use.subject, *_meant(use)) for use in self.ties]
        is_dropped = bool(self.entry and self.entry.stage == "dropped")
        return self.keys.own, self.keys.inner, meant, is_dropped

    @property
    def shown_ties(self) -> object:
        """What the other files on a cycle show of this one."""
        return self.entry.label if self.entry else "", [use.span for use in self.ties]


def _card(entry: Entry) -> object:
    own = tuple(entry.defined_where(attrgetter("is_own")))
    shown = entry.kind, entry.title, entry.id, entry.status, entry.stage, entry.status_span
    return shown, own, names_issue(entry)


def faces(entry: Entry) -> IndexKeys:
    """Compute the index keys of an entry."""
    own = [each for each in entry.unplaced("defined") if each.is_own]
    inner = (each.key for each in entry.unplaced("defined") if not each.is_own)
    carried = (prefix_of(each.text) for each in own if each.form in ("field", "file"))
    linked = tuple(dict.fromkeys(each.path for each in entry.unplaced("references")))
    issued = (prefix_of(each.key) for each in own if entry.is_spec and each.is_definite)
    return IndexKeys(
        tuple(dict.fromkeys(each.key for each in own)),
        tuple(dict.fromkeys(inner)),
        tuple(dict.fromkeys(_mentioned(entry))),
        tuple(dict.fromkeys((*linked, *entry.carried_out))),
        tuple(dict.fromkeys(prefix for prefix in carried if prefix[-1:] in ("-", "_"))),
        tuple(dict.fromkeys((*_headed(entry), *_in_path(entry)))),
        tuple(dict.fromkeys(issued)),
        tuple(dict.fromkeys(_shared(entry))) if entry.places else (),
        tuple(dict.fromkeys((*map(shape_of, linked), *filter(None, map(top_of, linked))))),
        tuple(_slugs(entry)),
    )


ANY = "*"  # after a prefix: all IDs with it


def shared_key(folder: str, text: str) -> str:
    """The key of an inner ID, or of a prefix, in the folder in which it is unique."""
    return f"{folder}\0{text}"


def unit_owners(unit: str) -> tuple[str, ...]:
    """The names before IDs that mean a unit: that of its folder, and the number in it."""
    name = posixpath.basename(unit)
    number = name.partition("-")[0]
    return (unit_owner(name), unit_owner(number)) if number.isdigit() else (unit_owner(name),)


def shape_of(path: str) -> str:
    """The shape of a link to a path: its file name without numbers, or the ending of a page.

    Names without an ending have one shape: site generators leave it out. So have mentions of
    people, such as the target of `[Ada](@ada)`.
    """
    name = path.rpartition("/")[2]
    if name.startswith("@"):
        return "@"
    if "." not in name:
        return ""
    return ".html" if name.endswith(".html") else _NUMBERS.sub("#", name)


def top_of(path: str) -> str:
    """The folder at the top of the workspace that a path is in, with its slash; else empty."""
    first, slash, _ = path.partition("/")
    return first + slash if slash and first != ".." else ""


def page_names(path: str) -> frozenset[str]:
    """The names that links may have for a file: its own, and those of its page."""
    name = posixpath.basename(path)
    stem = posixpath.splitext(name)[0]
    return frozenset((name, stem, f"{stem}.html", posixpath.basename(posixpath.dirname(path))))


def _slugs(entry: Entry) -> Iterator[str]:
    if name := posixpath.basename(entry.fields.get("slug", "").rstrip("/")):
        yield name


def _shared(entry: Entry) -> Iterator[str]:
    for each in entry.unplaced("defined"):
        if each.scope and (folder := entry.place_of(each.scope)):
            yield shared_key(folder, each.key)
            for owner in unit_owners(entry.unit) if each.scope == "unit" else ():
                yield shared_key(".", owner)
            if not is_title_key(each.key):
                yield shared_key(folder, f"{prefix_of(each.text)}{ANY}")


def _headed(entry: Entry) -> Iterator[str]:
    if isinstance(entry.parts, bytes):
        uses = packed.uses(entry.parts)
        return headed_keys((*uses.mentions, *uses.possible))
    return chain.from_iterable(part.headed for part in entry.parts)


def _in_path(entry: Entry) -> Iterator[str]:
    """The IDs and numbers in the path; not the number of a document whose ID has a prefix."""
    is_numbered = not (entry.id and prefix_of(entry.id))
    for name in entry.path.split("/"):
        for key in path_keys(name):
            if is_numbered or not key.isdigit():
                yield key


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


def ordering(entry: Entry) -> tuple[Mention | Reference, ...]:
    """The dependency references of an entry."""
    if not isinstance(entry.parts, bytes) and not any(each.is_ordering for each in entry.parts):
        return ()
    return (
        *entry.mentions_where(_orders),
        *entry.possible_where(_orders),
        *entry.references_where(_orders),
    )


def _orders(use: Mention | Reference) -> bool:
    return is_dependency(use.field)


def _meant(use: Mention | Reference) -> tuple[str, str]:
    return (use.owner, use.key) if isinstance(use, Mention) else (use.path, use.anchor)
