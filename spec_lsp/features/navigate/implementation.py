"""Implementations: the plans and tasks of a spec, and the documents that cover a requirement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Location
from spec_lsp.features.shared.steps import Batches
from spec_lsp.features.shared.target import Target, landing, own_keys, target_at
from spec_lsp.features.shared.uses import use_locations, uses
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.resolve import carried_out
from spec_lsp.workspace.workspace import Workspace

_WORK = re.compile(r"\b(?:plans?|tasks?|tickets?|work items?|implementations?)\b", re.IGNORECASE)
_CARRIES = re.compile(
    r"\b(?:spec|specification|specs|specifications|implements|issue|bug|fixes|resolves|feature"
    r"|parent|epic|story|covers|requirements covered|requirement|requirements)\b"
)
_STANDS_BESIDE = re.compile(
    r"\b(?:depends|dependency|dependencies|blocks|blocked|waits|related|relates|see also"
    r"|supersedes|superseded|duplicate|duplicates|follows|precedes)\b"
)


def implementations(place: Place) -> Batches[Location]:
    """Return the documents that implement the one at a place, or that mention its inner ID."""
    target = target_at(place)
    if not target:
        return
    if target.kind == "document":
        for paths in carriers(place.workspace, target):
            found = (landing(place.page, path, origin=target.origin) for path in paths)
            yield [each for each in found if each]
    if target.kind == "inner":
        for batch in uses(place.workspace, target):
            yield use_locations(use for use in batch if use.path not in target.paths)


def carriers(workspace: Workspace, target: Target) -> Batches[str]:
    """Return the documents that implement a target, in path order."""
    specs = [entry for path in target.paths if (entry := workspace.entry(path))]
    referrers = set().union(*map(workspace.index.referrers, target.paths))
    for path in sorted(referrers - set(target.paths)):
        entry = workspace.entry(path)
        is_one = entry and any(_carries_out(workspace, entry, spec) for spec in specs)
        yield [path] if is_one else []


def _carries_out(workspace: Workspace, entry: Entry, spec: Entry) -> bool:
    """Whether a document implements another: by a field, or as a plan or task of another kind."""
    if carried_out(workspace, entry) is spec:
        return True
    labels = set(_labels(entry, spec))
    if any(_CARRIES.search(label) and not _STANDS_BESIDE.search(label) for label in labels):
        return entry.kind != spec.kind or bool(_WORK.search(_words(entry)))
    if not _WORK.search(_words(entry)) or entry.kind == spec.kind:
        return False
    return any(not _STANDS_BESIDE.search(label) for label in labels)


def _labels(entry: Entry, spec: Entry) -> Iterator[str]:
    """Return the names of the fields that refer to a document; empty for running text."""
    yield from (mention.field for mention in entry.mentions_of(own_keys(spec)))
    yield from (reference.field for reference in entry.links_to(spec.path))


def _words(entry: Entry) -> str:
    return entry.kind.replace("-", " ").replace("_", " ")
