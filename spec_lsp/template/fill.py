"""The way back: from a template to a new document, a missing section, the next block, a table row.

All of them answer with parts, which `parts.plain` and `parts.snippet` turn into text. What is known
(the ID, the title, today, the author) is filled in; the rest stays a hole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spec_lsp.template.choices import find_choice
from spec_lsp.template.corrections import corrections_span
from spec_lsp.template.field_slots import normalise_name
from spec_lsp.template.ids import pattern_of
from spec_lsp.template.parts import Hole, Part, Stop, cut, strip
from spec_lsp.template.placeholders import placeholders_in, same_text
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spec_lsp.markdown import Section
    from spec_lsp.template.model import FieldSlot, SectionSlot, TableSlot, Template

_CREATED = re.compile(
    r"^(?:date|created|created (?:at|on|date)|creation date|date created|start date|opened|reported"
    r"|last updated|updated|updated (?:at|date)|last modified|modified)$"
)
_AUTHOR = re.compile(
    r"^(?:authors?|author s|author\(s\)|created by|written by|reporter|reported by)$"
)
_TITLE_KEYS = ("title", "name")
_VARIABLE = re.compile(r"\{\{\s*[A-Z][A-Z0-9_]*\s*\}\}")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Values:
    """What is known of a new document. `fields` holds values by normalised field name."""

    title: str = ""
    id: str = ""
    date: str = ""
    author: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def new_document(template: Template, values: Values) -> list[Part]:
    """A whole document."""
    document = template.document
    text = document.text
    holes = [*_dropped(template), *_title(template, values)]
    for slot in template.fields:
        holes += _field(slot, values, template, is_outside=True)
    for section_slot in template.slots:
        for sample in section_slot.samples[:1]:
            for slot in section_slot.fields:
                holes += _field(slot, values, template)
            holes += _cells(section_slot, sample)
            holes += _prose(section_slot, sample)
    for section in document.sections:
        holes += _placeholders(template, section)
    return cut(text, 1 if text.startswith("\ufeff") else 0, len(text), holes)


def section_block(slot: SectionSlot, template: Template, *, shift: int = 0) -> list[Part]:
    """A section with everything below it, as its template shows it first."""
    return _block(slot, template, shift, {})


def next_block(slot: SectionSlot, template: Template, number: int, *, shift: int = 0) -> list[Part]:
    """The next instance of a repeatable block, with its number in all its headings."""
    first = _NUMBER.search(slot.title)
    old = first[0] if first else ""
    return _block(slot, template, shift, {"": str(number), old: str(number).zfill(len(old))})


def table_row(slot: TableSlot, template: Template) -> list[Part]:
    """A new row for a table: its choices, and a hole in every other cell."""
    parts: list[Part] = ["| "]
    sample = slot.node.rows[0] if slot.node.rows else ()
    for column, name in enumerate(slot.columns):
        choices = slot.choices.get(column)
        if column:
            parts.append(" | ")
        if choices:
            parts.append(Stop(choices.texts[0], choices.texts))
        else:
            text = sample[column].text if column < len(sample) else ""
            parts.append(Stop(text if same_text(text) in template.placeholders else name))
    return [*parts, " |"]


def field_line(slot: FieldSlot, template: Template, value: str = "") -> list[Part]:
    """The line of a field, as the template writes it."""
    node = slot.node
    text = template.document.text
    line = template.document.line_at(node.span.start)
    if node.style == "yaml":
        parts: list[Part] = [f"{node.name}: "]
    else:
        parts = [text[line.start : node.value_span.start]]
    if not node.value and isinstance(parts[0], str) and not parts[0].endswith(" "):
        parts = [f"{parts[0]} "]
    parts.append(value or _value_stop(slot))
    tail = text[node.span.end : line.end]
    return [*parts, tail] if tail.strip() in ("", "\\", "`") and tail else parts


def _value_stop(slot: FieldSlot) -> Stop:
    if slot.choices:
        return Stop(slot.values[0], slot.values)
    return Stop(slot.placeholder or slot.default)


def _block(
    slot: SectionSlot, template: Template, shift: int, numbers: Mapping[str, str]
) -> list[Part]:
    document = template.document
    start, end = slot.section.start, document.subtree_end(slot.section)
    end = max(start, min(end, document.footer_start))
    holes = [hole for hole in _dropped(template) if hole.span.start > start]
    for each in slot.walk():
        sample = each.section
        holes += _heading(sample, shift, numbers)
        for field_slot in each.fields:
            holes += _field(field_slot, Values(), template)
        holes += _cells(each, sample)
        holes += _prose(each, sample)
        holes += _placeholders(template, sample)
    return strip(cut(document.text, start, _without_rule(template, start, end), holes))


def _without_rule(template: Template, start: int, end: int) -> int:
    """The end of a block without the thematic break that only divides it from what follows."""
    section = template.document.section_at(max(end - 1, start))
    last = section.rules[-1] if section.rules else None
    if last and start < last.start < end and not template.document.text[last.end : end].strip():
        return last.start
    return end


def _heading(section: Section, shift: int, numbers: Mapping[str, str]) -> Iterator[Hole]:
    heading = section.heading
    if not heading:
        return
    if shift and not heading.is_setext:
        marks = Span(heading.span.start, heading.span.start + heading.level)
        yield Hole(marks, "#" * min(max(heading.level + shift, 1), 6))
    if not numbers:
        return
    for match in re.finditer(r"\d+|(?<![A-Za-z])(?:N|X{2,}|#{1,})(?![A-Za-z])", heading.text):
        new = numbers.get(match[0]) or (None if match[0].isdigit() else numbers.get(""))
        if new is not None:
            width = len(match[0]) if len(match[0]) > 1 else 0
            yield Hole(Span(*match.span()).shift(heading.text_span.start), new.zfill(width))
            if match[0].isdigit() is False:
                return


def _dropped(template: Template) -> Iterator[Hole]:
    """What a template holds only for itself: corrections, further samples, optional fields."""
    document = template.document
    own = corrections_span(document)
    if own:
        matter = document.chunks[0].matter
        only = matter and not [
            f for f in document.header_fields if f.style == "yaml" and f.name != "spec-lsp"
        ]
        yield Hole(_with_blank_lines(document.text, matter) if only and matter else own, "")
    for slot in template.slots:
        for sample in slot.samples[1:]:
            yield Hole(Span(sample.start, _sample_end(template, sample)), "")
    for slot in template.fields:
        line = document.line_at(slot.node.span.start)
        alone = slot.node.span.start - line.start <= 2 and slot.node.style != "yaml"
        if not slot.is_required and alone and slot.node.value and slot.placeholder:
            end = line.end + len(re.match(r"\r?\n?|\r?", document.text[line.end :])[0])  # type: ignore[index]
            yield Hole(Span(line.start, end), "")


def _with_blank_lines(text: str, span: Span) -> Span:
    blank = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*").match(text, span.end)
    return Span(span.start, blank.end() if blank else span.end)


def _sample_end(template: Template, sample: Section) -> int:
    """Where a further sample ends; a thematic break behind it belongs to what follows."""
    document = template.document
    end = min(document.subtree_end(sample), max(document.footer_start, sample.start))
    last = document.section_at(max(end - 1, sample.start))
    if (
        last.rules
        and last.rules[-1].start < end
        and not document.text[last.rules[-1].end : end].strip()
    ):
        following = (
            document.sections[last.index + 1] if last.index + 1 < len(document.sections) else None
        )
        if following and following.level < sample.level:
            return last.rules[-1].start
    return end


def _title(template: Template, values: Values) -> Iterator[Hole]:
    """The document's title: in place of what waits for it, or behind the words that all share."""
    section = template.document.title_section
    if not template.title or not section or not section.heading:
        return
    heading = section.heading
    title = values.title
    if template.title.is_literal:
        if title:
            yield Hole(Span(heading.text_span.end, heading.text_span.end), f": {title}")
        return
    if template.title.key == "*":
        yield Hole(heading.text_span, title or Stop(heading.text))
        return
    pieces = [*placeholders_in(template.document, section)]
    own = [piece for piece in pieces if heading.text_span.covers(piece.span)]
    for piece in own:
        pattern = pattern_of(piece.text)
        if pattern and template.id and pattern.prefix == template.id.prefix and values.id:
            yield Hole(piece.span, values.id)
        elif piece is own[-1]:
            yield Hole(piece.span, title or Stop(piece.text))


