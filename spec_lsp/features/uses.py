"""Who uses what a target names: mentions by ID and links, in path order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spec_lsp.features.model import Location
from spec_lsp.features.target import Target, own_keys
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Mention, Reference
from spec_lsp.workspace.index import Use
from spec_lsp.workspace.resolve import Reader
from spec_lsp.workspace.workspace import Workspace


def uses(workspace: Workspace, target: Target) -> Iterator[Use]:
    """Every mention and link of a target, in every file, its own included."""
    if target.kind in ("document", "id") and target.key:
        yield from workspace.index.mentions(target.key)
    elif target.kind == "inner":
        for path in target.paths:
            yield from inner_uses(workspace, path, target.key)
    for path in target.paths:
        if target.kind == "document":
            yield from document_links(workspace, path)
        elif target.anchor:
            yield from anchor_links(workspace, path, target.anchor)


def inner_uses(workspace: Workspace, path: str, key: str) -> Iterator[Use]:
    """Every mention of an ID that one document numbers: in it, behind its ID, or beside it."""
    index = workspace.index
    owners = own_keys(workspace.entry(path))
    reader = cache(lambda other: Reader(workspace, index.entries[other]))
    for use in index.mentions(key):
        mention = use.what
        if not isinstance(mention, Mention):
            continue
        if mention.owner:
            if mention.owner in owners:
                yield use
        elif use.path == path or _means(reader(use.path), mention, path):
            yield use


def document_links(workspace: Workspace, path: str) -> Iterator[Use]:
    """Every link to a file and its headings; of its own links those to the file as a whole."""
    for source, link in links_to(workspace, path):
        if source != path or not link.anchor:
            yield Use(source, link)


def anchor_links(workspace: Workspace, path: str, anchor: str) -> Iterator[Use]:
    """Every link to a heading, from its own file too."""
    folded = anchor.lower()
    for source, link in links_to(workspace, path):
        if link.anchor.lower() == folded:
            yield Use(source, link)


def use_locations(found: Iterable[Use]) -> list[Location]:
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
        span = use.what.span
        locations.setdefault((use.path, span), Location(use.path, span, span))
    return [locations[each] for each in sorted(locations)]


def links_to(workspace: Workspace, path: str) -> Iterator[tuple[str, Reference]]:
    """Every link to a file and its headings with the file it stands in, which may be that file."""
    entry = workspace.entry(path)
    for reference in entry.references if entry else ():
        if reference.path == path:
            yield path, reference
    for use in workspace.index.links(path):
        if isinstance(use.what, Reference):
            yield use.path, use.what


def _means(reader: Reader, mention: Mention, path: str) -> bool:
    """Whether a bare inner ID in another file can only be that of one document."""
    places = reader.resolve(mention).places
    return bool(places) and all(place.path == path and not place.what.is_own for place in places)
