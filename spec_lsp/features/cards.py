"""Short cards about documents and the IDs inside them, for hovers and completion."""

from __future__ import annotations

import posixpath
import re

from spec_lsp.features.place import Page
from spec_lsp.safe_markdown import harmless, plain_text
from spec_lsp.template.model import Template
from spec_lsp.template.placeholders import same_text
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Defined

_OWNERS = ("owner", "owners", "assignee", "author", "authors", "created by")
_WEIGHTS = ("severity", "priority")
_MOST_REFERRERS = 5
_LONGEST = 120
_LONGEST_SUMMARY = 195
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_NOBODY = {"unset", "tbd", "none", "n/a", "-", "unknown", "unassigned"}


def document_card(page: Page, entry: Entry) -> str:
    """What matters of a document: title, kind, state, people, tasks, first sentence, referrers."""
    parts = [headline(entry), facts(page, entry), _summary(page, entry), _referrers(page, entry)]
    return "\n\n".join(part for part in parts if part)


def inner_card(page: Page, entry: Entry, defined: Defined) -> str:
    """What matters of an ID inside a document: what it stands for, and where it belongs."""
    title = f" · {_shown(defined.title)}" if defined.title else ""
    uses = _uses(page, entry, defined)
    head = f"**{harmless(defined.text)}{title}**"
    return "\n\n".join(part for part in (head, f"of {_full_name(entry)}", uses) if part)


def headline(entry: Entry) -> str:
    """ID and title."""
    return f"**{_full_name(entry)}**"


def facts(page: Page, entry: Entry) -> str:
    """Kind, state, people, weight and tasks in one line."""
    template = page.workspace.settings.template(entry.kind) if entry.kind else None
    found = [template.name if template else "", state(entry)]
    found += (_value(entry, keys, template) for keys in (_OWNERS, _WEIGHTS))
    found = [_shown(each) for each in found]
    done, total = entry.tasks
    if total:
        found.append("all tasks done" if done == total else f"{total - done} of {total} tasks open")
    return " · ".join(fact for fact in found if fact)


def state(entry: Entry) -> str:
    """The state of a document; nothing while the template's list of states still stands there."""
    return "" if not entry.status or "|" in entry.status else shorten(entry.status, 40)


def shorten(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, cut at a word when it is long."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"


def as_plain_text(card: str) -> str:
    """A card for those who see plain text: without the marks of bold words and quotes."""
    return plain_text(_QUOTE.sub("", _BOLD.sub(r"\1", card)))


def _shown(text: str, longest: int = _LONGEST) -> str:
    """A text of the workspace on one line, as it may be in a card."""
    return harmless(shorten(text, longest))


def _full_name(entry: Entry) -> str:
    names = [name for name in (entry.id, entry.title) if name] or [entry.path]
    return " · ".join(map(_shown, names))


def _summary(page: Page, entry: Entry) -> str:
    """The first sentence, unless it is the template's own."""
    template = page.workspace.settings.template(entry.kind) if entry.kind else None
    if template and same_text(entry.summary) in same_text(template.document.text):
        return ""
    # A summary that has been cut ends anywhere; then it is cut at a word.
    return _shown(entry.summary, _LONGEST_SUMMARY)


def _value(entry: Entry, keys: tuple[str, ...], template: Template | None) -> str:
    """The first of some fields that somebody has filled in."""
    for key in keys:
        value = entry.fields.get(key, "")
        slot = template.field(key) if template else None
        waits = slot and value in (slot.placeholder, slot.node.value)
        if value and not waits and value.casefold() not in _NOBODY:
            return shorten(value, 40)
    return ""


def _referrers(page: Page, entry: Entry) -> str:
    entries = page.workspace.index.entries
    paths = sorted(page.workspace.index.referrers(entry.path))
    if not paths:
        return ""
    return f"Referred to by {_listed([_name(entries[path]) for path in paths])}"


def _uses(page: Page, entry: Entry, defined: Defined) -> str:
    """Who speaks of an inner ID: other documents by its full name, its own more than once."""
    index = page.workspace.index
    inside = sum(m.key == defined.key and not m.owner for m in entry.mentions)
    outside = {
        use.path
        for key in {d.key for d in entry.defined if d.is_own}
        for use in index.mentions(defined.key, key)
        if use.path != entry.path
    }
    found = []
    if outside:
        labels = [_name(index.entries[path]) for path in sorted(outside)]
        found.append(f"Referred to by {_listed(labels)}")
    if inside:
        found.append(f"{inside} more mention{'s' if inside > 1 else ''} in this document")
    return " · ".join(found)


def _name(entry: Entry) -> str:
    return entry.id or entry.title or posixpath.basename(entry.path)


def _listed(names: list[str]) -> str:
    shown = ", ".join(_shown(name, 60) for name in names[:_MOST_REFERRERS])
    more = len(names) - _MOST_REFERRERS
    return f"{shown} and {more} more" if more > 0 else shown
