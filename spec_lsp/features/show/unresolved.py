"""Cards for broken IDs and links: the problem and the possible fixes."""

from __future__ import annotations

import re

from spec_lsp.features.shared.cards import shorten
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Card
from spec_lsp.identifiers import key_of
from spec_lsp.rules.engine.model import FileContext, Fix
from spec_lsp.rules.links import broken_anchor, broken_link
from spec_lsp.rules.references import unresolved_id

_RULES = {
    "unresolved-id": unresolved_id,
    "broken-link": broken_link,
    "broken-anchor": broken_anchor,
}
_OF_LINKS = ["broken-link", "broken-anchor"]
_MARKS = re.compile(r"[\\`*\[\]<>&!]")


def unresolved_card(place: Place) -> Card | None:
    """Return the card of a broken ID or link at a place, even if the rule is off."""
    page = place.page
    found = (["unresolved-id"] if place.mention else []) + (_OF_LINKS if place.reference else [])
    view = FileContext(page.workspace, page.entry, page.today)
    for code in found:
        for finding in _RULES[code](view):
            if finding.span.holds(place.offset):
                fixes = finding.fixer(page.desk) if finding.fixer else ()
                lines = [f"- {_offered(page, fix)}" for fix in fixes]
                head = f"`{code}`: {_literal(finding.message)}"
                card = lines if page.avoids_duplicates else [head, "", *lines]
                return Card("\n".join(card).rstrip(), finding.span) if card else None
    return None


def _offered(page: Page, fix: Fix) -> str:
    """Return the title of a fix, with the title of the new target."""
    title = next((_title(page, change.edit.text) for change in fix.changes), "")
    return _literal(f"{fix.title} · {shorten(title)}" if title else fix.title)


def _title(page: Page, text: str) -> str:
    """Return the title of the document or inner ID that an ID refers to."""
    key = key_of(text)
    inner = [each.title for each in page.entry.defined if each.key == key and not each.is_own]
    owners = [each.title for each in page.workspace.index.owners(key)]
    return next(iter((*inner, *owners)), "")


def _literal(text: str) -> str:
    """Escape Markdown in a text of the workspace, so that it loads nothing."""
    return _MARKS.sub(r"\\\g<0>", text)
