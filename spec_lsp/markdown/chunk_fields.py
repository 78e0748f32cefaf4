"""The fields of a chunk: in its lines, in front matter, and in tables of the document's header."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from spec_lsp.markdown.fields import fields_of, is_plain_field, row_fields
from spec_lsp.markdown.front_matter import matter_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk_source import ChunkSource
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.text import Span


def chunk_fields(chunk: ChunkSource) -> tuple[Field, ...]:
    """The labels and values in a chunk, in order."""
    found = [*_line_fields(chunk)] if ":" in chunk.plain or "：" in chunk.plain else []
    if chunk.matter:
        found += matter_fields(chunk.text, chunk.matter)
    if chunk.opens_document:
        for table in chunk.tables:
            found += row_fields(table)
    return tuple(sorted(found, key=lambda field: field.span)) if found else ()


def _line_fields(chunk: ChunkSource) -> Iterable[Field]:
    start = chunk.matter.end if chunk.matter else 0
    header = _header_lines(chunk) if chunk.opens_document else None
    found = fields_of(chunk.visible, start, chunk.lines, _dead_lines(chunk), header)
    return _with_notes(chunk, found) if chunk.comments else found


def _with_notes(chunk: ChunkSource, fields: Iterable[Field]) -> Iterator[Field]:
    """The fields with the comments that follow their values on the same lines."""
    starts = [comment.span.start for comment in chunk.comments]
    for field in fields:
        end = chunk.lines.line_at(field.span.start).end
        behind = bisect_left(starts, field.span.end)
        notes = [each for each in chunk.comments[behind : behind + 1] if each.span.start < end]
        value = field.value_span.of(chunk.plain)
        yield field._replace(value=value, comment="".join(note.text.strip() for note in notes))


def _dead_lines(chunk: ChunkSource) -> frozenset[int]:
    """The lines that are not prose; a line that begins with number signs is never a field."""
    blocks = [*chunk.of_kind("fence", "code", "html", "table", "heading")]
    if len(blocks) == 1 and blocks[0].info.startswith("#"):
        return frozenset()
    return frozenset(line for block in blocks for line in range(block.line, block.end))


def _header_lines(chunk: ChunkSource) -> frozenset[int]:
    """The lines of paragraphs in which every line has the form `Label: value`.

    The first line of the document may be a title, and a value may be on the line below its label.
    Lines right below a quote are not meant to be in it.
    """
    found: set[int] = set()
    text = chunk.visible
    for block in chunk.of_kind("paragraph"):
        lines = chunk.lines_of(block)
        if chunk.is_first and not chunk.level and block is chunk.blocks[0]:
            lines = lines[1:] if len(lines) > 1 and not is_plain_field(text, lines[0]) else lines
        quoted = [line.of(text).lstrip().startswith(">") for line in lines]
        below = quoted.index(False) if any(quoted) and not all(quoted) else 0
        if lines and _are_fields(text, lines[below:]):
            found.update(range(block.end - len(lines) + below, block.end))
    return frozenset(found)


def _are_fields(text: str, lines: list[Span]) -> bool:
    """Whether every line is a field, or the value of a label alone on the line above."""
    above = ""
    for line in lines:
        if not is_plain_field(text, line) and not above.endswith((":", "：")):
            return False
        above = line.of(text).rstrip() if is_plain_field(text, line) else ""
    return True