def _field(
    slot: FieldSlot, values: Values, template: Template, *, is_outside: bool = False
) -> Iterator[Hole]:
    node = slot.node
    known = _known(slot, values, template, is_outside=is_outside)
    if known is not None:
        span = node.value_span
        raw = span.of(template.document.text)
        if raw.startswith("`") and raw.endswith("`") and len(raw) > 1:
            span = Span(span.start + 1, span.end - 1)
        lead = (
            " "
            if span.start == span.end and not template.document.text[: span.start].endswith(" ")
            else ""
        )
        yield Hole(span, lead + known)
    elif slot.choices and not node.comment:
        yield Hole(node.value_span, Stop(node.value, slot.values))


def _known(slot: FieldSlot, values: Values, template: Template, *, is_outside: bool) -> str | None:
    """The value of a field where it is known."""
    if slot.key in values.fields:
        given = values.fields[slot.key]
        choice = find_choice(given, slot.choices) if slot.choices else None
        return choice.text if choice and not choice.is_open else given
    lifecycle = template.lifecycle
    if lifecycle and slot.key == lifecycle.field and is_outside and values.title:
        return lifecycle.draft[0]
    if values.id and slot.name == template.id_field:
        return values.id
    if values.title and slot.key in _TITLE_KEYS and slot.node.style == "yaml":
        return values.title
    waits = slot.placeholder or not slot.node.value
    if values.date and waits and slot.kind == "date" and _CREATED.match(slot.key):
        return values.date
    if values.author and waits and _AUTHOR.match(slot.key):
        return values.author
    return None


