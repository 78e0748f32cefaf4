"""Who uses what a target names: mentions by ID and links, in path order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from spec_lsp.features.model import Location
from spec_lsp.features.place import Page
from spec_lsp.features.target import Target, document_of, own_keys, owner_span
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry, Mention, Reference
from spec_lsp.workspace.index import Use
from spec_lsp.workspace.workspace import Workspace


def uses(workspace: Workspace, target: Target) -> Iterator[Use]:
    """Every mention and link of a target, in every file, its own included."""
    if target.kind in ("document", "id") and target.key:
        yield from _by_key(workspace, target)
    elif target.kind == "inner":
        for path in target.paths:
            yield from inner_uses(workspace, path, target.key)
    for path in target.paths:
        if target.kind == "document":
            yield from workspace.index.links(path)
        elif target.anchor:
            yield from anchor_links(workspace, path, target.anchor)


def inner_uses(workspace: Workspace, path: str, key: str) -> Iterator[Use]:
    """Every mention of an ID that one document numbers: in it, behind its ID, or beside it."""
    index = workspace.index
    owners = own_keys(workspace.entry(path))
    beside = frozenset(_definers(workspace, index.folder(posixpath.dirname(path)), key))
    for use in index.mentions(key):
        mention = use.what
        if not isinstance(mention, Mention):
            continue
        if mention.owner:
            if mention.owner in owners:
                yield use
        elif use.path == path or _means(workspace, index.entries[use.path], key, path, beside):
            yield use


def anchor_links(workspace: Workspace, path: str, anchor: str) -> Iterator[Use]:
    """Every link to a heading, from its own file too."""
    entry = workspace.entry(path)
    folded = anchor.lower()
    for reference in entry.references if entry else ():
        if reference.path == path and reference.anchor.lower() == folded:
            yield Use(path, reference)
    for use in workspace.index.links(path):
        if isinstance(use.what, Reference) and use.what.anchor.lower() == folded:
            yield use


def use_locations(page: Page, found: Iterable[Use], key: str = "") -> list[Location]:
    """The places of uses, each once: a link whose text is the mention is one place, not two."""
    found = list(found)
    mentioned = {(use.path, use.what.span) for use in found if isinstance(use.what, Mention)}
    texts: dict[str, list[Span]] = {}
    for path, span in mentioned:
        texts.setdefault(path, []).append(span)
    locations: dict[tuple[str, Span], Location] = {}
    for use in found:
        if isinstance(use.what, Reference):
            text_span = use.what.text_span
            if any(text_span.covers(span) for span in texts.get(use.path, ())):
                continue
        span = named_span(page, use, key)
        locations.setdefault((use.path, span), Location(use.path, span, span))
    return [locations[each] for each in sorted(locations)]


def named_span(page: Page, use: Use, key: str) -> Span:
    """What names a key in a use: of `SPEC-004/FR-2` it is the first part that names SPEC-004."""
    mention = use.what
    if not isinstance(mention, Mention) or not key or mention.key == key:
        return mention.span
    document = document_of(page, use.path)
    return (owner_span(document.text, mention) if document else None) or mention.span


def _by_key(workspace: Workspace, target: Target) -> Iterator[Use]:
    index = workspace.index
    yield from index.mentions(target.key)
    paths = {path for each in target.paths for path in (each, *index.referrers(each))}
    for path in sorted(paths):
        entry = workspace.entry(path)
        for mention in entry.mentions if entry else ():
            if mention.owner == target.key:
                yield Use(path, mention)


def _means(workspace: Workspace, entry: Entry, key: str, path: str, beside: frozenset[str]) -> bool:
    """Whether a bare inner ID in another file can only mean that of one document.

    What the file itself defines comes first, then the documents it names, then those beside it.
    """
    if any(d.key == key for d in entry.defined):
        return False
    named = {reference.path for reference in entry.references}
    keys = {each.key for each in entry.mentions} | {each.owner for each in entry.mentions}
    named.update(owner.path for each in keys for owner in workspace.index.owners(each))
    definers = set(_definers(workspace, named, key))
    if definers:
        return definers == {path}
    is_beside = posixpath.dirname(entry.path) == posixpath.dirname(path)
    return is_beside and beside == {path}


def _definers(workspace: Workspace, paths: Iterable[str], key: str) -> Iterator[str]:
    for path in paths:
        if any(workspace.index.inner(path, key)):
            yield path
