"""A chunk: the lines from one top-level heading to the next, and everything found in them.

All its facts count from its own start, so a chunk that an edit did not touch is used as it is,
wherever it has moved to. They are found when somebody asks, and once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from spec_lsp.markdown import inline, lists
from spec_lsp.markdown.candidates import candidates
from spec_lsp.markdown.fields import is_plain_field, line_fields, row_fields
from spec_lsp.markdown.matter import matter_fields, matter_span
from spec_lsp.markdown.nodes import Fence, Heading
from spec_lsp.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.nodes import (
        Block,
        Candidate,
        Comment,
        Definition,
        Field,
        Identifier,
        Item,
        Link,
        Table,
    )

_NOT_PROSE = ("fence", "code", "html", "table", "rule", "heading")


@dataclass(frozen=True)
class Chunk:
    """Some whole lines of a document, parsed.

    Only the first chunk, `is_first`, may hold front matter.
    """

    text: str
    blocks: tuple[Block, ...]
    is_first: bool = False

    @cached_property
    def lines(self) -> LineIndex:
        """Its lines."""
        return LineIndex(self.text)

    @cached_property
    def matter(self) -> Span | None:
        """The front matter, in the first chunk of a document that has some."""
        return matter_span(self.text) if self.is_first else None

    @cached_property
    def heading(self) -> Heading | None:
        """The heading that the chunk begins with; only the first chunk may have none."""
        if not self.blocks or self.blocks[0].kind != "heading" or self.blocks[0].depth:
            return None
        block = self.blocks[0]
        lines = [self.lines.line_span(line) for line in range(block.line, block.end)]
        if block.info.startswith("#"):
            return lists.atx_heading(lines[0].of(self.text), lines[0].start, block.level)
        return lists.setext_heading(self.text, lines, block.level)

    @property
    def level(self) -> int:
        """The level of its heading, or nought."""
        return self.blocks[0].level if self.heading else 0

    @cached_property
    def fences(self) -> tuple[Fence, ...]:
        """Its code blocks, fenced or indented."""
        return tuple(self._fence(block) for block in self.blocks if block.kind in ("fence", "code"))

    @cached_property
    def _spans_and_comments(self) -> tuple[tuple[Span, ...], tuple[Comment, ...]]:
        dead = [fence.span for fence in self.fences]
        if self.matter:
            dead.append(self.matter)
        html = [self._span(block) for block in self.blocks if block.kind == "html"]
        return inline.code_and_comments(self.text, dead, html)

    @property
    def code_spans(self) -> tuple[Span, ...]:
        """Its code spans, back-ticks included."""
        return self._spans_and_comments[0]

    @property
    def comments(self) -> tuple[Comment, ...]:
        """Its HTML comments."""
        return self._spans_and_comments[1]

    @cached_property
    def prose(self) -> str:
        """Its text with code, comments and front matter blanked out at their own length."""
        blanks = [fence.span for fence in self.fences]
        blanks += self.code_spans
        blanks += (comment.span for comment in self.comments)
        if self.matter:
            blanks.append(self.matter)
        return inline.blank(self.text, blanks) if blanks else self.text

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its links, in order."""
        return inline.links(self.prose)

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        """Everything in its prose that has the shape of an ID."""
        return inline.identifiers(self.prose, self.links)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Everything in it that has the shape of a placeholder, in code too."""
        code = [fence.span for fence in self.fences]
        code += self.code_spans
        return candidates(self.text, (comment.span for comment in self.comments), code)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Its list items."""
        found = (
            lists.item(self._line(block.line), self.lines.starts[block.line], block.depth)
            for block in self.blocks
            if block.kind == "item"
        )
        return tuple(item for item in found if item)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Its tables."""
        return tuple(
            lists.table(
                self.text, [self.lines.line_span(line) for line in range(block.line, block.end)]
            )
            for block in self.blocks
            if block.kind == "table"
        )

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The IDs that stand in it at places that define them."""
        return tuple(lists.definitions(self.heading, self.items, self.tables))

    @cached_property
    def rules(self) -> tuple[Span, ...]:
        """Its thematic breaks outside of lists and quotes."""
        return tuple(
            self._span(block) for block in self.blocks if block.kind == "rule" and not block.depth
        )

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Its paragraphs, those in lists and quotes included."""
        return tuple(self._span(block) for block in self.blocks if block.kind == "paragraph")

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The labels and values in it, front matter first."""
        own: list[Field] = []
        if self.matter:
            own += matter_fields(self.text, self.matter)
        own += self._line_fields()
        if self.opens_document:
            for table in self.tables:
                own += row_fields(table)
        return tuple(sorted(own, key=lambda field: field.span))

    @property
    def opens_document(self) -> bool:
        """Whether it may hold the document's header: what precedes the second-level sections."""
        return self.is_first or self.level == 1

    def _line_fields(self) -> Iterator[Field]:
        """A label with nothing behind it heads what follows, unless a field or the end follows."""
        numbers = list(self._prose_lines())
        plain = self._plain_header_lines() if self.opens_document else frozenset()
        for number in numbers:
            line = self._line(number)
            for field in line_fields(line, self.lines.starts[number], is_header=number in plain):
                yield field if field.value else self._labelled(field, number)

    def _labelled(self, field: Field, number: int) -> Field:
        for line in range(number + 1, len(self.lines.starts)):
            text = self._line(line)
            if text.strip():
                is_field = line_fields(text, 0, is_header=False) and not field.in_list
                indented = not field.in_list or text[:1].isspace()
                is_block = not is_field and indented and not text.lstrip().startswith(("#", "---"))
                return field if not is_block else replace(field, is_block=True)
        return field

    def _prose_lines(self) -> Iterator[int]:
        dead = {
            line
            for block in self.blocks
            if block.kind in _NOT_PROSE
            for line in range(block.line, block.end)
        }
        first = self.lines.line_of(self.matter.end) if self.matter else 0
        for line in range(first, len(self.lines.starts)):
            if line not in dead and not self._in_comment(self.lines.starts[line]):
                yield line

    def _in_comment(self, offset: int) -> bool:
        return any(comment.span.start < offset < comment.span.end for comment in self.comments)

    def _plain_header_lines(self) -> frozenset[int]:
        """The lines of paragraphs in which every line reads as `Label: value`."""
        found: set[int] = set()
        for block in self.blocks:
            lines = range(block.line, block.end)
            if block.kind == "paragraph" and all(is_plain_field(self._line(n)) for n in lines):
                found.update(lines)
        return frozenset(found)

    def _line(self, number: int) -> str:
        return self.lines.line_span(number).of(self.text)

    def _span(self, block: Block) -> Span:
        first = self.lines.line_span(block.line)
        return Span(first.start, max(first.start, self.lines.line_span(block.end - 1).end))

    def _fence(self, block: Block) -> Fence:
        span = self._span(block)
        if block.kind == "code":
            return Fence(span, span, "")
        starts = self.lines.starts
        body = starts[block.line + 1] if block.line + 1 < len(starts) else span.end
        last = self.lines.line_span(block.end - 1)
        closing = last.of(self.text).strip(" \t>")
        is_closed = block.end - 1 > block.line and closing.startswith(("```", "~~~"))
        end = last.start if is_closed else span.end
        return Fence(span, Span(min(body, span.end), max(body, end)), block.info)
