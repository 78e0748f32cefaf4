"""Links of one shape that fail all over a collection: one cause, such as a site generator."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.workspace.index_keys import COMMON, shape_of
from spec_lsp.workspace.landing import is_outside, landing

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


def fails(workspace: Workspace, entry: Entry, link: Reference) -> bool:
    """Whether a link certainly leads nowhere; links copied from the template are undecided."""
    if link.is_template_text or landing(workspace, entry.path, link.path):
        return False
    return not is_outside(workspace, link.path)


def common_failure(workspace: Workspace, shape: str) -> CommonFailure | None:
    """How links of a shape fail in the whole collection; None if they do not, as a rule."""
    sources = workspace.index.tables.shaped.get(shape, {})
    if len(sources) < COMMON:
        return None
    failing: dict[str, int] = {}
    count = 0
    for path in nsmallest(_READ, sources):
        entry = workspace.index.entries[path]
        if workspace.settings.config.check.covers(is_document=entry.is_spec):
            links = [each for each in entry.unplaced("references") if shape_of(each.path) == shape]
            count += len(links)
            if wrong := sum(fails(workspace, entry, each) for each in links):
                failing[path] = wrong
    if len(failing) < COMMON or sum(failing.values()) < _FAILING * count:
        return None
    return CommonFailure(min(failing), len(sources))
