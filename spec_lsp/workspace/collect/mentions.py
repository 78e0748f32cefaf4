"""What a document points to: the IDs in its text, fields and front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import normalise_name
from spec_lsp.identifiers import identifiers_in, key_of
from spec_lsp.memo import once
from spec_lsp.text import Span
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.relations import is_relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.identifiers import Identifier
    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.markdown.section import Section
    from spec_lsp.workspace.facts import Defined
    from spec_lsp.workspace.known_ids import KnownIds

_NAME = r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+"
_CODE = re.compile(rf"(?P<ticks>`+) ?(?P<name>{_NAME}) ?(?P=ticks)")
_NAMES = re.compile(rf"(?<![\w/.#@-]){_NAME}(?![\w/#-]|\.\w)")
_LONGEST_NAME = 80
_LONGEST_LIST = 1_000
# What may stand before a reference in a list of some: others, notes, marks.
_LISTED = re.compile(
    r"\[[^\]\n]*\]\([^)\n]*\)?|\([^()\n]*\)|\b[A-Z][A-Z0-9_-]*\d[\w./-]*|\b(?:and|or)\b"
)
_LETTER = re.compile(r"[^\W\d_]")
_LIST_LINE = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|[ \t]+\S|[ \t]*$")


class Mentions(NamedTuple):
    """The mentions of a document; `possible` ones wait for a document that carries such an ID."""

    certain: tuple[Mention, ...]
    possible: tuple[Mention, ...]


def mentions(
    document: Document,
    known: KnownIds,
    template_texts: frozenset[str],
    surroundings: Surroundings,
) -> Mentions:
    """Every ID that a document uses, outside of the places that define it."""
    defining = {each.span for each in surroundings.defined}
    certain: list[Mention] = []
    possible: list[Mention] = []
    new = tuple.__new__
    for section, inside in document.sections_with(_mentions_in, known):
        for found, kept in zip(inside, (certain, possible), strict=False):
            for key, text, span, owner, field, _, is_implied, is_linked, _ in found:
                place = span.shift(section.start)
                if place not in defining:
                    subject = surroundings.subject(section, field) if field else ""
                    told = (key, text, place, owner, field, subject, is_implied, is_linked)
                    # Made as `Mention` itself does it, which takes longer when it is called.
                    kept.append(new(Mention, (*told, text in template_texts)))
    return Mentions(tuple(certain), tuple(sorted(possible, key=lambda each: each.span)))


@dataclass(frozen=True)
class Surroundings:
    """What stands around a place: the field that holds it, and the inner ID it belongs to.

    A field holds what it lists, and one that is named for a relation whatever it speaks of.
    """

    document: Document
    defined: tuple[Defined, ...]

    def of(self, section: Section, offset: int) -> tuple[str, str]:
        """The normalised name of the field at an offset, and the key of the inner ID around it."""
        name = _field_at(section.chunk, offset - section.start)
        return name, self.subject(section, name)

    def subject(self, section: Section, field: str) -> str:
        """The key of the inner ID that a field in a section speaks of."""
        at = section.index if is_relation(field) else -1
        while at >= 0:
            if at in self._headed:
                return self._headed[at]
            at = self.document.outline.parents[at]
        return ""

    @cached_property
    def _headed(self) -> dict[int, str]:
        return {
            self.document.section_at(each.span.start).index: each.key
            for each in self.defined
            if each.form == "heading" and not each.is_own
        }


def _mentions_in(chunk: Chunk, known: KnownIds) -> Mentions | tuple[()]:
    """The mentions in a chunk, counted from its start, as far as it shows them by itself."""
    if not (chunk.identifiers or chunk.fields or chunk.code_spans):
        return ()
    found = _read_mentions(chunk, known)
    return found if any(found) else ()


def _read_mentions(chunk: Chunk, known: KnownIds) -> Mentions:
    certain: list[Mention] = []
    possible: list[Mention] = []
    for each in _identifiers(chunk):
        if known.is_external(each.prefix):
            continue
        if known.knows(each):
            certain.append(_mention(chunk, each))
        elif each.prefix.endswith(("-", "_")):
            possible.append(_mention(chunk, each))
    for span in _names(chunk):
        name = span.of(chunk.text)
        possible.append(Mention(key_of(name), name, span, "", _field_at(chunk, span.start)))
    return Mentions(tuple(certain), tuple(possible))


def _mention(chunk: Chunk, each: Identifier) -> Mention:
    return Mention(
        key_of(each.text),
        each.text,
        each.span,
        key_of(each.owner) if each.owner else "",
        _field_at(chunk, each.span.start),
        is_implied=each.implied,
        is_linked=bool(chunk.links) and _is_linked(chunk, each.span),
    )


def _identifiers(chunk: Chunk) -> Iterator[Identifier]:
    """What has the shape of an ID, in front matter as well."""
    if chunk.matter:
        for field in chunk.fields:
            if field.style == "yaml":
                at = field.value_span.start
                yield from (each.shift(at) for each in identifiers_in(field.value))
    yield from chunk.identifiers


def _names(chunk: Chunk) -> Iterator[Span]:
    """What has the shape of a free name, in code spans and in fields that hold documents."""
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


def _field_at(chunk: Chunk, at: int) -> str:
    """The normalised name of the field at an offset in a chunk, if it holds what stands there."""
    for span, name in once(chunk, _reaches) if chunk.fields else ():
        if span.start <= at < span.end:
            return name if is_relation(name) or _lists(chunk.text, span, name, at) else ""
    return ""


def _is_linked(chunk: Chunk, span: Span) -> bool:
    texts = (link for link in chunk.links if link.kind in ("inline", "reference"))
    return any(link.text_span.covers(span) for link in texts)


def _lists(text: str, span: Span, name: str, offset: int) -> bool:
    start = max(span.start, offset - _LONGEST_LIST, text.rfind("\n", 0, offset) + 1)
    before = _LISTED.sub("", text[start:offset])
    return bool(_LETTER.search(name)) and not _LETTER.search(before)


def _reaches(chunk: Chunk) -> tuple[tuple[Span, str], ...]:
    """Where the values of fields stand, with the normalised names."""
    return tuple((_reach(chunk, field), normalise_name(field.name)) for field in chunk.fields)


def _reach(chunk: Chunk, field: Field) -> Span:
    """Where the value of a field stands; that of a label without one is the list below it."""
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
