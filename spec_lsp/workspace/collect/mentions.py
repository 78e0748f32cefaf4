"""The mentions of a document: IDs in its text, fields and front matter."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import normalise_name
from spec_lsp.identifiers import identifiers_in, key_of, prefix_of
from spec_lsp.memo import once
from spec_lsp.text import Span
from spec_lsp.workspace.collect.definitions import is_used_in
from spec_lsp.workspace.collect.heads import is_head, is_linked
from spec_lsp.workspace.facts import Mention, unit_owner
from spec_lsp.workspace.relations import is_dependency, is_relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.identifiers import Identifier
    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.known_ids import KnownIds

_NAME = r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+"
_CODE = re.compile(rf"(?P<ticks>`+) ?(?P<name>{_NAME}) ?(?P=ticks)")
_NAMES = re.compile(rf"(?<![\w/.#@-]){_NAME}(?![\w/#-]|\.\w)")
_IN_UNIT = re.compile(
    r"(?<![\w/.-])(?P<unit>\d{2,8}(?:-[\w-]{1,80})?)/"
    r"(?P<id>[A-Z]{1,12}(?:[-_][A-Z]{1,12}){0,3}[-_]?\d{1,9})(?![\w/-])"
)
# The folder of a unit, and what is between it and IDs: `002-mend FR-001`,
# `specs/002-mend/spec.md: FR-001, FR-002`, `FR-001 and FR-002 of 002-mend`.
_UNIT_FOLDER = re.compile(r"(?<![\w.-])\d{3,8}-[a-z][\w-]{0,80}")
_BEFORE_IDS = re.compile(r"(?:/[\w-]{1,80}\.md)?(?:['’]s)?[`*_)\]\"'’:,#§ \t(\[]{1,8}")
_BETWEEN_IDS = re.compile(r"[ ,/&–-]{1,3}(?:and )?")
_AFTER_IDS = re.compile(r" (?:of|in|from) [`*_\[\"]{0,3}(?:[\w.-]{1,80}/){0,4}")
# A field in front matter that tells what was changed: its IDs may be gone.
_HISTORY = re.compile(r"history|changes|changelog")
_LONGEST_NAME = 80
_LONGEST_LIST = 1_000
# What may precede a reference in a list: links, notes in brackets, other IDs, `and`, `or`.
_LISTED = re.compile(
    r"\[[^\]\n]*\]\([^)\n]*\)?|\([^()\n]*\)|\b[A-Z][A-Z0-9_-]*\d[\w./-]*|\b(?:and|or)\b"
)
_LETTER = re.compile(r"[^\W\d_]")
_LIST_LINE = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|[ \t]+\S|[ \t]*$")


class Mentions(NamedTuple):
    """The mentions of a chunk; `possible` ones count if a document carries the ID."""

    certain: tuple[Mention, ...]
    possible: tuple[Mention, ...]


_NONE = Mentions((), ())


def mentions(chunk: Chunk, known: KnownIds, template_texts: frozenset[str]) -> Mentions:
    """The mentions in a chunk, with spans relative to the chunk and without subjects.

    Places that define IDs are included; `parts` removes them, since that depends on the document.
    """
    in_units = list(_in_units(chunk)) if known.has_units and "/" in chunk.plain else []
    beside_units = list(_beside_units(chunk)) if known.has_units and chunk.identifiers else []
    if not (chunk.identifiers or chunk.fields or chunk.code_spans or in_units):
        return _NONE
    certain: list[Mention] = in_units
    possible: list[Mention] = []
    for each in _identifiers(chunk):
        if known.is_external(each.prefix):
            continue
        if known.knows(each):
            mention = _mention(chunk, each, template_texts)
            unit = next((unit for span, unit in beside_units if span.covers(each.span)), "")
            certain.append(mention._replace(owner=unit, is_linked=False) if unit else mention)
        elif each.prefix.endswith(("-", "_")):
            possible.append(_mention(chunk, each, template_texts))
    for span in _names(chunk):
        name, field = span.of(chunk.text), field_at(chunk, span.start)
        is_same, heads = name in template_texts, is_head(chunk, span) and not is_relation(field)
        possible.append(
            Mention(key_of(name), name, span, "", field, is_template_text=is_same, is_head=heads)
        )
    if len(possible) > 1:
        possible.sort(key=lambda each: each.span)
    return Mentions(tuple(certain), tuple(possible)) if certain or possible else _NONE


def where_used(chunk: Chunk, found: Mentions, template: Template | None) -> Mentions:
    """The mentions of a chunk; where IDs are only used, one in front names nothing."""
    used = [p for p in template.ids if is_used_in(chunk, p)] if template else []
    if not used:
        return found
    return found._replace(
        certain=tuple(
            each._replace(is_head=False)
            if each.is_head and any(p.suits(prefix_of(each.text)) for p in used)
            else each
            for each in found.certain
        )
    )


def _mention(chunk: Chunk, each: Identifier, template_texts: frozenset[str]) -> Mention:
    field = field_at(chunk, each.span.start)
    return Mention(
        key_of(each.text),
        each.text,
        each.span,
        key_of(each.owner) if each.owner else "",
        field,
        is_implied=each.implied,
        is_linked=is_linked(chunk, each.span),
        is_template_text=each.text in template_texts,
        is_head=is_head(chunk, each.span) and not is_relation(field),
    )


def _in_units(chunk: Chunk) -> Iterator[Mention]:
    """IDs after the name of a unit's folder, such as `003-export/FR-001`."""
    for match in _IN_UNIT.finditer(chunk.prose):
        text, field = match["id"], field_at(chunk, match.start())
        span = Span(*match.span("id"))
        yield Mention(key_of(text), text, span, unit_owner(match["unit"]), field)


