"""Section slots: the tree of sections that a template's headings define."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.compare import OPTIONAL, normalise, optional_mark, same_text
from spec_lsp.template.notation.choices import find_choice, read_choices
from spec_lsp.template.notation.languages import ABOUT_TEMPLATE
from spec_lsp.template.notation.titles import TitlePattern, has_open_number, title_pattern
from spec_lsp.template.notation.wording import (
    is_mark,
    may_be_absent,
    names_supplement,
    section_may_be_absent,
)
from spec_lsp.template.read.asides import is_aside, sample_titles
from spec_lsp.template.read.fields import section_fields
from spec_lsp.template.schema import SectionSlot, TableSlot, body_text
from spec_lsp.text import Spans, line_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.notation.choices import Choices

_OPTIONAL_BODY = re.compile(
    rf"[\s*_(\[{{<!>\\-]*(?:{OPTIONAL}\b(?=\s*(?:[^\w\s]|$)|\s+(?:section|element|part)\b)"
    r"|(?:only )?include (?:this )?(?:section )?"
    r"(?:only )?(?:if|when)\b|(?:fill|complete|use)\b[^.\n]{0,30}\bonly (?:if|when)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_OPTIONAL_COMMENT = re.compile(rf"\b{OPTIONAL}\b", re.IGNORECASE)
_REQUIRED = re.compile(r"\b(?:required|mandatory)\b", re.IGNORECASE)
_NAMES_TEMPLATE = re.compile(rf"\btemplate\b|{ABOUT_TEMPLATE}", re.IGNORECASE)
_AROUND = " \t\r\n*_([{<!>\\-"
_THIS_SECTION = re.compile(r"\b(?:this|the) (?:section|part)\b", re.IGNORECASE)
_REPEAT_BODY = re.compile(
    r"[\s*_(\[{<!>-]*(?:repeat (?:structure|for each|as needed|this"
    r"|the (?:section|block|structure))|add more\b|copy this (?:block|section))",
    re.IGNORECASE,
)


def section_slots(document: Document) -> tuple[SectionSlot, ...]:
    """The outermost section slots, each with its descendants."""
    reader = _SectionReader(document)
    title = document.title_section
    if title and is_title(document, title):
        below = reader.below.get(title.index, [])
        others = [each for each in reader.below.get(-1, []) if each.index != title.index]
        return reader.siblings([*below, *others], ())
    return reader.siblings(reader.below.get(-1, []), ())


def is_title(document: Document, section: Section) -> bool:
    """Whether a level 1 heading is the document's title rather than one of several sections.

    If there are several, the first is the title if it contains fields or more sections than there
    are level 1 headings after it, or is a placeholder or names a template.
    """
    firsts = [each for each in document.sections if each.level == 1]
    below = [each for each in document.sections if each.level == 2 and each.parent == section.index]
    if len(firsts) == 1 or len(below) >= max(len(firsts) - 1, 1):
        return True
    # `[motivation]: #motivation` below a heading defines a link and is not a field.
    has_fields = any(not field.name.startswith("[") for field in section.fields)
    names_template = bool(_NAMES_TEMPLATE.search(section.title))
    is_literal = title_pattern(section.title, is_document_title=True).is_literal
    return has_fields or names_template or not is_literal


class _SectionReader:
    """Reads section slots; `below` holds the sections by the index of their parent."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.below: dict[int, list[Section]] = {}
        for section in document.sections:
            if section.level:
                self.below.setdefault(section.parent, []).append(section)

    def siblings(
        self, sections: Iterable[Section], above: tuple[str, ...], *, in_block: bool = False
    ) -> tuple[SectionSlot, ...]:
        """The slots of sibling sections; samples of one block become one slot.

        A numbered sample such as `Option 1` is not required: documents have titles of their own.
        Inside a repeatable block (`in_block`) the numbers in titles change from one instance to the
        next.
        """
        sections = list(sections)
        marks = [_mark(self.document, section) for section in sections]
        samples = {} if in_block else sample_titles(sections)
        unmarked = _unmarked_is_optional(sections)
        slots: dict[str, SectionSlot] = {}
        for section, (mark, said) in zip(sections, marks, strict=True):
            sample = samples.get(section.index)
            pattern = (
                sample.pattern if sample else title_pattern(section.title, is_numbered=in_block)
            )
            slot = self.slot(section, pattern, above, is_sample=bool(sample))
            if known := slots.get(pattern.stem):
                slots[pattern.stem] = _with_sample(known, slot)
            else:
                is_required = mark == "required" or not (mark or unmarked or sample)
                other = "it is a numbered sample" if sample else "others are marked as required"
                why = said if mark or is_required else other
                slots[pattern.stem] = replace(slot, is_required=is_required, why=why)
        return tuple(slots.values())

    def slot(
        self,
        section: Section,
        pattern: TitlePattern,
        above: tuple[str, ...],
        *,
        is_sample: bool = False,
    ) -> SectionSlot:
        """The slot of one section, with its descendants."""
        path = (*above, pattern.key)
        is_block = is_sample or is_repeatable(self.document, section, pattern)
        below = self.below.get(section.index, [])
        return SectionSlot(
            title=section.title,
            pattern=pattern,
            path=path,
            level=section.level,
            samples=(section,),
            is_repeatable=is_block,
            guidance=guidance(self.document, section),
            fields=section_fields(self.document, section),
            tables=tuple(_tables(section)),
            checklist=checklist(self.document, section),
            children=self.siblings(below, path, in_block=is_block),
        )


def _with_sample(known: SectionSlot, sample: SectionSlot) -> SectionSlot:
    """A slot with one more sample; two samples make it repeatable."""
    return replace(
        known,
        samples=(*known.samples, *sample.samples),
        further=(*known.further, sample),
        is_repeatable=True,
    )


