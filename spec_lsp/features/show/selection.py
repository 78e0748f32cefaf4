"""Selection ranges: word, value, cell or item, list or table, section, document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spec_lsp.features.shared.list_items import siblings
from spec_lsp.features.shared.place import Place
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.text import Span

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def selections(place: Place) -> list[Span]:
    """Return nested spans around an offset, innermost first; the last is the whole document."""
    document, offset = place.document, place.offset
    section = document.section_at(offset)
    found = {
        *_words(place),
        *_parts(section, offset),
        *_blocks(section, offset),
        *_sections(document, section),
    }
    around = sorted((span for span in found if span.holds(offset)), key=lambda s: s.end - s.start)
    return _nested([*around, Span(0, len(document.text))])


def _nested(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or (span.covers(kept[-1]) and span != kept[-1]):
            kept.append(span)
    return kept


def _words(place: Place) -> Iterator[Span]:
    line = place.line
    for match in _WORD.finditer(place.document.text, line.start, line.end):
        yield Span(*match.span())
    for named in (place.mention, place.defined):
        if named:
            yield named.span
    if place.reference:
        yield place.reference.span
        yield place.reference.text_span


def _parts(section: Section, offset: int) -> Iterator[Span]:
    """Yield the spans of nodes: headings, fields, cells, rows, items, links, comments."""
    if section.heading:
        yield section.heading.text_span
        yield section.heading.span
    for field in section.fields:
        yield field.name_span
        yield field.value_span
        yield field.span
    for item in section.items:
        yield item.text_span
        yield item.span
    for table in section.tables:
        if table.span.holds(offset):
            for row in (table.header, *table.rows):
                yield from (cell.span for cell in row)
            yield from table.row_spans
    yield from (link.span for link in section.links)
    yield from (comment.span for comment in section.comments)
    yield from (candidate.span for candidate in candidates_in(section))
    yield from section.code_spans
    yield from (fence.body_span for fence in section.fences)


def _blocks(section: Section, offset: int) -> Iterator[Span]:
    """Yield the blocks of the section, and its lists of consecutive items."""
    chunk = section.chunk
    line = chunk.lines.line_of(min(max(offset - section.start, 0), len(chunk.text)))
    for block in chunk.blocks:
        if block.line <= line < block.end:
            yield _lines(section, block.line, block.end)
            if block.kind == "item":
                found = siblings(chunk, block)
                yield _lines(section, found[0].line, found[-1].end)
    if chunk.matter:
        yield chunk.matter.shift(section.start)


def _lines(section: Section, line: int, end: int) -> Span:
    lines = section.chunk.lines
    start = lines.line_span(line).start
    return _trimmed(section.chunk.text, Span(start, lines.line_span(end - 1).end)).shift(
        section.start
    )


def _sections(document: Document, section: Section) -> Iterator[Span]:
    """Yield the section's body, and each enclosing section with its heading."""
    yield _trimmed(document.text, section.body_span, both=True)
    yield _trimmed(document.text, section.span)
    while section.level:
        yield _trimmed(document.text, Span(section.start, document.subtree_end(section)))
        if section.parent < 0:
            return
        section = document.sections[section.parent]


def _trimmed(text: str, span: Span, *, both: bool = False) -> Span:
    """Trim blank lines at the end of a span, or at both ends."""
    part = span.of(text)
    end = span.start + len(part.rstrip())
    start = span.start + (len(part) - len(part.lstrip()) if both else 0)
    return Span(min(start, end), end)
