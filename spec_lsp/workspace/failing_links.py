"""Links of one shape that fail all over a collection: one cause, such as a site generator."""

from __future__ import annotations

import posixpath
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.workspace.index_keys import COMMON, PAGE_SHAPES, shape_of
from spec_lsp.workspace.link_targets import exists, is_outside, target_path
from spec_lsp.workspace.sites import pages

if TYPE_CHECKING:
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Reference
    from spec_lsp.workspace.workspace import Workspace

# Documents with a common shape that are read, in path order, to see whether it fails as a rule.
_READ = 20
_FAILING = 0.75  # share of links


class CommonFailure(NamedTuple):
    """A shape of links that fail in most documents: the first document, and how many have it."""

    first: str
    documents: int


class CommonFailures:
    """Shapes of links that fail all over a workspace; each shape and path is looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, CommonFailure | None] = {}
        self._of_paths: dict[str, CommonFailure | None] = {}

    def of(self, link: Reference) -> CommonFailure | None:
        """How links of the shape of a link fail; None if they do not, as a rule."""
        if link.path not in self._of_paths:
            self._of_paths[link.path] = self._found(link)
        return self._of_paths[link.path]

    def _found(self, link: Reference) -> CommonFailure | None:
        shape = shape_of(link.path)
        if not _shares_cause(self._workspace, link):
            return None
        if shape not in self._known:
            self._known[shape] = _common_failure(self._workspace, shape)
        return self._known[shape]


def fails(workspace: Workspace, entry: Entry, link: Reference) -> bool:
    """Whether a link certainly leads nowhere; links copied from the template are undecided."""
    if link.is_template_text or target_path(workspace, entry.path, link.path):
        return False
    return not is_outside(workspace, link.path)


def _shares_cause(workspace: Workspace, link: Reference) -> bool:
    """Whether a link that fails may do so for the same reason as others of its shape.

    Names without an ending have nothing else in common: they must be pages of a site, here or, for
    a path in a folder that does not exist, of the whole site.
    """
    if shape_of(link.path) not in PAGE_SHAPES or site_of(workspace, link.path):
        return True
    first, slash, _ = link.path.partition("/")
    return bool(slash) and first != ".." and not exists(workspace, first)


def site_of(workspace: Workspace, path: str) -> str:
    """The top (`.`) or the folder in it that would be the site where a path is that of a page."""
    index = workspace.index
    for folder in (".", *sorted(filter(index.is_folder, index.tables.folders.get("", ())))):
        place = posixpath.normpath(posixpath.join(folder, path))
        if index.is_folder(place) or any(each in index.entries for each in pages(place)):
            return folder
    return ""


def _common_failure(workspace: Workspace, shape: str) -> CommonFailure | None:
    """How links of a shape fail in the whole collection; None if they do not, as a rule."""
    sources = workspace.index.tables.shaped.get(shape, {})
    if len(sources) < COMMON:
        return None
    failing: dict[str, int] = {}
    count = 0
    for path in nsmallest(_READ, sources):
        entry = workspace.index.entries[path]
        is_checked = workspace.settings.config.check.covers(is_document=entry.is_spec)
        if is_checked and entry.demands != "nothing":
            links = [each for each in entry.unplaced("references") if shape_of(each.path) == shape]
            count += len(links)
            lost = (each for each in links if fails(workspace, entry, each))
            if wrong := sum(_shares_cause(workspace, each) for each in lost):
                failing[path] = wrong
    if len(failing) < COMMON or sum(failing.values()) < _FAILING * count:
        return None
    return CommonFailure(min(failing), len(sources))