def _cells(slot: SectionSlot, section: Section) -> Iterator[Hole]:
    """The choices in the sample rows of tables."""
    for table_slot, table in zip(slot.tables, section.tables, strict=False):
        for row in table.rows:
            for column, cell in enumerate(row):
                choices = table_slot.choices.get(column)
                if choices and cell.text:
                    yield Hole(cell.span, Stop(cell.text, choices.texts))


def _prose(slot: SectionSlot, section: Section) -> Iterator[Hole]:
    """The paragraphs of guidance, each to be overwritten as a whole."""
    chunk = section.chunk
    taken = [each.span for each in (*chunk.fields, *chunk.items, *chunk.comments)]
    if not slot.guidance:
        return
    for span in chunk.paragraphs:
        text = span.of(chunk.text)
        if not any(other.overlaps(span) for other in taken) and text.strip():
            lead = len(text) - len(text.lstrip())
            if not text.lstrip().startswith(("[", "{", "<", "**", ">")):
                yield Hole(
                    Span(span.start + lead, span.end).shift(section.start), Stop(text.strip())
                )


def _placeholders(template: Template, section: Section) -> Iterator[Hole]:
    for piece in placeholders_in(template.document, section):
        if same_text(piece.text) in template.placeholders:
            name = same_text(piece.text) if _VARIABLE.fullmatch(piece.text) else ""
            yield Hole(piece.span, Stop(piece.text, name=name))


def values_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Values by normalised name, as `Values.fields` wants them."""
    return {normalise_name(name): value for name, value in fields.items()}
