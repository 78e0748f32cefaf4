"""Code lenses above the title and requirements: completeness and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spec_lsp.features.shared.cards_state import DOT, by_kind, kind_name, plural
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Lens
from spec_lsp.features.shared.steps import Steps
from spec_lsp.features.shared.target import own_keys
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.resolve import IdResolver


def lenses(page: Page) -> Steps[list[Lens]]:
    """Return the lenses of a document, from top to bottom.

    Those with references are shown with counts; the references are looked up on click.
    """
    entry, workspace = page.entry, page.workspace
    whole: list[Entry] = []
    used: dict[str, list[Entry]] = {each.key: [] for each in entry.defined if not each.is_own}
    for path in sorted(workspace.index.referrers(page.path)):
        if referrer := workspace.entry(path):
            if _refers(referrer, entry):
                whole.append(referrer)
            for key in set(_inner_used(page, referrer, used)):
                used[key].append(referrer)
        yield
    found = [*_title(page, whole)]
    found += (
        Lens(each.span, by_kind(workspace, used[each.key]), is_link=True)
        for each in entry.defined
        if not each.is_own and used[each.key]
    )
    return sorted(found, key=lambda lens: lens.span)


def _title(page: Page, referrers: list[Entry]) -> Iterator[Lens]:
    entry = page.entry
    span = entry.title_span or Span(0, 0)
    if entry.is_spec:
        yield Lens(span, DOT.join(_facts(page)))
    if referrers:
        yield Lens(span, f"referred to by {by_kind(page.workspace, referrers)}", is_link=True)


def _facts(page: Page) -> Iterator[str]:
    entry = page.entry
    yield kind_name(page.workspace, entry.kind)
    if entry.sections[1]:
        yield f"{entry.percent}% complete"
    done, wanted = entry.tasks
    if wanted > done:
        yield plural(wanted - done, "open task")
    if entry.placeholders:
        yield plural(entry.placeholders, "placeholder")


def _refers(referrer: Entry, entry: Entry) -> bool:
    """Whether a file mentions a document or links to it."""
    return any(referrer.mentions_of(own_keys(entry))) or any(referrer.links_to(entry.path))


def _inner_used(page: Page, referrer: Entry, keys: Iterable[str]) -> Iterator[str]:
    """Yield the inner IDs of this document that another file uses."""
    index, path = page.workspace.index, referrer.path
    wanted = {key for key in keys if path in index.tables.mentioned.get(key, ())}
    reader = IdResolver(page.workspace, referrer)
    for mention in referrer.mentions_of(wanted) if wanted else ():
        if not mention.owner and path in index.inner_owners(mention.key):
            continue  # Its own: the nearest definition counts.
        places = reader.resolve(mention).places if page.workspace.knows(mention) else ()
        # An ID that several documents define is not certainly the one of this document.
        if places and all(place.path == page.path for place in places):
            yield mention.key
