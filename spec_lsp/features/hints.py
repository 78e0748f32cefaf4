"""The title of a mentioned ID, shown behind it."""

from __future__ import annotations

from spec_lsp.features.model import Hint
from spec_lsp.features.place import Page
from spec_lsp.features.state import full_name, state
from spec_lsp.features.target import own_keys
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Mention

_LONGEST = 48


def hints(page: Page, within: Span | None = None) -> list[Hint]:
    """The hints in a stretch of a document: one an ID and line, none where the title stands."""
    found: list[Hint] = []
    shown: set[tuple[int, str, str]] = set()
    own = own_keys(page.entry)
    mentions = sorted(page.workspace.mentions(page.entry), key=lambda each: each.span)
    owners = {mention.span.start - 1 for mention in mentions if mention.owner}
    for mention in mentions:
        # Of `SPEC-004/FR-2` only the whole is explained.
        if mention.is_implied or mention.key in own or mention.span.end in owners:
            continue
        if within and not within.holds(mention.span.end):
            continue
        line = page.document.line_at(mention.span.start)
        what = (line.start, mention.owner, mention.key)
        title, tooltip = _title(page, mention)
        if title and what not in shown and not _stands_in(title, line.of(page.document.text)):
            shown.add(what)
            found.append(Hint(mention.span.end, _short(title), tooltip))
    return found


def _title(page: Page, mention: Mention) -> tuple[str, str]:
    """What an ID stands for, and in which document, where that is beyond doubt."""
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
    return title.casefold() in line.casefold()


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
