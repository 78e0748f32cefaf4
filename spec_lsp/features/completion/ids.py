"""IDs: existing ones with their titles, and the next free one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from spec_lsp.features.completion.typed import Typed
from spec_lsp.features.shared.cards import document_card, inner_card, shorten, state
from spec_lsp.features.shared.new_document import next_free_id
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Completion, Completions
from spec_lsp.identifiers import key_of, prefix_of
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.schema import Template
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Defined

MOST = 100
_MENTION = re.compile(
    r"(?<![\w/#.-])(?:(?P<owner>[A-Za-z][A-Za-z_-]*\d[\d.]*)[/#])?(?P<word>(?:[A-Za-z][\w-]*)?)$"
)
_DEFINING = re.compile(r"\s*(?:#{1,6}\s+|(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?)(?:\*\*|__)?$")
_PREFIX = re.compile(r"(?:[A-Za-z]+[-_])+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The typed part of an ID: its unambiguous prefix, and the rest."""

    prefix: str
    rest: str


def mention_items(place: Place) -> Completions | None:
    """Complete an ID in running text; None if the typed text is not one."""
    match = _MENTION.search(place.before)
    if not match or re.match(r"[\w-]", place.after):
        return None
    typed = Typed(Span(place.offset - len(match["word"]), place.offset), match["word"])
    if match["owner"]:
        return _owned_items(place, typed, match["owner"])
    if not match["word"]:
        return None
    wanted = list(_wanted(place.page, match["word"]))
    items = [
        *_new_inner_items(place, typed, wanted),
        *_inner_items(place.page, typed, place.entry, wanted),
        *_unit_items(place.page, typed, wanted),
        *_named_inner_items(place.page, typed, wanted),
    ]
    found = [_document_items(place.page, typed, each) for each in wanted]
    items += (item for each in found for item in each.items)
    if not items:
        return None
    return Completions(tuple(items), any(each.is_incomplete for each in found))


def field_items(page: Page, typed: Typed, prefixes: Iterable[str]) -> Completions:
    """Offer the documents that a field accepts."""
    found = [_document_items(page, typed, _Wanted(prefix, "")) for prefix in prefixes]
    items = tuple(item for each in found for item in each.items)
    return Completions(items[:MOST], any(each.is_incomplete for each in found))


def next_id_item(page: Page, typed: Typed, template: Template) -> Iterator[Completion]:
    """Offer the next free ID of a kind, unsaved files included."""
    own = page.entry.id
    free = next_free_id(page.workspace, template, posixpath.dirname(page.path), own)
    names = [own] if own and own != typed.text else []
    if free and (not own or key_of(free) != key_of(own)):
        names.append(free)
    for rank, name in enumerate(names):
        yield Completion(
            label=name,
            kind="id",
            span=typed.span,
            parts=typed.parts(name),
            description="this document" if name == own else "next free ID",
            filter=typed.filter(name, shows_all=not name.startswith(typed.text)),
            rank=rank,
            is_preselected=rank == 0,
        )


def next_inner_number(entry: Entry, prefix: str, besides: int = -1) -> int:
    """Return the highest number of an inner ID plus 1, ignoring the one at an offset."""
    numbers = [
        int(number[0])
        for defined in entry.defined
        if defined.text.startswith(prefix) and not defined.span.holds(besides)
        if (number := _DIGITS.match(defined.text[len(prefix) :]))
    ]
    return max(numbers, default=0) + 1


def _wanted(page: Page, word: str) -> Iterator[_Wanted]:
    """Return the prefixes that match a typed word.

    Two capital letters suffice; in lower case the whole prefix is required, because prose has words
    such as "decide".
    """
    known = page.workspace.settings.ids
    inner = {prefix_of(defined.text) for defined in page.entry.defined if not defined.is_own}
    template = page.binding.template if page.binding else None
    inner |= {p.prefix for p in template.ids if p.scope != "workspace"} if template else set()
    folded = word.casefold()
    begun = _PREFIX.match(word)
    learnt = [begun[0].upper()] if begun and page.workspace.index.carries(begun[0].upper()) else []
    for prefix in dict.fromkeys((*sorted(inner), *known.own, *known.inner, *learnt)):
        lower = prefix.casefold()
        if prefix and folded.startswith(lower):
            yield _Wanted(prefix, word[len(prefix) :])
        elif prefix and (
            (len(word) >= 2 and prefix.startswith(word)) or folded == lower.rstrip("-_")
        ):
            yield _Wanted(prefix, "")


def _owned_items(place: Place, typed: Typed, owner: str) -> Completions | None:
    """Offer the inner IDs of another document, after `SPEC-004/`."""
    items: list[Completion] = []
    for entry in place.workspace.index.owners(key_of(owner)):
        inner = [defined for defined in entry.defined if not defined.is_own]
        items += (_inner_item(place.page, typed, entry, each) for each in inner)
    return Completions(tuple(items[:MOST])) if items else None


def _new_inner_items(place: Place, typed: Typed, wanted: Iterable[_Wanted]) -> Iterator[Completion]:
    """Offer the next number where an ID is being defined."""
    before = place.document.text[place.line.start : typed.span.start]
    template = place.page.binding.template if place.page.binding else None
    if not template or not _DEFINING.match(before):
        return
    inner = {p.prefix: p for p in template.ids if p.scope != "workspace" and p.defines}
    for each in wanted:
        pattern = inner.get(each.prefix)
        if pattern:
            text = _render(place.entry, pattern, place.offset)
            yield Completion(
                label=text,
                kind="id",
                span=typed.span,
                parts=(text,),
                description="next number",
                filter=typed.filter(text),
                rank=-1,
                is_preselected=True,
            )


