"""What is to be filled in a template: titles, fields, cells, guidance and placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import same_text
from spec_lsp.template.notation.id_patterns import pattern_of
from spec_lsp.template.notation.languages import LETTER
from spec_lsp.template.notation.placeholders import placeholders_in
from spec_lsp.template.read.corrections import KEY, corrections_span
from spec_lsp.template.write.snippet import Hole, Stop
from spec_lsp.template.write.values import Values, known_value, written_value
from spec_lsp.template.write.yaml_values import is_map
from spec_lsp.text import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spec_lsp.markdown.section import Section
    from spec_lsp.template.notation.candidates import Candidate
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template

_VARIABLE = re.compile(r"\{\{\s*[A-Z][A-Z0-9_]*\s*\}\}")
NUMBER = re.compile(rf"\d+|(?<![{LETTER}])(?:N|X{{2,}}|#{{1,}})(?![{LETTER}])")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|^[ \t]*-{3,}[ \t]*$", re.DOTALL | re.MULTILINE)
# Guidance for people has two words; marks for tools have one, as in `toc` or `AC:BEGIN`.
_GUIDES = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]+")
_NO_GUIDE = re.compile(
    r"\s*(?:cspell|markdownlint|prettier|spec-lsp|vale)\b|.*\boptional\b", re.IGNORECASE | re.DOTALL
)
_LONGEST = 500  # code points of a comment that are searched for guidance
_NOT_PROSE = ("[", "{", "<", "**")


def slot_holes(slot: SectionSlot, template: Template, values: Values) -> Iterator[Hole]:
    """The replacements in the first sample of a section, without its subsections."""
    sample = slot.section
    for field in slot.fields:
        yield from field_holes(field, template, values)
    yield from _cells(slot, sample)
    placeholders = list(placeholder_holes(template, sample))
    yield from placeholders
    yield from _guidance(slot, sample, [hole.span for hole in placeholders])
    yield from _comments(template, sample)


def field_holes(slot: FieldSlot, template: Template, values: Values) -> Iterator[Hole]:
    """The replacement of a field's value: the known value, its choices or its placeholder."""
    if slot.is_commented or is_map(slot.node):
        return
    span = slot.node.value_span
    known = written_value(slot, values, template)
    if known is None:
        if slot.choices and not slot.node.comment:
            yield Hole(span, Stop(slot.node.value, slot.values))
        elif slot.placeholder and same_text(slot.placeholder) not in template.placeholders:
            yield Hole(span, Stop(slot.node.value))
        return
    raw = span.of(template.document.text)
    if len(raw) > 1 and raw.startswith("`") and raw.endswith("`"):
        span = Span(span.start + 1, span.end - 1)
    touches = not raw and not template.document.text[: span.start].endswith(" ")
    yield Hole(span, f" {known}" if touches else known)


def placeholder_holes(template: Template, section: Section) -> Iterator[Hole]:
    """The placeholders of a section; variables with the same name are filled together."""
    for piece in placeholders_in(template.document, section):
        text = same_text(piece.text)
        if text in template.placeholders:
            name = text if _VARIABLE.fullmatch(piece.text) else ""
            yield Hole(piece.span, Stop(piece.text, name=name))


def title_holes(template: Template, values: Values) -> Iterator[Hole]:
    """The replacements in the document's title: of its placeholders, or after its fixed words."""
    section = template.document.title_section
    heading = section.heading if section else None
    if not template.title or not section or not heading:
        return
    if template.title.is_literal:
        if values.title:
            yield Hole(Span(heading.text_span.end, heading.text_span.end), f": {values.title}")
        return
    if template.title.key == "*":
        yield Hole(heading.text_span, values.title or Stop(heading.text))
        return
    pieces = [
        piece
        for piece in placeholders_in(template.document, section)
        if heading.text_span.covers(piece.span)
    ]
    for piece in pieces:
        if values.id and _is_own_id(piece, template):
            yield Hole(piece.span, values.id)
        elif piece is pieces[-1]:
            yield Hole(piece.span, values.title or Stop(piece.text))


def level_hole(section: Section, shift: int) -> Iterator[Hole]:
    """The replacement of a heading's marks by those of another level."""
    heading = section.heading
    if shift and heading and not heading.is_setext:
        marks = Span(heading.span.start, heading.span.start + heading.level)
        yield Hole(marks, "#" * min(max(heading.level + shift, 1), 6))


