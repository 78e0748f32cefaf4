"""Code lenses above the title and requirements: completeness and references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spec_lsp.features.shared.cards_state import DOT, by_kind, kind_name, plural
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Lens, Location
from spec_lsp.features.shared.target import own_keys
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Mention, Reference
from spec_lsp.workspace.resolve import IdResolver

Used = list[tuple[Entry, Mention | Reference]]


def lenses(page: Page) -> list[Lens]:
    """Return the lenses of a document, from top to bottom."""
    referrers = _referrers(page)
    found = [*_title(page, referrers), *_inner(page, referrers)]
    return sorted(found, key=lambda lens: lens.span)


def _title(page: Page, referrers: list[Entry]) -> Iterator[Lens]:
    entry = page.entry
    span = entry.title_span or Span(0, 0)
    if entry.is_spec:
        yield Lens(span, DOT.join(_facts(page)))
    keys = own_keys(entry)
    used: Used = []
    for referrer in referrers:
        used += ((referrer, m) for m in page.workspace.mentions(referrer) if m.key in keys)
        used += ((referrer, r) for r in referrer.references if r.path == entry.path)
    if used:
        lens = _lens(page, span, used)
        yield replace(lens, title=f"referred to by {lens.title}")


def _facts(page: Page) -> Iterator[str]:
    entry = page.entry
    yield kind_name(page.workspace, entry.kind)
    if entry.sections[1]:
        yield f"{int(entry.completeness * 100)}% complete"
    done, wanted = entry.tasks
    if wanted > done:
        yield plural(wanted - done, "open task")
    if entry.placeholders:
        yield plural(entry.placeholders, "placeholder")


def _inner(page: Page, referrers: list[Entry]) -> Iterator[Lens]:
    """Yield lenses for inner IDs, from the documents that refer to this one."""
    entry = page.entry
    used: dict[str, Used] = {d.key: [] for d in entry.defined if not d.is_own}
    if not used:
        return
    for referrer in referrers:
        reader = IdResolver(page.workspace, referrer)
        for mention in page.workspace.mentions(referrer):
            if mention.key in used and _is_of(page, reader, mention):
                used[mention.key].append((referrer, mention))
    for defined in entry.defined:
        if not defined.is_own and used[defined.key]:
            yield _lens(page, defined.span, used[defined.key])


def _is_of(page: Page, reader: IdResolver, mention: Mention) -> bool:
    """Whether an inner ID in another file resolves to this document only."""
    places = reader.resolve(mention).places
    return bool(places) and all(place.path == page.path for place in places)


def _lens(page: Page, span: Span, used: Used) -> Lens:
    entries = {entry.path: entry for entry, _ in used}
    places = sorted({(entry.path, what.span) for entry, what in used})
    show = tuple(Location(path, each, each) for path, each in places)
    return Lens(span, by_kind(page.workspace, entries.values()), show)


def _referrers(page: Page) -> list[Entry]:
    index = page.workspace.index
    return [index.entries[path] for path in sorted(index.referrers(page.path))]
