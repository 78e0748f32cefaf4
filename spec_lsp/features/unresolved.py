"""Cards for IDs and links that lead nowhere: what is wrong, and what may be meant instead."""

from __future__ import annotations

import re

from spec_lsp.features.cards import shorten
from spec_lsp.features.model import Card
from spec_lsp.features.place import Page, Place
from spec_lsp.rules.model import Fix, View
from spec_lsp.rules.references import broken_anchor, broken_link, unresolved_id
from spec_lsp.workspace.identity import key_of

_RULES = {
    "unresolved-id": unresolved_id,
    "broken-link": broken_link,
    "broken-anchor": broken_anchor,
}
_OF_LINKS = ["broken-link", "broken-anchor"]
_MARKS = re.compile(r"[\\`*\[\]<>&!]")


def unresolved_card(place: Place) -> Card | None:
    """The card of an ID or a link at a place that leads nowhere, reported or not."""
    page = place.page
    found = (["unresolved-id"] if place.mention else []) + (_OF_LINKS if place.reference else [])
    view = View(page.workspace, page.entry, page.today)
    for code in found:
        for finding in _RULES[code](view):
            if finding.span.holds(place.offset):
                fixes = finding.fixer(page.desk) if finding.fixer else ()
                lines = [f"- {_offered(page, fix)}" for fix in fixes]
                head = f"`{code}`: {_literal(finding.message)}"
                return Card("\n".join([head, "", *lines]).rstrip(), finding.span)
    return None


def _offered(page: Page, fix: Fix) -> str:
    """What a fix offers, with the title of what it would name."""
    title = next((_title(page, change.edit.text) for change in fix.changes), "")
    return _literal(f"{fix.title} · {shorten(title)}" if title else fix.title)


def _title(page: Page, text: str) -> str:
    """The title of the document or of the inner ID that an ID names."""
    key = key_of(text)
    inner = [each.title for each in page.entry.defined if each.key == key and not each.is_own]
    owners = [each.title for each in page.workspace.index.owners(key)]
    return next(iter((*inner, *owners)), "")


def _literal(text: str) -> str:
    """A text of the workspace in which Markdown finds no marks, so that it loads nothing."""
    return _MARKS.sub(r"\\\g<0>", text)
