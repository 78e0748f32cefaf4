"""The outline of a document, with the open work in each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spec_lsp.features.shared.cards_state import progress, state
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Symbol
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.text import Span
from spec_lsp.workspace.collect.progress import leftovers
from spec_lsp.workspace.facts import Defined


def outline(page: Page) -> list[Symbol]:
    """Return the sections as a tree, with fields, defined IDs and tasks.

    Without the sections if the editor shows headings itself.
    """
    return _Outline(page, _work(page)).symbols()


@dataclass(frozen=True)
class _Symbols:
    """Counts by section, including subsections."""

    done: Counter[int] = field(default_factory=Counter)
    wanted: Counter[int] = field(default_factory=Counter)
    placeholders: Counter[int] = field(default_factory=Counter)

    def detail(self, section: Section) -> str:
        at = section.index
        return progress((self.done[at], self.wanted[at]), self.placeholders[at])


def _work(page: Page) -> _Symbols:
    document, work = page.document, _Symbols()
    for section in document.sections:
        boxes = [item for item in section.chunk.items if item.checked is not None]
        for index in _upwards(document, section) if boxes else ():
            work.wanted[index] += len(boxes)
            work.done[index] += sum(item.checked is True for item in boxes)
    for section, _ in leftovers(page.binding) if page.binding else ():
        for index in _upwards(document, section):
            work.placeholders[index] += 1
    return work


def _upwards(document: Document, section: Section) -> Iterator[int]:
    index = section.index
    while index >= 0:
        yield index
        index = document.outline.parents[index]


class _Outline:
    def __init__(self, page: Page, work: _Symbols) -> None:
        self.page = page
        self.document = page.document
        self.work = work
        self.defined: dict[int, list[Defined]] = {}
        for each in page.entry.defined:
            if each.form in ("heading", "list", "checkbox", "cell"):
                at = self.document.section_at(each.span.start).index
                self.defined.setdefault(at, []).append(each)

    def symbols(self) -> list[Symbol]:
        first = self.document.sections[0]
        loose = [] if first.level else [*self._fields(first), *self._ids(first)]
        sections = (self._section(each) for each in self.document.children(None))
        return [*loose, *(each for found in sections for each in found)]

    def _section(self, section: Section) -> list[Symbol]:
        heading = section.heading
        span = Span(section.start, self.document.subtree_end(section))
        name_span = heading.text_span if heading else Span(section.start, section.start)
        is_title = section == self.document.title_section
        in_heading = any(each.form == "heading" for each in self.defined.get(section.index, ()))
        children = [*self._fields(section), *self._ids(section)]
        for each in self.document.children(section):
            children += self._section(each)
        if self.page.avoids_duplicates:
            return children
        symbol = Symbol(
            name=section.title or "#" * section.level,
            kind="document" if is_title else ("id" if in_heading else "section"),
            span=span,
            name_span=name_span,
            detail=state(self.page.entry) if is_title else self.work.detail(section),
            children=tuple(children),
        )
        return [symbol]

    def _fields(self, section: Section) -> Iterator[Symbol]:
        """Yield the header fields; fields in sections are part of their text."""
        if section not in self.document.header_sections:
            return
        for each in self.document.header_fields:
            if section.span.covers(each.span) and each.name and not each.is_block:
                span = Span(
                    min(each.span.start, each.name_span.start),
                    max(each.span.end, each.value_span.end),
                )
                yield Symbol(each.name, "field", span, each.name_span, each.value)

    def _ids(self, section: Section) -> Iterator[Symbol]:
        for each in self.defined.get(section.index, ()):
            if each.form == "heading":
                continue
            name = f"{each.text} {each.title}".strip()
            kind = "task" if each.form == "checkbox" else "id"
            yield Symbol(name, kind, each.name_span, each.span, self._box(section, each))  # type: ignore[arg-type]

    def _box(self, section: Section, defined: Defined) -> str:
        for item in section.items if defined.form == "checkbox" else ():
            if item.text_span.covers(defined.span):
                return "done" if item.checked else "open"
        return ""
