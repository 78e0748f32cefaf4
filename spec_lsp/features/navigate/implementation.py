"""Implementations: the plans and tasks of a spec, and the documents that cover a requirement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Location
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


def implementations(place: Place) -> list[Location]:
    """Return the documents that implement the one at a place, or that mention its inner ID."""
    target = target_at(place)
    if not target:
        return []
    if target.kind == "document":
        paths = carriers(place.workspace, target)
        found = (landing(place.page, path, origin=target.origin) for path in paths)
        return [each for each in found if each]
    if target.kind == "inner":
        outside = (use for use in uses(place.workspace, target) if use.path not in target.paths)
        return use_locations(outside)
    return []


def carriers(workspace: Workspace, target: Target) -> list[str]:
    """Return the documents that implement a target, in path order."""
    found: set[str] = set()
    for path in target.paths:
        asker = workspace.entry(path)
        for other in workspace.index.referrers(path):
            entry = workspace.entry(other)
            if asker and entry and _carries_out(workspace, entry, asker):
                found.add(other)
    return sorted(found - set(target.paths))


def _carries_out(workspace: Workspace, entry: Entry, spec: Entry) -> bool:
    """Whether a document implements another: by a field, or as a plan or task of another kind."""
    if carried_out(workspace, entry) is spec:
        return True
    labels = set(_labels(workspace, entry, spec))
    if any(_CARRIES.search(label) and not _STANDS_BESIDE.search(label) for label in labels):
        return entry.kind != spec.kind or bool(_WORK.search(_words(entry)))
    if not _WORK.search(_words(entry)) or entry.kind == spec.kind:
        return False
    return any(not _STANDS_BESIDE.search(label) for label in labels)


def _labels(workspace: Workspace, entry: Entry, spec: Entry) -> Iterator[str]:
    """Return the names of the fields that refer to a document; empty for running text."""
    keys = own_keys(spec)
    for mention in workspace.mentions(entry):
        if mention.key in keys:
            yield mention.field
    for reference in entry.references:
        if reference.path == spec.path:
            yield reference.field


def _words(entry: Entry) -> str:
    return entry.kind.replace("-", " ").replace("_", " ")