def _beside_units(chunk: Chunk) -> Iterator[tuple[Span, str]]:
    """The IDs beside the name of a unit's folder, with the unit as their owner."""
    text, ids = chunk.visible, [each.span for each in chunk.identifiers]
    starts = [span.start for span in ids]
    for folder in _UNIT_FOLDER.finditer(text):
        owner, after = unit_owner(folder[0]), bisect_left(starts, folder.end())
        end, gap = folder.end(), _BEFORE_IDS
        for span in ids[after:]:
            if not gap.fullmatch(text, end, span.start):
                break
            yield span, owner
            end, gap = span.end, _BETWEEN_IDS
        start, gap = folder.start(), _AFTER_IDS
        for span in reversed(ids[:after]):
            if not gap.fullmatch(text, span.end, start):
                break
            yield span, owner
            start, gap = span.start, _BETWEEN_IDS


def _identifiers(chunk: Chunk) -> Iterator[Identifier]:
    """Text in the shape of an ID, in front matter as well."""
    if chunk.matter:
        for field in chunk.fields:
            if field.style == "yaml" and not _HISTORY.search(normalise_name(field.name)):
                at = field.value_span.start
                yield from (each.shift(at) for each in identifiers_in(field.value))
    yield from chunk.identifiers


def _names(chunk: Chunk) -> Iterator[Span]:
    """Text in the shape of a free name, in code spans and in relation fields."""
    for span in chunk.code_spans:
        if span.end - span.start <= _LONGEST_NAME:
            match = _CODE.fullmatch(chunk.text, span.start, span.end)
            if match:
                yield Span(*match.span("name"))
    for field in chunk.fields:
        if is_relation(normalise_name(field.name)) and "`" not in field.value:
            value = field.value_span
            named = _NAMES.finditer(chunk.text, value.start, value.end)
            yield from (Span(*match.span()) for match in named)


def field_at(chunk: Chunk, at: int) -> str:
    """The normalised name of the field that holds an offset in a chunk.

    A relation field holds every offset in its value, a dependency and any other field only the
    items of a list: `Depends on: none; it blocks SPEC-002` is no dependency on SPEC-002.
    """
    for span, name in once(chunk, _reaches) if chunk.fields else ():
        if span.start <= at < span.end:
            is_held = is_relation(name) and not is_dependency(name)
            return name if is_held or _lists(chunk.text, span, name, at) else ""
    return ""


def _lists(text: str, span: Span, name: str, offset: int) -> bool:
    start = max(span.start, offset - _LONGEST_LIST, text.rfind("\n", 0, offset) + 1)
    before = _LISTED.sub("", text[start:offset])
    return bool(_LETTER.search(name)) and not _LETTER.search(before)


def _reaches(chunk: Chunk) -> tuple[tuple[Span, str], ...]:
    """The spans of field values, with the normalised names."""
    return tuple((_reach(chunk, field), normalise_name(field.name)) for field in chunk.fields)


def _reach(chunk: Chunk, field: Field) -> Span:
    """The span of a field's value; after a label alone, the span of the list below."""
    if not field.is_block or field.style == "yaml":
        return field.value_span
    text, lines = chunk.text, chunk.lines
    first = lines.line_of(field.span.start) + 1
    end = first
    while end < len(lines.starts) and _continues(lines.line_span(end).of(text), field):
        end += 1
    start = field.value_span.start
    return Span(start, max(start, lines.line_span(end - 1).end))


def _continues(line: str, field: Field) -> bool:
    if field.in_list and line.strip() and not line[0].isspace():
        return False
    return bool(_LIST_LINE.match(line))
