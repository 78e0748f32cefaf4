"""A document: its sections in order, what stands in its header and footer, and its lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import is_, itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from spec_lsp.markdown.anchors import slugs
from spec_lsp.markdown.section import Section
from spec_lsp.memo import lazy
from spec_lsp.text import Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.text import Encoding

    Find = Callable[..., Any]
    # What was given to find something, and what was found, with the indices of the sections.
    Findings = dict[Find, tuple[tuple[object, ...], list[tuple[int, Any]]]]


_Fact = TypeVar("_Fact")
_FOOTER_START = re.compile(r"\s*(?:\*\*|__)[^*\n]+(?::\*\*|\*\*[ \t]*:|:__|__[ \t]*:)")


@dataclass(frozen=True)
class Kept:
    """What an edit leaves of the version before it.

    `above` are the sections before the edit, which stand as they were, with all that is known of
    them. If it leaves the outline alone, `below` are those behind it, which stand elsewhere, with
    their `starts` and `lines`, and `findings` what was found in which sections, but for those that
    are `fresh`. `anchors` are those of the headings, if it leaves these alone.
    """

    above: tuple[Section, ...] = ()
    below: tuple[Section, ...] = ()
    starts: Sequence[int] = ()
    lines: Sequence[int] = ()
    anchors: dict[str, int] | None = None
    findings: Findings = field(default_factory=dict)
    fresh: range = range(0)


@dataclass(frozen=True)
class Document:
    """A parsed Markdown text.

    `is_whole` is false for a text that is too long to be looked into: it has one empty section.
    """

    path: str
    text: str
    chunks: tuple[Chunk, ...]
    is_whole: bool = True
    kept: Kept = field(default=Kept(), compare=False, repr=False)
    findings: Findings = field(default_factory=dict, compare=False, repr=False)

    @lazy
    def sections(self) -> tuple[Section, ...]:
        """The sections in order; the first may have no heading."""
        found = [*self.kept.above]
        around = self._around_kept()
        start = found[-1].end if found else 0
        line = found[-1].line + found[-1].chunk.line_count if found else 0
        for index in range(len(found), len(self.chunks) - len(self.kept.below)):
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
        if self.kept.below:
            by, lines = start - self.kept.starts[0], line - self.kept.lines[0]
            found += [each.moved(by, lines) for each in self.kept.below]
        return tuple(found)

    def _around_kept(self) -> list[Section]:
        """The last of the kept sections and those around it, from the outside in."""
        path: list[Section] = []
        kept = self.kept.above
        index = len(kept) - 1
        while index >= 0:
            path.append(kept[index])
            index = kept[index].parent
        return [section for section in reversed(path) if section.level]

    @lazy
    def starts(self) -> list[int]:
        """Where its sections begin."""
        return self._told(lambda section: section.start, self.kept.starts)

    @lazy
    def lines(self) -> list[int]:
        """On which lines they begin."""
        return self._told(lambda section: section.line, self.kept.lines)

    def _told(self, tell: Callable[[Section], int], below: Sequence[int]) -> list[int]:
        """The places of its sections; those below an edit have all moved as the last one has."""
        sections = self.sections
        by = tell(sections[-1]) - below[-1] if below else 0
        above = sections[: len(sections) - len(below)]
        return [*map(tell, above), *(place + by for place in below)]

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

    def sections_with(
        self, find: Callable[..., _Fact], *given: object
    ) -> Iterator[tuple[Section, _Fact]]:
        """The sections in whose chunk something is found, with that; most hold little of most.

        It may depend on nothing but the chunk and what is `given`, which is compared by identity:
        after an edit, only what it touched is looked at again.
        """
        known = self.findings.get(find)
        if known is None or not _are_same(known[0], given):
            known = self.findings[find] = given, self._find(find, given)
        return ((self.sections[at], fact) for at, fact in known[1])

    def _find(self, find: Find, given: tuple[object, ...]) -> list[tuple[int, Any]]:
        before, known = self.kept.findings.get(find, (None, []))
        if before is None or not _are_same(before, given):
            return [
                (at, fact) for at, chunk in enumerate(self.chunks) if (fact := find(chunk, *given))
            ]
        fresh = self.kept.fresh
        begin, end = (bisect_left(known, at, key=_place) for at in (fresh.start, fresh.stop))
        found = ((at, find(self.chunks[at], *given)) for at in fresh)
        return [*known[:begin], *(each for each in found if each[1]), *known[end:]]

    def chunk_at(self, offset: int) -> int:
        """The index of the chunk, and of the section, that holds an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

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
    def checks(self) -> tuple[bool, ...]:
        """Which of its check boxes are ticked."""
        return tuple(each for _, checks in self.sections_with(_checks) for each in checks)

    @lazy
    def anchors(self) -> dict[str, int]:
        """The anchors of its headings, as GitHub makes them, with their sections' indices."""
        if self.kept.anchors is not None:
            return self.kept.anchors
        headed = [section for section in self.sections if section.level]
        names = slugs(section.title for section in headed)
        return dict(zip(names, (section.index for section in headed), strict=True))

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        index = self.chunk_at(min(max(offset, 0), len(self.text)))
        place = self.chunks[index].lines.position(offset - self.starts[index], encoding)
        return Position(self.lines[index] + place.line, place.column)

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a position; a column past the end of its line means that end."""
        index = self._chunk_with(position.line)
        local = Position(position.line - self.lines[index], position.column)
        return self.starts[index] + self.chunks[index].lines.offset(local, encoding)

    def line_span(self, line: int) -> Span:
        """A line without its line end."""
        index = self._chunk_with(line)
        local = self.chunks[index].lines.line_span(line - self.lines[index])
        return local.shift(self.starts[index])

    def line_at(self, offset: int) -> Span:
        """The line that holds an offset, without its line end."""
        return self.line_span(self.position(offset).line)

    def _chunk_with(self, line: int) -> int:
        return max(bisect_right(self.lines, line) - 1, 0)


_place = itemgetter(0)


def _are_same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _checks(chunk: Chunk) -> tuple[bool, ...]:
    return chunk.checks