def _unmarked_is_optional(sections: Iterable[Section]) -> bool:
    """Whether unmarked sections are optional: some are marked required, none optional."""
    marks = {optional_mark(section.title) for section in sections}
    return "required" in marks and "optional" not in marks


def checklist(document: Document, section: Section) -> tuple[str, ...]:
    """The texts of the items with a check box in a section, without those of the footer."""
    end = max(document.footer_start, section.start)
    return tuple(
        item.text for item in section.items if item.checked is not None and item.span.start < end
    )


def is_repeatable(document: Document, section: Section, pattern: TitlePattern) -> bool:
    """Whether a section is a block that a document may repeat."""
    says_so = _REPEAT_BODY.match(body_text(document, section))
    return (
        bool(says_so)
        or (not pattern.is_literal and "*" in pattern.key)
        or has_open_number(section.title)
    )


def _mark(document: Document, section: Section) -> tuple[str, str]:
    """The mark of a section, "optional", "required" or "", and what says so."""
    mark = optional_mark(section.title)
    if mark:
        return mark, "its title says so"
    body = body_text(document, section)
    own = body.removesuffix(_announcement(document, section.index + 1))
    if said := _OPTIONAL_BODY.match(own):
        return "optional", f"its text says “{said[0].strip(_AROUND)}”"
    if section_may_be_absent(same_text(own)):
        return "optional", "its text says so"
    above = _announcement(document, section.index)
    is_demanded = _REQUIRED.search(above) or _REQUIRED.search(own)
    has_parts = section.index in document.outline.parents
    if not is_demanded and names_supplement(normalise(section.title), has_parts=has_parts):
        return "optional", "not every document has such a section"
    is_free = _OPTIONAL_COMMENT.search(above) or section_may_be_absent(above)
    if is_free or (is_mark(above) and may_be_absent(above)):
        return "optional", "the comment above says so"
    return ("optional", "it speaks to the writer") if is_aside(document, section) else ("", "")


def _announcement(document: Document, index: int) -> str:
    """The comment or mark above a heading, if it describes the section below.

    One that is the only text below another heading belongs to that heading, unless it is directly
    above this one; so does a comment about "this section" with a blank line after it.
    """
    if not 0 < index < len(document.sections):
        return ""
    before = document.sections[index - 1]
    body = document.text[before.body_span.start : before.end]
    start = _last_block(before, body)
    if start is None:
        return ""
    said, above = body[start:], body[:start]
    is_apart = len(line_starts(said[len(said.rstrip()) :])) > 2
    if before.level and not above.strip():
        return "" if is_apart or len(line_starts(above)) < 3 else said
    return "" if is_apart and _THIS_SECTION.search(said) else said


def _last_block(section: Section, body: str) -> int | None:
    """Where the comment or the mark at the end of a section begins, counted from its body."""
    end = len(body.rstrip())
    last = section.comments[-1].span if section.comments else None
    if last and last.end - section.body_span.start == end:
        return last.start - section.body_span.start
    line = body.rfind("\n", 0, end) + 1
    is_alone = not body[:line].rpartition("\n")[0].rpartition("\n")[2].strip()
    return line if is_alone and is_mark(body[line:end]) else None


def guidance(document: Document, section: Section) -> str:
    """The guidance for writers below a heading.

    Guidance is prose: fields, tables, check lists, code and thematic breaks are left out.
    """
    chunk = section.chunk
    skipped = Spans(
        [
            *(field.span for field in chunk.fields),
            *(fence.span for fence in chunk.fences),
            *(table.span for table in chunk.tables),
            *(item.span for item in chunk.items if item.checked is not None),
            *chunk.rules,
        ]
    )
    lines: list[str] = []
    body = section.body_span.start - section.start
    end = len(body_text(document, section)) + body
    for line in range(
        chunk.lines.line_of(body) + (1 if chunk.heading else 0), len(chunk.lines.starts)
    ):
        span = chunk.lines.line_span(line)
        if span.start >= end:
            break
        if not skipped.overlap(span):
            lines.append(_plain(span.of(chunk.text)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(line: str) -> str:
    """A line of guidance without the marks around it."""
    text = re.sub(r"<!--|-->", "", line.strip().removeprefix(">").strip())
    for left, right in (("{{", "}}"), ("[", "]"), ("{", "}"), ("*", "*"), ("_", "_")):
        inner = text[len(left) : -len(right)]
        if (
            text.startswith(left)
            and text.endswith(right)
            and left not in inner
            and right not in inner
        ):
            return inner.strip()
    is_item = re.match(r"\s*(?:[-*+]|1[.)])\s", line) and "-->" not in line
    return line.rstrip() if is_item else text.strip()


def _tables(section: Section) -> Iterator[TableSlot]:
    for table in section.tables:
        columns = tuple(cell.text for cell in table.header)
        found = {
            column: _column_choices(
                [row[column].text for row in table.rows if column < len(row)], name
            )
            for column, name in enumerate(columns)
        }
        choices = {column: each for column, each in found.items() if each}
        yield TableSlot(columns, table, choices)


def _column_choices(cells: Iterable[str], name: str) -> Choices | None:
    """The choices that a cell lists, unless another cell of the column has a sample value."""
    texts = [text for text in cells if text.strip("-—.… ")]
    lists = [found for text in texts if (found := read_choices(text, name))]
    rest = [text for text in texts if not read_choices(text, name)]
    if not lists or any(each.texts != lists[0].texts for each in lists):
        return None
    return lists[0] if all(_may_stay(text, lists[0]) for text in rest) else None


def _may_stay(text: str, choices: Choices) -> bool:
    """Whether a cell beside a list is one of its choices or a placeholder."""
    return text.startswith(("[", "{", "<")) or find_choice(text, choices) is not None
