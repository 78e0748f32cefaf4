"""A document: its sections in order, what stands in its header and footer, and its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spec_lsp.markdown.lazy import lazy
from spec_lsp.markdown.section import Section
from spec_lsp.markdown.slug import slugs
from spec_lsp.text import Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.text import Encoding


_FOOTER_START = re.compile(r"\s*(?:\*\*|__)[^*\n]+(?::\*\*|\*\*[ \t]*:|:__|__[ \t]*:)")


@dataclass(frozen=True)
class Document:
    """A parsed Markdown text.

    `is_whole` is false for a text that is too long to be looked into: it has one empty section.
    `kept` holds the sections before an edit, which stand as they were, with all that is known of
    them, and `kept_anchors` those of the headings, where the edit left them alone.
    """

    path: str
    text: str
    chunks: tuple[Chunk, ...]
    is_whole: bool = True
    kept: tuple[Section, ...] = field(default=(), compare=False, repr=False)
    kept_anchors: dict[str, int] | None = field(default=None, compare=False, repr=False)

    @lazy
    def sections(self) -> tuple[Section, ...]:
        """The sections in order; the first may have no heading."""
        found = [*self.kept]
        around = self._around_kept()
        start = found[-1].end if found else 0
        line = found[-1].line + found[-1].chunk.line_count if found else 0
        for index in range(len(found), len(self.chunks)):
            chunk = self.chunks[index]
            level = chunk.level
            while level and around and around[-1].level >= level:
                around.pop()
            section = Section(chunk, index, start, line, around[-1].index if around else -1)
            found.append(section)
            if level:
                around.append(section)
            start += len(chunk.text)
            line += chunk.line_count
        return tuple(found)

    def _around_kept(self) -> list[Section]:
        """The last of the kept sections and those around it, from the outside in."""
        path: list[Section] = []
        index = len(self.kept) - 1
        while index >= 0:
            path.append(self.kept[index])
            index = self.kept[index].parent
        return [section for section in reversed(path) if section.level]

    @lazy
    def _starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @lazy
    def _lines(self) -> list[int]:
        return [section.line for section in self.sections]

    @lazy
    def _children(self) -> dict[int, list[Section]]:
        found: dict[int, list[Section]] = {}
        for section in self.sections:
            if section.level:
                found.setdefault(section.parent, []).append(section)
        return found

    @lazy
    def _subtree_ends(self) -> list[int]:
        """Where each section and everything below it ends, found from the last one backwards."""
        ends = [section.end for section in self.sections]
        for section in reversed(self.sections):
            if section.parent >= 0:
                ends[section.parent] = max(ends[section.parent], ends[section.index])
        return ends

    def chunk_at(self, offset: int) -> int:
        """The index of the chunk, and of the section, that holds an offset."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def section_at(self, offset: int) -> Section:
        """The section that holds an offset."""
        return self.sections[self.chunk_at(offset)]

    def children(self, section: Section | None) -> Iterator[Section]:
        """The sections right below one, or those that have none above them."""
        return iter(self._children.get(section.index if section else -1, ()))

    def subtree_end(self, section: Section) -> int:
        """Where the section and everything below it ends."""
        return self._subtree_ends[section.index]

    @lazy
    def title_section(self) -> Section | None:
        """The section of the document's title: a first-level heading before all others."""
        first = next((section for section in self.sections if section.level), None)
        return first if first and first.level == 1 else None

    @property
    def title(self) -> str:
        """The text of its title."""
        return self.title_section.title if self.title_section else ""

    @lazy
    def header_sections(self) -> tuple[Section, ...]:
        """Where header fields may stand: before the first heading and under the title."""
        found = [section for section in self.sections[:1] if not section.level]
        if self.title_section:
            found.append(self.title_section)
        return tuple(found)

    @lazy
    def header_fields(self) -> tuple[Field, ...]:
        """The fields at the top, those of the front matter first."""
        end = self.footer_start
        return tuple(
            field
            for section in self.header_sections
            for field in section.fields
            if field.span.start < end
        )

    @lazy
    def footer_start(self) -> int:
        """Where the closing block of fields behind a thematic break begins, or the end.

        It is the first break in the last section after which every part between breaks begins
        with a bold label.
        """
        last = self.sections[-1]
        start = len(self.text)
        end = len(self.text)
        for rule in reversed(last.rules):
            if not _FOOTER_START.match(self.text[rule.end : end]) or last.index == 0:
                break
            start = end = rule.start
        return start

    @lazy
    def footer_fields(self) -> tuple[Field, ...]:
        """The fields of the closing block."""
        start = self.footer_start
        return tuple(field for field in self.sections[-1].fields if field.span.start > start)

    def body_fields(self, section: Section) -> tuple[Field, ...]:
        """The fields of a section, without those of the closing block."""
        if section.index != len(self.sections) - 1:
            return section.fields
        start = self.footer_start
        return tuple(field for field in section.fields if field.span.start < start)

    @lazy
    def anchors(self) -> dict[str, int]:
        """The anchors of its headings, as GitHub makes them, with their sections' indices."""
        if self.kept_anchors is not None:
            return self.kept_anchors
        headed = [section for section in self.sections if section.level]
        names = slugs(section.title for section in headed)
        return dict(zip(names, (section.index for section in headed), strict=True))

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        index = self.chunk_at(min(max(offset, 0), len(self.text)))
        place = self.chunks[index].lines.position(offset - self._starts[index], encoding)
        return Position(self._lines[index] + place.line, place.column)

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a position; a column past the end of its line means that end."""
        index = self._chunk_with(position.line)
        local = Position(position.line - self._lines[index], position.column)
        return self._starts[index] + self.chunks[index].lines.offset(local, encoding)

    def line_span(self, line: int) -> Span:
        """A line without its line end."""
        index = self._chunk_with(line)
        local = self.chunks[index].lines.line_span(line - self._lines[index])
        return local.shift(self._starts[index])

    def line_at(self, offset: int) -> Span:
        """The line that holds an offset, without its line end."""
        return self.line_span(self.position(offset).line)

    def _chunk_with(self, line: int) -> int:
        return max(bisect_right(self._lines, line) - 1, 0)