def number_holes(section: Section, numbers: Mapping[str, Sequence[str]]) -> Iterator[Hole]:
    """The replacements of the numbers in a heading, padded to the same width.

    `numbers` holds the new numbers by the old; if a number occurs several times in a heading, each
    occurrence takes the next of its new numbers. An open number such as `N` has the key "".
    """
    heading = section.heading
    left = {old: list(new) for old, new in numbers.items()}
    for match in NUMBER.finditer(heading.text) if heading else ():
        new = left.get(match[0] if match[0].isdigit() else "")
        if heading and new:
            width = len(match[0]) if len(match[0]) > 1 else 0
            number = new.pop(0) if len(new) > 1 else new[0]
            span = Span(*match.span()).shift(heading.text_span.start)
            yield Hole(span, number.zfill(width))


def dropped_holes(template: Template, values: Values) -> Iterator[Hole]:
    """The deletions: corrections, further samples, optional fields outside front matter.

    An optional field whose value is known stays.
    """
    yield from _corrections(template)
    for slot in template.slots:
        for sample in slot.samples[1:] if not slot.pattern.is_literal else ():
            yield Hole(Span(sample.start, _sample_end(template, sample)), "")
    for field in template.fields:
        is_open = not field.is_required and field.placeholder and field.place != "matter"
        if is_open and known_value(field, values, template) is None:
            yield from _own_line(field, template)


def _corrections(template: Template) -> Iterator[Hole]:
    document = template.document
    own = corrections_span(document)
    matter = document.chunks[0].matter
    if not own or not matter:
        return
    others = [f for f in document.header_fields if f.style == "yaml" and f.name != KEY]
    blank = _BLANK_LINES.match(document.text, matter.end)
    yield Hole(own if others or not blank else Span(matter.start, blank.end()), "")


def _own_line(slot: FieldSlot, template: Template) -> Iterator[Hole]:
    """The line of a field that is alone on it, line end included."""
    text = template.document.text
    line = template.document.line_at(slot.node.span.start)
    end = _LINE_END.match(text, line.end)
    if end and slot.node.span.start - line.start <= 2:
        yield Hole(Span(line.start, end.end()), "")


def _sample_end(template: Template, sample: Section) -> int:
    """The offset at which a further sample ends; a final thematic break is not part of it."""
    document = template.document
    end = min(document.subtree_end(sample), max(document.footer_start, sample.start))
    last = document.section_at(max(end - 1, sample.start))
    rule = trailing_rule(template, last, end)
    after = document.sections[last.index + 1 : last.index + 2]
    return rule.start if rule and after and after[0].level < sample.level else end


def trailing_rule(template: Template, section: Section, end: int) -> Span | None:
    """The thematic break that is the last content of a section before `end`."""
    rule = section.rules[-1] if section.rules else None
    if rule and rule.start < end and not template.document.text[rule.end : end].strip():
        return rule
    return None


def _is_own_id(piece: Candidate, template: Template) -> bool:
    pattern = pattern_of(piece.text)
    return bool(pattern and template.id and pattern.prefix == template.id.prefix)


def _cells(slot: SectionSlot, section: Section) -> Iterator[Hole]:
    """The choices in the sample rows of tables."""
    for table_slot, table in zip(slot.tables, section.tables, strict=False):
        for row in table.rows:
            for column, cell in enumerate(row):
                choices = table_slot.choices.get(column)
                if choices and cell.text:
                    yield Hole(cell.span, Stop(cell.text, choices.texts))


def _guidance(slot: SectionSlot, section: Section, taken: Sequence[Span]) -> Iterator[Hole]:
    """The paragraphs of guidance, each to be overwritten as a whole, with the marks of a quote.

    A paragraph with placeholders is a sentence to be completed, and stays.
    """
    others = Spans(
        [
            *taken,
            *(field.span for field in section.fields),
            *(item.span for item in section.items),
            *(comment.span for comment in section.comments),
        ]
    )
    for local in section.chunk.paragraphs if slot.guidance and not slot.value else ():
        span = local.shift(section.start)
        text = local.of(section.chunk.text)
        if others.overlap(span) or not text.strip():
            continue
        lead = len(text) - len(text.lstrip())
        if not text.lstrip("> \t").startswith(_NOT_PROSE):
            yield Hole(Span(span.start + lead, span.end), Stop(text.strip()))


def _comments(template: Template, section: Section) -> Iterator[Hole]:
    """The comments in place of text: on a line with other text, or alone below a heading."""
    text = template.document.text
    body = section.body_span.of(text)
    is_alone = section.level > 0 and not _COMMENTS.sub("", body).strip()
    for comment in section.comments:
        line = template.document.line_at(comment.span.start)
        beside = text[line.start : comment.span.start].strip() != ""
        said = comment.text[:_LONGEST]
        guides = _GUIDES.search(said) and not _NO_GUIDE.match(said)
        if guides and (beside or is_alone):
            yield Hole(comment.span, Stop(comment.span.of(text)))
