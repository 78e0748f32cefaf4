"""Where a link leads: the file or folder, and whether a file has an anchor."""

from __future__ import annotations

import posixpath
import re
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from spec_lsp.identifiers import prefix_of
from spec_lsp.memo import once
from spec_lsp.workspace.collect.links import ANY_ANCHOR
from spec_lsp.workspace.config.globs import matches
from spec_lsp.workspace.sites import mapped, places, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Reference
    from spec_lsp.workspace.files import Places

_Answer = TypeVar("_Answer")

# Anchors that scripts of a page understand: lines of code, text, tabs, routes.
_OF_SCRIPTS = re.compile(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|top|:~:.*|tab/.*|[/!].*", re.DOTALL)
# Pages of a code host above a repository's top, such as `../../issues/12`.
_OF_HOST = re.compile(
    r"(?:\.\./)+(?:issues|pulls?|wiki|discussions|releases|tags|tree|blob|raw|edit|commits?|compare"
    r"|actions|projects|labels|milestones?|security|graphs)(?:/|$)"
)
_SIGNS = re.compile(r"[\W_]+")


def target_path(workspace: Places, source: str, path: str) -> str:
    """The file or folder that a link leads to; empty if none exists.

    A path that does not exist is read as the configuration and the site generators read it.
    """
    if exists(workspace, path):
        return path
    settings = workspace.settings
    others = chain(
        mapped(settings.config.links.map, path),
        readings(settings.sites, source, path),
        _named(workspace, source, path),
    )
    return next((each for each in others if exists(workspace, each)), "")


def is_outside(workspace: Places, path: str) -> bool:
    """Whether a path cannot be checked: other tools or repositories have what it names."""
    external = workspace.settings.config.links.external
    return bool(_OF_HOST.match(path)) or bool(external and matches(path, external))


def exists(workspace: Places, path: str) -> bool:
    """Whether a file or a folder is at a path."""
    index = workspace.index
    return path in index.entries or index.is_folder(path) or workspace.files.exists(path)


def has_anchor(entry: Entry, anchor: str) -> bool:
    """Whether a file has an anchor; ignores case and punctuation, in which renderers differ."""
    anchor = anchor.removeprefix("user-content-")
    if _OF_SCRIPTS.fullmatch(anchor):
        return True
    known = once(entry, _plain_anchors)
    return _plain(anchor) in known or ANY_ANCHOR in known


def may_have_anchor(entry: Entry | None, identifier: str) -> bool:
    """Whether an anchor of a file may contain an ID; other files have it in no heading."""
    prefix = prefix_of(identifier)
    number = identifier[len(prefix) :].lstrip("0")
    shape = re.compile(f"{re.escape(_plain(prefix))}0*{re.escape(_plain(number))}")
    return entry is None or any(map(shape.search, once(entry, _plain_anchors)))


def with_answer(
    entry: Entry, look_up: Callable[[Reference], _Answer | None]
) -> list[tuple[Reference, _Answer]]:
    """The links of a file whose target has an answer, without duplicates.

    References can share a link definition. Each target is looked up once, because a document may
    link to it hundreds of times.
    """
    answers: dict[tuple[str, str], _Answer | None] = {}

    def has_answer(link: Reference) -> bool:
        if link.is_template_text:
            return False
        target = link.path, link.anchor
        if target not in answers:
            answers[target] = look_up(link)
        return answers[target] is not None

    found = {each.span: each for each in entry.references_where(has_answer)}
    pairs = ((each, answers[each.path, each.anchor]) for each in found.values())
    return [(each, answer) for each, answer in pairs if answer is not None]


def _named(workspace: Places, source: str, path: str) -> Iterator[str]:
    """The pages of a site whose front matter names them as a link does."""
    index = workspace.index
    for site, place in places(workspace.settings.sites, source, path):
        for each in index.tables.slugs.get(posixpath.basename(place), ()):
            if place in site.addresses(each, index.entries[each].fields["slug"]):
                yield each


def _plain_anchors(entry: Entry) -> frozenset[str]:
    anchors = entry.anchors
    return frozenset((*map(_plain, anchors), *({ANY_ANCHOR} & {*anchors})))


def _plain(anchor: str) -> str:
    return _SIGNS.sub("", anchor.casefold())
