"""Folding ranges: sections, front matter, comments, code, tables and long list items."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Fold, FoldKind
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.text import Span


def folds(page: Page) -> list[Fold]:
    """Return the folding ranges of a document, by start; the longer one first."""
    document = page.document
    found = {fold for section in document.sections for fold in _section_folds(document, section)}
    return sorted(found, key=lambda fold: (fold.first, -fold.last, fold.kind))


def _section_folds(document: Document, section: Section) -> Iterator[Fold]:
    chunk = section.chunk
    if section.heading:
        yield from _fold(document, Span(section.start, document.subtree_end(section)), "section")
    if chunk.matter:
        yield from _fold(document, chunk.matter.shift(section.start), "matter")
    for comment in section.comments:
        yield from _fold(document, comment.span, "comment")
    for fence in section.fences:
        yield from _fold(document, fence.span, "code")
    for table in section.tables:
        yield from _fold(document, table.span, "table")
    starts = chunk.lines.starts
    for block in chunk.blocks:
        if block.kind == "item" and block.end - block.line > 1:
            stop = starts[block.end] if block.end < len(starts) else len(chunk.text)
            yield from _fold(document, Span(starts[block.line], stop).shift(section.start), "list")


def _fold(document: Document, span: Span, kind: FoldKind) -> Iterator[Fold]:
    """Return the fold of a span without trailing blank lines."""
    end = span.end
    while end > span.start and document.text[end - 1].isspace():
        end -= 1
    first = document.position(span.start).line
    last = document.position(end).line
    if last > first:
        yield Fold(first, last, kind)
