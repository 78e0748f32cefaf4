"""A parsed document: its sections in order, its header and footer, and its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress, count
from typing import TYPE_CHECKING, TypeVar

from spec_lsp.markdown.outline import Outline
from spec_lsp.markdown.section import Section, Sections
from spec_lsp.memo import Rows, each_part, lazy
from spec_lsp.text import Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.text import Encoding


_Fact = TypeVar("_Fact")
_NEXT_LABEL = re.compile(r"\[([^\[\]\n]{1,200})\]")
_ADDRESS = re.compile(r"[^\[{<(\s][^\s]{0,2000}?[./#:]|[#/.]")
_FOOTER_START = re.compile(r"\s*(?:\*\*|__)[^*\n]+(?::\*\*|\*\*[ \t]*:|:__|__[ \t]*:)")


@dataclass(frozen=True)
class Document:
    """A parsed Markdown text.

    `is_whole` is false for a text that is too long to parse: it has one empty section. All versions
    of a document share `rows`, the cached results for their chunks; versions with the same headings
    share the `outline`.
    """

    path: str
    text: str
    chunks: tuple[Chunk, ...]
    is_whole: bool = True
    rows: Rows = field(default_factory=Rows, compare=False, repr=False)
    known_outline: Outline | None = field(default=None, compare=False, repr=False)

    @property
    def sections(self) -> Sections:
        """The sections in order; the first one may have no heading."""
        return Sections(self)

    @lazy
    def outline(self) -> Outline:
        """The hierarchy of the headings."""
        if self.known_outline:
            return self.known_outline
        chunks = self.chunks
        return Outline(
            tuple([each.level for each in chunks]), tuple([each.title for each in chunks])
        )

    @lazy
    def starts(self) -> list[int]:
        """The offset at which each section begins, and the length of the text."""
        return list(accumulate([len(chunk.text) for chunk in self.chunks], initial=0))

    @lazy
    def lines(self) -> list[int]:
        """The line on which each section begins, and the number of line ends."""
        return list(accumulate([chunk.line_count for chunk in self.chunks], initial=0))

    def sections_with(
        self, ask: Callable[..., _Fact], *given: object
    ) -> Iterator[tuple[Section, _Fact]]:
        """The sections for whose chunk `ask` returns a true result, with it: see `each_part`."""
        answers = each_part(self, ask, *given)
        return ((Section(self, at), answers[at]) for at in compress(count(), answers))

    def chunk_at(self, offset: int) -> int:
        """The index of the chunk, and of the section, that holds an offset."""
        return min(max(bisect_right(self.starts, offset) - 1, 0), len(self.chunks) - 1)

    def section_at(self, offset: int) -> Section:
        return Section(self, self.chunk_at(offset))

    def children(self, section: Section | None) -> Iterator[Section]:
        """The direct children of a section, or the outermost sections."""
        below = self.outline.children.get(section.index if section else -1, ())
        return (Section(self, index) for index in below)

    def subtree_end(self, section: Section) -> int:
        """The offset at which the last descendant of a section ends."""
        return self.starts[self.outline.ends[section.index]]

    @property
    def title_section(self) -> Section | None:
        """The section of the document's title: a level 1 heading before all other headings."""
        index = self.outline.title
        return None if index is None else Section(self, index)

    @property
    def title(self) -> str:
        """The text of the document's title, "" if it has none."""
        return self.title_section.title if self.title_section else ""

    @property
    def header_sections(self) -> tuple[Section, ...]:
        """The sections for header fields: the one before the first heading, and the title's."""
        found = [section for section in self.sections[:1] if not section.level]
        if self.title_section:
            found.append(self.title_section)
        return tuple(found)

    @lazy
    def header_fields(self) -> tuple[Field, ...]:
        """The fields at the top of the document, front matter first."""
        end = self.footer_start
        return tuple(
            field
            for section in self.header_sections
            for field in section.fields
            if field.span.start < end
        )

    @lazy
    def footer_start(self) -> int:
        """The offset of the footer: a closing block of fields after a thematic break; else the end.

        The footer begins at the first break in the last section after which every part between
        breaks begins with a bold label.
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
        start = self.footer_start
        return tuple(field for field in self.sections[-1].fields if field.span.start > start)

    def body_fields(self, section: Section) -> tuple[Field, ...]:
        """The fields of a section, without those of the footer."""
        if section.index != len(self.sections) - 1:
            return section.fields
        start = self.footer_start
        return tuple(field for field in section.fields if field.span.start < start)

    @lazy
    def checks(self) -> tuple[bool, ...]:
        """The state of each check box in the document."""
        return tuple(chain.from_iterable(each_part(self, _checks)))

    @lazy
    def link_labels(self) -> frozenset[str]:
        """The folded labels of the link definitions whose target may be an address."""
        return frozenset(chain.from_iterable(each_part(self, _labels)))

    def is_reference(self, span: Span) -> bool:
        """Whether text in brackets is a reference link, or a part of one."""
        text = self.text
        if text[span.start] != "[" or not self.link_labels:
            return False
        if folded_label(text[span.start + 1 : span.end - 1]) in self.link_labels:
            return True
        label = _NEXT_LABEL.match(text, span.end)
        return label is not None and folded_label(label[1]) in self.link_labels

    @property
    def anchors(self) -> dict[str, int]:
        """The index of the section for each heading anchor, as GitHub names anchors."""
        return self.outline.anchors

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Line and column of an offset."""
        index = self.chunk_at(offset)
        place = self.chunks[index].lines.position(offset - self.starts[index], encoding)
        return Position(self.lines[index] + place.line, place.column)

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset of a position; a column past the end of the line is clamped to the end."""
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
        return min(max(bisect_right(self.lines, line) - 1, 0), len(self.chunks) - 1)


def folded_label(label: str) -> str:
    """The label of a link definition for comparison, as CommonMark compares labels."""
    return " ".join(label.casefold().split())


def _labels(chunk: Chunk) -> tuple[str, ...]:
    return tuple(
        folded_label(link.text_span.of(chunk.text))
        for link in chunk.links
        if link.kind == "definition" and _ADDRESS.match(link.target)
    )


def _checks(chunk: Chunk) -> tuple[bool, ...]:
    return chunk.checks
