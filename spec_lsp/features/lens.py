"""Facts above the title and above requirements: how far they have come, and who refers to them."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.features.model import Lens, Location
from spec_lsp.features.place import Page
from spec_lsp.features.state import DOT, by_kind, kind_name, plural
from spec_lsp.features.target import own_keys
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry, Mention, Reference

Used = list[tuple[Entry, Mention | Reference]]


def lenses(page: Page) -> list[Lens]:
    """The lenses of a document, from top to bottom."""
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
        used += ((referrer, m) for m in referrer.mentions if m.key in keys)
        used += ((referrer, r) for r in referrer.references if r.path == entry.path)
    if used:
        yield _lens(page, span, used)


def _facts(page: Page) -> Iterator[str]:
    entry = page.entry
    yield kind_name(page.workspace, entry.kind)
    if entry.sections[1]:
        yield f"{int(entry.completeness * 100)} % complete"
    done, wanted = entry.tasks
    if wanted > done:
        yield plural(wanted - done, "open task")
    if entry.placeholders:
        yield plural(entry.placeholders, "placeholder")


def _inner(page: Page, referrers: list[Entry]) -> Iterator[Lens]:
    """What refers to each inner ID, in the documents that refer to this one at all."""
    entry = page.entry
    owners = own_keys(entry)
    used: dict[str, Used] = {d.key: [] for d in entry.defined if not d.is_own}
    if not used:
        return
    for referrer in referrers:
        own = {defined.key for defined in referrer.defined}
        for mention in referrer.mentions:
            names_this = mention.owner in owners if mention.owner else mention.key not in own
            if names_this and mention.key in used and _is_sure(page, referrer, mention):
                used[mention.key].append((referrer, mention))
    for defined in entry.defined:
        if not defined.is_own and used[defined.key]:
            yield _lens(page, defined.span, used[defined.key])


def _is_sure(page: Page, referrer: Entry, mention: Mention) -> bool:
    """Whether a bare inner ID can only be this document's, among those that its file names."""
    if mention.owner:
        return True
    index = page.workspace.index
    named = {reference.path for reference in referrer.references}
    named.update(owner.path for each in referrer.mentions for owner in index.owners(each.key))
    return not any(any(index.inner(path, mention.key)) for path in named - {page.path})


def _lens(page: Page, span: Span, used: Used) -> Lens:
    entries = {entry.path: entry for entry, _ in used}
    places = sorted({(entry.path, what.span) for entry, what in used})
    show = tuple(Location(path, each, each) for path, each in places)
    return Lens(span, by_kind(page.workspace, entries.values()), show)


def _referrers(page: Page) -> list[Entry]:
    index = page.workspace.index
    return [index.entries[path] for path in sorted(index.referrers(page.path))]
