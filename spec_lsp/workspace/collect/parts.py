"""The facts of a document's parts: what each part defines and uses.

Most facts depend on one chunk only, and are cached with the chunk. The others depend on other
parts: which of several places defines an ID, which requirement a relation is about, where a link
label is defined. Only the parts with such facts are recomputed for each version.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spec_lsp.identifiers import prefix_of
from spec_lsp.memo import each_part, once
from spec_lsp.workspace.collect.definitions import inner_definitions, is_named
from spec_lsp.workspace.collect.links import LABELLED, labelled_targets, links_in
from spec_lsp.workspace.collect.mentions import mentions, where_used
from spec_lsp.workspace.collect.number_ids import numbers_in, used_numbers
from spec_lsp.workspace.collect.successors import successors
from spec_lsp.workspace.collect.title_ids import titles_in
from spec_lsp.workspace.facts import NOTHING, Defined, Mention, PartFacts, Reference
from spec_lsp.workspace.relations import is_relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Link
    from spec_lsp.markdown.outline import Outline
    from spec_lsp.template.schema import Template
    from spec_lsp.text import Span
    from spec_lsp.workspace.collect.links import Target
    from spec_lsp.workspace.collect.mentions import Mentions
    from spec_lsp.workspace.collect.number_ids import NumberFact
    from spec_lsp.workspace.collect.title_ids import TitleFact
    from spec_lsp.workspace.known_ids import KnownIds

_Use = TypeVar("_Use", Mention, Reference)
_STRENGTH = {"heading": 0, "list": 1, "checkbox": 2, "line": 3, "cell": 4}


class Parts(NamedTuple):
    """The facts of the parts that define or use something, and the offsets of these parts."""

    facts: tuple[PartFacts, ...]
    starts: tuple[int, ...]


class _Context(NamedTuple):
    """What the facts of a part depend on outside of its chunk.

    `hidden` are the positions of its definitions that do not count, `own` is the span of the
    document's own ID, `subject` the inner ID that its relations are about, and `targets` are the
    targets of its labelled links.
    """

    hidden: frozenset[int]
    own: Span | None
    subject: str
    targets: tuple[tuple[Link, Target], ...]


@dataclass(eq=False, slots=True)
class _Read:
    """What is read from a chunk alone; cached until the chunk is freed.

    `definitions` are the IDs that it defines, each with the start of its table, and `subject` the
    one in its heading. `facts` apply to a part without a context; `latest` caches the facts for
    one context, until the part has another context. `placed` are facts that depend on `around`:
    the headings around the part, its own first.
    """

    chunk: Chunk
    definitions: tuple[tuple[Defined, int], ...]
    found: Mentions
    subject: str
    relates: bool
    has_labels: bool
    placed: tuple[TitleFact | NumberFact, ...] = ()
    around: tuple[str, ...] = ()
    facts: PartFacts = NOTHING
    latest: tuple[_Context, PartFacts] | None = None


def parts_of(
    document: Document,
    template: Template | None,
    known: KnownIds,
    texts: frozenset[str],
    own: Defined | None,
) -> Parts:
    """Collect the facts of a document's parts; `own` defines the document's own ID."""
    row = each_part(document, _read, template, known, texts, document.path)
    if template and (template.title_ids or template.number_ids):
        _put_in_place(document, row, texts)
    contexts = _contexts(document, row, own, is_plain=template is None)
    facts: list[PartFacts] = []
    starts: list[int] = []
    for index, read in enumerate(row):
        if read:
            context = contexts.get(index)
            found = _finished(read, context, document.path, texts) if context else read.facts
            if found is not NOTHING:
                facts.append(found)
                starts.append(document.starts[index])
    return Parts(tuple(facts), tuple(starts))


def mentions_alone(
    chunk: Chunk, template: Template | None, known: KnownIds, texts: frozenset[str], path: str
) -> tuple[Mention, ...] | None:
    """The mentions of a part, possible ones included; None if they depend on other parts.

    The part may hold the document's own ID.
    """
    read = _read(chunk, template, known, texts, path)
    if read and (_is_open(read) or read.placed):
        return None
    return (*read.facts.mentions, *read.facts.possible) if read else ()


def _read(
    chunk: Chunk, template: Template | None, known: KnownIds, texts: frozenset[str], path: str
) -> _Read | None:
    definitions = inner_definitions(chunk, template, known)
    found = where_used(chunk, mentions(chunk, known, texts), template)
    has_links = bool(chunk.links)
    links = links_in(chunk, path, texts, {}) if has_links else ()
    has_labels = has_links and any(link.kind in LABELLED for link in chunk.links)
    if numbers := (*used_numbers(chunk, template), *successors(chunk, template, path)):
        found = found._replace(certain=(*found.certain, *numbers))
    placed: list[TitleFact | NumberFact] = [*titles_in(chunk, template, path)]
    placed += numbers_in(chunk, template)
    if not (definitions or placed or found.certain or found.possible or links or has_labels):
        return None
    headed = [d.key for d, _ in definitions if d.form == "heading" and not d.is_own]
    subject = headed[-1] if headed else ""
    uses: Iterable[Mention | Reference] = (*found.certain, *found.possible, *links)
    relates = has_labels or any(is_relation(use.field) for use in uses)
    read = _Read(chunk, definitions, found, subject, relates, has_labels, tuple(placed))
    read.facts = _facts(read, _Context(frozenset(), None, subject, ()), links)
    return read


def _put_in_place(document: Document, row: Sequence[_Read | None], texts: frozenset[str]) -> None:
    """Tell the parts with such facts which headings are around them, if that has changed."""
    around = once(document.outline, _around)
    for index, read in enumerate(row):
        if read and read.placed and read.around != around[index]:
            read.around, read.latest = around[index], None
            links = links_in(read.chunk, document.path, texts, {})
            read.facts = _facts(read, _Context(frozenset(), None, read.subject, ()), links)


def _around(outline: Outline) -> list[tuple[str, ...]]:
    """The titles of each section and of those around it."""
    found: list[tuple[str, ...]] = []
    for title, parent in zip(outline.titles, outline.parents, strict=True):
        found.append((title, *(found[parent] if parent >= 0 else ())))
    return found


def _finished(read: _Read, context: _Context, path: str, texts: frozenset[str]) -> PartFacts:
    """The facts of a part in its context; versions with an equal context share them."""
    if read.latest is None or read.latest[0] != context:
        links = links_in(read.chunk, path, texts, dict(context.targets))
        read.latest = context, _facts(read, context, links)
    return read.latest[1]


def _facts(read: _Read, context: _Context, links: Iterable[Reference]) -> PartFacts:
    hidden, own, subject, *_ = context
    defined = tuple(d for at, (d, _) in enumerate(read.definitions) if at not in hidden)
    certain, possible = read.found
    if defined or own:
        taken = {own, *(each.span for each in defined)}
        certain = tuple(each for each in certain if each.span not in taken)
        possible = tuple(each for each in possible if each.span not in taken)
    about = tuple(links)
    if subject:
        certain = tuple(_about(each, subject) for each in certain)
        possible = tuple(_about(each, subject) for each in possible)
        about = tuple(_about(each, subject) for each in about)
    if read.placed and read.around:
        found = [each.in_place(read.around) for each in read.placed]
        defined = (*defined, *(each for each in found if isinstance(each, Defined)))
        certain = (*certain, *(each for each in found if isinstance(each, Mention)))
    if not (defined or certain or possible or about):
        return NOTHING
    return PartFacts(defined, certain, possible, about)


def _about(use: _Use, subject: str) -> _Use:
    return use._replace(subject=subject) if is_relation(use.field) else use


def _contexts(
    document: Document, row: Sequence[_Read | None], own: Defined | None, *, is_plain: bool
) -> dict[int, _Context]:
    """The contexts of the parts whose facts depend on the rest of the document."""
    reads = {index: read for index, read in enumerate(row) if read and _is_open(read)}
    hidden = _not_meant(document, reads, own) if is_plain else _weaker(document, reads)
    headed = _headed(reads, hidden)
    labelled = [document.sections[index] for index, read in reads.items() if read.has_labels]
    targets = dict(labelled_targets(document, labelled))
    at = document.chunk_at(own.span.start) if own and own.span.end > own.span.start else -1
    if at >= 0 and (read := row[at]):
        reads[at] = read
    found: dict[int, _Context] = {}
    for index, read in reads.items():
        subject = _subject(document, headed, index) if read.relates else read.subject
        is_known = subject == read.subject and index not in hidden and not read.has_labels
        if not is_known or index == at:
            place = own.span.shift(-document.starts[at]) if own and index == at else None
            leads = tuple(targets.get(index, {}).items())
            found[index] = _Context(hidden.get(index, frozenset()), place, subject, leads)
    return found


def _is_open(read: _Read) -> bool:
    return read.relates or bool(read.definitions)


def _not_meant(
    document: Document, reads: Mapping[int, _Read], own: Defined | None
) -> dict[int, frozenset[int]]:
    """Hide the headings of a plain document that only speak of an ID.

    Its title does, since it is not a log of decisions; so do all in a document that has an ID of
    that kind itself, and several phrases with one ID, such as `RFC-4 Phase 1` and `RFC-4 Phase 2`.
    """
    title, own_kind = document.outline.title, prefix_of(own.text) if own else ""
    counts = Counter(each.key for read in reads.values() for each, _ in read.definitions)
    found: dict[int, frozenset[int]] = {}
    for index, read in reads.items():
        # A chunk has one heading, so at most one definition in plain Markdown.
        for each, _ in read.definitions:
            is_phrase = counts[each.key] > 1 and not is_named(read.chunk.plain, each.span.end)
            if index == title or prefix_of(each.text) == own_kind or is_phrase:
                found[index] = frozenset((0,))
    return found


def _weaker(document: Document, reads: Mapping[int, _Read]) -> dict[int, frozenset[int]]:
    """The definitions that do not count, by part, because a stronger place defines the ID.

    A heading is stronger than a table row: a row, as in a table of tests, only mentions the ID.
    Places in one table, in one list or under one parent heading are equally strong.
    """
    places: dict[str, list[_Site]] = {}
    for index, read in reads.items():
        for at, (each, table) in enumerate(read.definitions):
            places.setdefault(each.key, []).append(_Site(index, at, each.form, table))
    found: dict[int, set[int]] = {}
    for sites in places.values():
        if len(sites) > 1:
            best = _group(document, min(sites, key=lambda site: _STRENGTH[site.form]))
            for site in sites:
                if _group(document, site) != best:
                    found.setdefault(site.part, set()).add(site.at)
    return {index: frozenset(places) for index, places in found.items()}


class _Site(NamedTuple):
    part: int
    at: int
    form: str
    table: int


def _group(document: Document, site: _Site) -> tuple[str, int, int]:
    if site.form == "heading":
        return site.form, document.outline.parents[site.part], -1
    return site.form, site.part, site.table


def _headed(reads: Mapping[int, _Read], hidden: Mapping[int, frozenset[int]]) -> dict[int, str]:
    """The inner IDs that headings define, by part."""
    return {
        index: each.key
        for index, read in reads.items()
        for at, (each, _) in enumerate(read.definitions)
        if each.form == "heading" and not each.is_own and at not in hidden.get(index, ())
    }


def _subject(document: Document, headed: Mapping[int, str], at: int) -> str:
    """The key of the inner ID that a relation in a part is about."""
    while at >= 0:
        if at in headed:
            return headed[at]
        at = document.outline.parents[at]
    return ""