def _render(entry: Entry, pattern: IdPattern, offset: int) -> str:
    return pattern.render(next_inner_number(entry, pattern.prefix, offset))


def _inner_items(
    page: Page, typed: Typed, entry: Entry, wanted: Iterable[_Wanted]
) -> Iterator[Completion]:
    prefixes = {each.prefix for each in wanted}
    seen: set[str] = set()
    for rank, defined in enumerate(entry.defined):
        if defined.is_own or prefix_of(defined.text) not in prefixes or defined.key in seen:
            continue
        if defined.span.holds(typed.span.end):
            continue
        seen.add(defined.key)
        yield _inner_item(page, typed, entry, defined, rank)


def _unit_items(page: Page, typed: Typed, wanted: Iterable[_Wanted]) -> Iterator[Completion]:
    """Offer the IDs that the other documents of the unit define for it."""
    prefixes = {each.prefix for each in wanted}
    index, unit = page.workspace.index, page.entry.unit
    for path in index.below(unit) if unit else ():
        entry = index.entries[path]
        for rank, defined in enumerate(entry.defined if path != page.path else ()):
            if defined.scope and prefix_of(defined.text) in prefixes:
                yield _inner_item(page, typed, entry, defined, MOST + rank)


def _named_inner_items(page: Page, typed: Typed, wanted: Iterable[_Wanted]) -> Iterator[Completion]:
    """Offer the qualified inner IDs of documents mentioned in this one: `SPEC-004/FR-1`."""
    prefixes = {each.prefix for each in wanted if page.workspace.settings.ids.is_inner(each.prefix)}
    keys = dict.fromkeys(mention.owner or mention.key for mention in page.entry.mentions)
    index = page.workspace.index
    owners = [owner for key in keys for owner in index.owners(key)] if prefixes else []
    for owner in dict.fromkeys(each.path for each in owners if each.path != page.path):
        entry = index.entries[owner]
        for rank, defined in enumerate(entry.defined):
            if not defined.is_own and prefix_of(defined.text) in prefixes and entry.id:
                item = _inner_item(page, typed, entry, defined, MOST + rank)
                text = f"{entry.id}/{defined.text}"
                yield replace(item, label=text, parts=typed.parts(text))


def _inner_item(
    page: Page, typed: Typed, entry: Entry, defined: Defined, rank: int = 0
) -> Completion:
    return Completion(
        label=defined.text,
        kind="id",
        span=typed.span,
        parts=typed.parts(defined.text),
        description=shorten(defined.title, 80),
        filter=f"{defined.text} {defined.title}".strip(),
        rank=rank,
        documentation=lambda: inner_card(page, entry, defined),
    )


def _document_items(page: Page, typed: Typed, wanted: _Wanted) -> Completions:
    """Offer documents whose ID starts with the typed text, or whose title contains its rest."""
    own = {defined.key for defined in page.entry.defined if defined.is_own}
    found = list(islice(_documents(page, wanted, own), MOST + 1))
    shown = sorted(found[:MOST], key=lambda each: _order(each[1].text))
    items = [
        _document_item(page, typed, entry, defined, rank)
        for rank, (entry, defined) in enumerate(shown)
    ]
    return Completions(tuple(items), len(found) > MOST)


def _detail(page: Page, entry: Entry) -> str:
    kind = page.workspace.settings.kind_names.get(entry.kind, "")
    return " · ".join(fact for fact in (state(entry), kind) if fact)


def _documents(page: Page, wanted: _Wanted, own: set[str]) -> Iterator[tuple[Entry, Defined]]:
    index, prefix, is_meant = page.workspace.index, wanted.prefix, _test(wanted)
    number = wanted.rest.lstrip("0") if wanted.rest.isdigit() else ""
    for key, path in index.ids(prefix + number):
        entry = index.entries[path]
        # Fast path: a document with a kind has one own ID.
        is_plain = bool(entry.kind) and entry.id.startswith(prefix)
        if (is_plain and not is_meant(entry.id, entry.title)) or key in own:
            continue
        defined = next(each for each in entry.defined if each.is_own and each.key == key)
        if is_plain or is_meant(defined.text, defined.title or entry.title):
            yield entry, defined


def _test(wanted: _Wanted) -> Callable[[str, str], bool]:
    """Return a test whether the text typed after a prefix matches the number or the title.

    Precomputed, because it is called for thousands of documents per keystroke.
    """
    rest = wanted.rest
    if not rest.isdigit():
        folded = rest.casefold()
        return lambda _, title: folded in title.casefold()
    if rest.strip("0"):
        return lambda *_: True  # Numbers are compared by key.
    start = wanted.prefix + rest
    return lambda text, _: text.startswith(start)


def _document_item(
    page: Page, typed: Typed, entry: Entry, defined: Defined, rank: int
) -> Completion:
    title = defined.title or entry.title
    return Completion(
        label=defined.text,
        kind="id",
        span=typed.span,
        parts=typed.parts(defined.text),
        detail=_detail(page, entry),
        description=shorten(title, 80),
        filter=typed.filter(f"{defined.text} {title}".strip()),
        rank=rank,
        documentation=lambda: document_card(page, entry),
    )


def _order(text: str) -> tuple[str, int]:
    number = _DIGITS.search(text)
    return prefix_of(text), int(number[0]) if number else 0
