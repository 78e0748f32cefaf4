"""Cards about documents and their inner IDs, for hovers and completion."""

from __future__ import annotations

import posixpath
import re

from spec_lsp.compare import fold, same_text
from spec_lsp.features.shared.place import Page
from spec_lsp.safe_markdown import harmless, plain_text
from spec_lsp.template.schema import Template
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Defined

_OWNERS = ("owner", "owners", "assignee", "author", "authors", "created by")
WEIGHTS = ("severity", "priority")
_MOST_REFERRERS = 5
_LONGEST = 120
_LONGEST_SUMMARY = 195
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_NOBODY = {"unset", "tbd", "none", "n/a", "-", "unknown", "unassigned"}


def document_card(page: Page, entry: Entry) -> str:
    """Return a document's card: title, kind, status, people, tasks, first sentence, referrers."""
    parts = [headline(entry), facts(page, entry), _summary(page, entry), _referrers(page, entry)]
    return "\n\n".join(part for part in parts if part)


def inner_card(page: Page, entry: Entry, defined: Defined) -> str:
    """Return the card of an inner ID: title, document and uses."""
    title = f" · {_shown(defined.title)}" if defined.title else ""
    uses = _uses(page, entry, defined)
    head = f"**{harmless(defined.text)}{title}**"
    return "\n\n".join(part for part in (head, f"of {_full_name(entry)}", uses) if part)


def headline(entry: Entry) -> str:
    """Return ID and title in bold."""
    return f"**{_full_name(entry)}**"


def facts(page: Page, entry: Entry) -> str:
    """Return kind, status, people, priority and tasks in one line."""
    template = page.workspace.settings.template(entry.kind) if entry.kind else None
    found = [template.name if template else "", state(entry)]
    found += [owner(entry, template), priority(entry, template)]
    found = [_shown(each) for each in found]
    done, total = entry.tasks
    if total:
        found.append("all tasks done" if done == total else f"{total - done} of {total} tasks open")
    return " · ".join(fact for fact in found if fact)


def owner(entry: Entry, template: Template | None) -> str:
    """Return who is responsible for a document; empty if unknown."""
    return _value(entry, _OWNERS, template)


def priority(entry: Entry, template: Template | None) -> str:
    """Return the severity or priority of a document; empty if unknown."""
    return _value(entry, WEIGHTS, template)


def state(entry: Entry) -> str:
    """Return the status of a document; empty while all choices are still listed."""
    return "" if not entry.status or "|" in entry.status else shorten(entry.status, 40)


def listed_state(entry: Entry, template: Template | None) -> str:
    """Return the status as the template lists it, else without a remark; documents share it."""
    text = state(entry).partition("(")[0].strip()
    listed = template.lifecycle.order if template and template.lifecycle else ()
    found = [each for each in listed if f"{fold(text)} ".startswith(f"{fold(each)} ")]
    return max(found, key=len, default=text)


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Put a text on one line, shortened at a word."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"


def as_plain_text(card: str) -> str:
    """Convert a card to plain text: without bold and quote markup."""
    return plain_text(_QUOTE.sub("", _BOLD.sub(r"\1", card)))


def _shown(text: str, longest: int = _LONGEST) -> str:
    """Shorten and escape a text of the workspace for a card."""
    return harmless(shorten(text, longest))


def _full_name(entry: Entry) -> str:
    names = [name for name in (entry.id, entry.title) if name] or [entry.path]
    return " · ".join(map(_shown, names))


def _summary(page: Page, entry: Entry) -> str:
    """Return the first sentence, unless it is template text."""
    template = page.workspace.settings.template(entry.kind) if entry.kind else None
    if template and same_text(entry.summary) in same_text(template.document.text):
        return ""
    # A truncated summary may end inside a word.
    return _shown(entry.summary, _LONGEST_SUMMARY)


def _value(entry: Entry, keys: tuple[str, ...], template: Template | None) -> str:
    """Return the value of the first field that is filled in."""
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
    """Return the uses of an inner ID: other documents, and further mentions in its own."""
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
