"""Inlay hints: the title after a mentioned ID."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.features.shared.cards_state import full_name, state
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Hint
from spec_lsp.features.shared.target import own_keys
from spec_lsp.text import Span
from spec_lsp.workspace.facts import Mention

_LONGEST = 48
_WORD = re.compile(r"\w{3,}|\d+")
_MOST = 0.6


def hints(page: Page, within: Span | None = None) -> list[Hint]:
    """Return the hints in a span: one per ID and line, none if the line has the title."""
    found: list[Hint] = []
    shown: set[tuple[int, str, str]] = set()
    for mention in _explained(page):
        if within and not within.holds(mention.span.end):
            continue
        line = page.document.line_at(mention.span.start)
        what = (line.start, mention.owner, mention.key)
        title, tooltip = _title(page, mention)
        if title and what not in shown and not _stands_in(title, line.of(page.document.text)):
            shown.add(what)
            found.append(Hint(mention.span.end, _short(title), tooltip))
    return found


def _explained(page: Page) -> Iterator[Mention]:
    """Yield the mentions in order, except own IDs, ranges, and parts of a qualified ID."""
    mentions = sorted(page.workspace.mentions(page.entry), key=lambda each: each.span)
    ranges = [mention.span for mention in mentions if mention.is_implied]
    # `SPEC-004/FR-2` gets one hint.
    owners = {mention.span.start - 1 for mention in mentions if mention.owner}
    own = own_keys(page.entry)
    for mention in mentions:
        is_part = mention.span.end in owners or any(span.covers(mention.span) for span in ranges)
        if mention.key not in own and not is_part:
            yield mention


def _title(page: Page, mention: Mention) -> tuple[str, str]:
    """Return the title of an ID and its document; empty if the ID is ambiguous."""
    index = page.workspace.index
    if mention.owner:
        places = [
            place
            for owner in index.owners(mention.owner)
            for place in index.inner(owner.path, mention.key)
        ]
    else:
        places = [*index.inner(page.path, mention.key)] or [*index.definitions(mention.key)]
    if len(places) != 1:
        return "", ""
    path, defined = places[0]
    entry = index.entries[path]
    tooltip = "\n".join(part for part in (full_name(entry), state(entry)) if part)
    is_document = defined.is_own and defined.form in ("field", "title", "file")
    return (entry.title if is_document else defined.title), tooltip


def _stands_in(title: str, line: str) -> bool:
    """Whether a line contains most words of the title."""
    title, line = title.casefold(), line.casefold()
    words = {*_WORD.findall(title)}
    shared = words.intersection(_WORD.findall(line))
    return title in line or len(shared) >= max(_MOST * len(words), 1)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
