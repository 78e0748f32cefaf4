"""Links that fail for one cause: such as a site generator for a collection, or a moved document."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.workspace.index_keys import COMMON, PAGE_SHAPES, shape_of, top_of
from spec_lsp.workspace.link_targets import exists, is_outside, target_path
from spec_lsp.workspace.sites import pages

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Reference
    from spec_lsp.workspace.files import Places

# Documents with a common shape that are read, in path order, to see whether it fails as a rule.
_READ = 20
_FAILING = 0.75  # share of links
_SEVERAL = 2  # targets that tell of one cause in a document
_MANY = 5  # targets in one folder, none of which exists


class CommonFailure(NamedTuple):
    """Links that fail in most documents: the first document, and how many have such links.

    `cause` is their shape, or the folder at the top that does not exist, with its slash.
    """

    cause: str
    first: str
    documents: int


class WrongDepth(NamedTuple):
    """Links of one document that fail for one reason: they begin in another folder.

    `ups` is how often `../` is missing in front of them, -1 if there is one too many, and `paths`
    where each of them leads then.
    """

    ups: int
    paths: Mapping[Reference, str]


def wrong_depth(workspace: Places, entry: Entry, failing: Iterable[Reference]) -> WrongDepth:
    """The links that fail, of several files, which all lead to documents from another folder."""
    known = workspace.index.entries
    found: dict[int, dict[Reference, str]] = {}
    for link in failing:
        for ups, path in _from_other_folders(posixpath.dirname(entry.path), link.path):
            if path in known:
                found.setdefault(ups, {})[link] = path
    best = max(found, key=lambda ups: len({*found[ups].values()}), default=0)
    is_one_cause = best and len({*found[best].values()}) >= _SEVERAL
    return WrongDepth(best, found[best] if is_one_cause else {})


@lru_cache(maxsize=4_096)  # asked for each broken link at each keystroke
def _from_other_folders(folder: str, path: str) -> tuple[tuple[int, str], ...]:
    """Where a link leads with `../` in front of it, by their number, or without one of its own."""
    written = posixpath.relpath(path, folder or ".")
    paths = {
        ups: posixpath.normpath(posixpath.join(folder, "../" * ups, written))
        for ups in range(1, folder.count("/") + 2 if folder else 1)
    }
    if written.startswith("../"):
        paths[-1] = posixpath.normpath(posixpath.join(folder, written[3:]))
    return tuple(paths.items())


def lost_folders(entry: Entry, failing: Container[Reference]) -> dict[str, list[Reference]]:
    """The links of a document into folders of which it finds nothing, by the folder as written."""
    found: dict[str, list[Reference]] = {}
    for link in entry.references:
        if folder := _folder_as_written(posixpath.dirname(entry.path), link.path):
            found.setdefault(folder, []).append(link)
    return {
        folder: links
        for folder, links in found.items()
        if len({each.path for each in links}) >= _MANY and all(each in failing for each in links)
    }


def _folder_as_written(here: str, path: str) -> str:
    """The first folder that a link enters, with its slash; "" for a file beside its document."""
    written = posixpath.relpath(path, here or ".")
    ups = 0
    while written.startswith("../", ups):
        ups += 3
    name, slash, _ = written[ups:].partition("/")
    return written[:ups] + name + slash if slash else ""


class CommonFailures:
    """Shapes of links that fail all over a workspace; each shape is looked up once."""

    def __init__(self, workspace: Places) -> None:
        self._workspace = workspace
        self._known: dict[str, CommonFailure | None] = {}

    def of(self, link: Reference) -> CommonFailure | None:
        """How links of the shape of a link fail; None if they do not, as a rule."""
        causes = [top_of(link.path)] if has_lost_top(self._workspace, link.path) else []
        if _shares_cause(self._workspace, link):
            causes.append(shape_of(link.path))
        for cause in causes:
            if cause not in self._known:
                self._known[cause] = common_failure(self._workspace, cause)
        return next((each for cause in causes if (each := self._known[cause])), None)


def common_failure(workspace: Places, cause: str) -> CommonFailure | None:
    """How links with a cause fail in the whole collection; None if they do not, as a rule."""
    sources = workspace.index.tables.shaped.get(cause, {})
    if len(sources) < COMMON:
        return None
    if cause.endswith("/"):  # All of them fail.
        lost = (each for each in sorted(sources) if any(_own_links(workspace, each, cause)))
        return CommonFailure(cause, next(lost, ""), len(sources))
    failing: dict[str, int] = {}
    count = 0
    for path in nsmallest(_READ, sources):
        links = [*_own_links(workspace, path, cause)]
        count += len(links)
        lost_links = (
            each for each in links if fails(workspace, workspace.index.entries[path], each)
        )
        if wrong := sum(_shares_cause(workspace, each) for each in lost_links):
            failing[path] = wrong
    if len(failing) < COMMON or sum(failing.values()) < _FAILING * count:
        return None
    return CommonFailure(cause, min(failing), len(sources))


def has_lost_top(workspace: Places, path: str) -> bool:
    """Whether a path is in a folder at the top that does not exist, such as that of a container."""
    top = top_of(path)
    return bool(top) and not exists(workspace, top[:-1])


def fails(workspace: Places, entry: Entry, link: Reference) -> bool:
    """Whether a link certainly leads nowhere; links copied from the template are undecided."""
    if link.is_template_text or target_path(workspace, entry.path, link.path):
        return False
    return not is_outside(workspace, link.path)


def _shares_cause(workspace: Places, link: Reference) -> bool:
    """Whether a link that fails may do so for the same reason as others of its shape.

    Names without an ending have nothing else in common: they must be pages of a site, here or, for
    a path in a folder that does not exist, of the whole site.
    """
    if shape_of(link.path) not in PAGE_SHAPES or site_of(workspace, link.path):
        return True
    return has_lost_top(workspace, link.path)


def site_of(workspace: Places, path: str) -> str:
    """The top (`.`) or the folder in it that would be the site where a path is that of a page."""
    index = workspace.index
    for folder in (".", *sorted(filter(index.is_folder, index.tables.folders.get("", ())))):
        place = posixpath.normpath(posixpath.join(folder, path))
        if index.is_folder(place) or any(each in index.entries for each in pages(place)):
            return folder
    return ""


def _own_links(workspace: Places, path: str, cause: str) -> Iterator[Reference]:
    """The links of a document with a cause that are not those of its template."""
    entry = workspace.index.entries[path]
    is_checked = workspace.settings.config.check.covers(is_document=entry.is_spec)
    key = top_of if cause.endswith("/") else shape_of
    if is_checked and entry.demands != "nothing":
        for each in entry.unplaced("references"):
            if not each.is_template_text and key(each.path) == cause:
                yield each
