"""Fixes for IDs: use an existing one, create the missing document, renumber."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple, Self

from spec_lsp.identifiers import prefix_of
from spec_lsp.rules.engine.model import Change, Fix, FixContext, NewFile
from spec_lsp.rules.fixes.links import link_to
from spec_lsp.template.schema import Template
from spec_lsp.template.write.file_name import is_safe_id, new_text
from spec_lsp.template.write.values import Values
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import (
    Defined,
    Mention,
    Reference,
    is_title_key,
    split_title_key,
)
from spec_lsp.workspace.new_path import new_path

_MOST = 3
_FEW = 10  # neighbours of a name, on each side
_ALIKE = 0.6


def name_another(entry: Entry, mention: Mention, desk: FixContext) -> Iterator[Fix]:
    """Change to a similar ID that exists, or create the missing document."""
    if is_title_key(mention.key):
        for title in _alike_titles(desk, mention):
            yield _replace(entry.path, mention.span, title, f"Change to {title}")
        return
    key = ("alike", entry.path, mention.text, mention.owner)
    for text in desk.workspace.settled(key, lambda: _alike_ids(desk, entry, mention)):
        yield _replace(entry.path, mention.span, text, f"Change to {text}")
    if not mention.owner:
        yield from _new_documents(mention, desk)


def renumber_document(entry: Entry, own: Defined, desk: FixContext) -> Iterator[Fix]:
    """Give a document the next free ID, and update its own text and the links to it.

    Other mentions are unchanged: with a duplicate ID, they may mean the other document.
    """
    numbered = re.search(r"(?<!\d)\d+$", own.text)
    if not numbered:
        return
    new = _next(own.text, desk.workspace.taken_ids(prefix_of(own.text)))
    changes = [Change(entry.path, Edit(span, new)) for span in _own_places(entry, own)]
    path = _renamed(entry.path, own.text, new)
    for use in desk.workspace.index.links(entry.path):
        changes += _followed(desk.workspace.index.entries[use.path], use.what, own, new, path)
    moved = (entry.path, path) if path != entry.path and inside(path) else None
    yield Fix(f"Renumber to {new}", tuple(changes), rename=moved)


def renumber_inside(entry: Entry, defined: Defined, _desk: FixContext) -> Iterator[Fix]:
    """Give a requirement the next free number of its document; a title has no number."""
    if is_title_key(defined.key):
        return
    taken = [each.text for each in entry.defined if not each.is_own]
    new = _next(defined.text, taken)
    yield _replace(entry.path, defined.span, new, f"Renumber to {new}")


def _alike_titles(desk: FixContext, mention: Mention) -> list[str]:
    """Titles of the group like one, those that differ only in case first."""
    group, title = split_title_key(mention.key)
    keys = map(split_title_key, filter(is_title_key, desk.workspace.index.tables.inner))
    by_folded = {other.casefold(): other for around, other in keys if around == group}
    nearest = _nearest(title.casefold(), _Sorted.of(by_folded))
    found = get_close_matches(title.casefold(), nearest, _MOST)
    return [by_folded[each] for each in found]


def _alike_ids(desk: FixContext, entry: Entry, mention: Mention) -> list[str]:
    """Existing IDs with the prefix of a mention that are like it."""
    prefix = prefix_of(mention.text)
    workspace = desk.workspace
    around = workspace.index.owners(mention.owner) if mention.owner else [entry]
    inner = (each.text for one in around for each in one.defined if not each.is_own)
    known = _nearest(mention.text, _of_prefix(inner, prefix))
    if not mention.owner:
        taken = workspace.settled(
            ("taken", prefix), lambda: _of_prefix(workspace.taken_ids(prefix), prefix)
        )
        known |= _nearest(mention.text, taken)
    return get_close_matches(mention.text, sorted(known), _MOST, _ALIKE)


class _Sorted(NamedTuple):
    """Names in order, and written backwards in order."""

    names: list[str]
    backwards: list[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Sort names."""
        every = set(names)
        return cls(sorted(every), sorted(each[::-1] for each in every))


def _of_prefix(names: Iterable[str], prefix: str) -> _Sorted:
    return _Sorted.of(each for each in names if prefix_of(each) == prefix)


def _nearest(text: str, known: _Sorted) -> set[str]:
    """Limit many names to those beside a text, by start and by end: `difflib` is slow on all."""
    by_end = (each[::-1] for each in _beside(text[::-1], known.backwards))
    return {*_beside(text, known.names), *by_end}


def _beside(text: str, ordered: list[str]) -> list[str]:
    at = bisect_left(ordered, text)
    return ordered[max(at - _FEW, 0) : at + _FEW]


def _new_documents(mention: Mention, desk: FixContext) -> Iterator[Fix]:
    """Create the document of an ID: one fix for each kind with this prefix."""
    if not is_safe_id(mention.text):
        return
    for template in desk.workspace.settings.templates:
        if template.id and template.id.prefix == prefix_of(mention.text):
            values = Values("", mention.text, desk.today, desk.author, _first_state(template))
            path = new_path(desk.workspace, template, values)
            if path:
                made = NewFile(path, partial(new_text, template, values))
                name = template.name if template.name.isupper() else template.name.lower()
                yield Fix(f"Create {mention.text} as {name}", new_file=made)


def _first_state(template: Template) -> dict[str, str]:
    """The draft status as a field value: a new document is a draft even without a title."""
    lifecycle = template.lifecycle
    return {lifecycle.field: lifecycle.draft[0]} if lifecycle else {}


def _next(text: str, taken: Iterable[str]) -> str:
    """The next free ID of the same shape."""
    prefix, width = prefix_of(text), len(text) - len(prefix_of(text))
    numbers = [int(each[len(prefix) :]) for each in taken if _is_number(each, prefix)]
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"


def _is_number(text: str, prefix: str) -> bool:
    return prefix_of(text) == prefix and text[len(prefix) :].isdigit()


def _own_places(entry: Entry, own: Defined) -> list[Span]:
    spans = [own.span] if own.span.end > own.span.start else []
    spans += (
        mention.span
        for mention in (*entry.mentions, *entry.possible)
        if mention.key == own.key and not mention.owner and not mention.is_implied
    )
    return sorted(set(spans))


def _renamed(path: str, old: str, new: str) -> str:
    """Replace the old ID at the start of a file name; other paths are unchanged."""
    folder, name = posixpath.split(path)
    if not name.casefold().startswith(old.casefold()) or name[len(old) : len(old) + 1].isdigit():
        return path
    head = new.lower() if name[: len(old)] == old.lower() else new
    return posixpath.join(folder, head + name[len(old) :])


def _followed(
    source: Entry, link: Mention | Reference, own: Defined, new: str, path: str
) -> Iterator[Change]:
    """Update a link to a renumbered document: its destination and an ID in its text."""
    if not isinstance(link, Reference):
        return
    if path != link.path:
        yield Change(source.path, Edit(link.span, link_to(source.path, path, link.anchor)))
    for mention in (*source.mentions, *source.possible):
        if mention.key == own.key and link.text_span.covers(mention.span):
            yield Change(source.path, Edit(mention.span, new))


def _replace(path: str, span: Span, text: str, title: str) -> Fix:
    return Fix(title, (Change(path, Edit(span, text)),))
