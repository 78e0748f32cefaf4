"""From a template's headings to the tree of sections it asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.template.choices import read_choices
from spec_lsp.template.field_slots import section_fields
from spec_lsp.template.model import SectionSlot, TableSlot
from spec_lsp.template.titles import (
    TitlePattern,
    has_open_number,
    optional_mark,
    title_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown import Document, Section

_OPTIONAL_BODY = re.compile(
    r"[\s*_(\[{<!>-]*(?:optional\b(?!\s+\w+ing)"
    r"|(?:this|the following) (?:section|element|part) is optional"
    r"|this is an? optional (?:element|section)"
    r"|(?:delete|remove|omit|skip) this (?:section|part|heading) (?:if|when)"
    r"|(?:only )?include (?:this )?(?:section )?(?:only )?(?:if|when)\b)",
    re.IGNORECASE,
)
_OPTIONAL_COMMENT = re.compile(r"\boptional\b", re.IGNORECASE)
_REPEAT_BODY = re.compile(
    r"[\s*_(\[{<!>-]*(?:repeat (?:structure|for each|as needed|this"
    r"|the (?:section|block|structure))|add more\b|copy this (?:block|section))",
    re.IGNORECASE,
)


def section_slots(document: Document) -> tuple[SectionSlot, ...]:
    """The outermost sections, each with those below it."""
    title = document.title_section
    if title and is_title(document, title):
        roots = [each for each in document.sections if each.level and each.parent == title.index]
        others = [each for each in document.children(None) if each.index != title.index]
        found = [*roots, *others]
    else:
        found = list(document.children(None))
    return _siblings(document, found, ())


def is_title(document: Document, section: Section) -> bool:
    """Whether a first-level heading is the document's title rather than one section of many.

    Where all sections are first-level headings, the first is the title only if fields follow it or
    it waits to be replaced.
    """
    firsts = [each for each in document.sections if each.level == 1]
    if len(firsts) == 1:
        return True
    if any(each.level == 2 and each.parent == section.index for each in document.sections):
        return True
    return (
        bool(section.fields) or not title_pattern(section.title, is_document_title=True).is_literal
    )


def _siblings(
    document: Document,
    sections: Iterable[Section],
    above: tuple[str, ...],
    *,
    in_block: bool = False,
) -> tuple[SectionSlot, ...]:
    """The slots of sections that stand side by side; samples of one block become one slot.

    Inside a repeatable block (`in_block`) the numbers in titles change from instance to instance.
    """
    sections = list(sections)
    marks = {section.index: _mark(document, section) for section in sections}
    has_mandatory = {s.level for s in sections if optional_mark(s.title) == "required"}
    slots: dict[str, SectionSlot] = {}
    for section in sections:
        pattern = title_pattern(section.title, is_numbered=in_block)
        known = slots.get(pattern.stem)
        if known and (known.is_repeatable or not pattern.is_literal):
            slots[pattern.stem] = replace(
                known, samples=(*known.samples, section), is_repeatable=True
            )
            continue
        key = pattern.stem if not known else f"{pattern.stem} ({section.index})"
        mark = marks[section.index]
        is_unmarked_optional = section.level in has_mandatory and mark != "required"
        slots[key] = _slot(
            document,
            section,
            pattern,
            above,
            is_required=mark != "optional" and not is_unmarked_optional,
        )
    return tuple(slots.values())


def _slot(
    document: Document,
    section: Section,
    pattern: TitlePattern,
    above: tuple[str, ...],
    *,
    is_required: bool,
) -> SectionSlot:
    path = (*above, pattern.key)
    is_block = is_repeatable(document, section, pattern)
    return SectionSlot(
        title=section.title,
        pattern=pattern,
        path=path,
        level=section.level,
        samples=(section,),
        is_required=is_required,
        is_repeatable=is_block,
        guidance=guidance(document, section),
        fields=section_fields(document, section),
        tables=tuple(_tables(section)),
        checklist=tuple(item.text for item in section.items if item.checked is not None),
        children=_siblings(document, document.children(section), path, in_block=is_block),
    )


def is_repeatable(document: Document, section: Section, pattern: TitlePattern) -> bool:
    """Whether a section is a block of which a document may hold several."""
    says_so = _REPEAT_BODY.match(body_text(document, section))
    return (
        bool(says_so)
        or (not pattern.is_literal and "*" in pattern.key)
        or has_open_number(section.title)
    )


def _mark(document: Document, section: Section) -> str:
    """Whether a section is optional: said in its heading, above it, or in its first line."""
    mark = optional_mark(section.title)
    if mark:
        return mark
    if _OPTIONAL_BODY.match(body_text(document, section)):
        return "optional"
    before = document.sections[section.index - 1] if section.index else None
    if before and before.comments:
        last = before.comments[-1]
        gap = document.text[last.span.end : section.start]
        if not gap.strip() and _OPTIONAL_COMMENT.search(last.text):
            return "optional"
    return ""


def body_text(document: Document, section: Section) -> str:
    """What stands below a heading, up to the next heading or the closing block."""
    span = section.body_span
    return document.text[span.start : min(span.end, max(document.footer_start, span.start))]


def guidance(document: Document, section: Section) -> str:
    """What a template tells the writer below a heading.

    That is its prose: without fields, tables, check lists, code and thematic breaks.
    """
    chunk = section.chunk
    skipped = [field.span for field in chunk.fields]
    skipped += (fence.span for fence in chunk.fences)
    skipped += (table.span for table in chunk.tables)
    skipped += (item.span for item in chunk.items if item.checked is not None)
    skipped += chunk.rules
    lines: list[str] = []
    body = section.body_span.start - section.start
    end = len(body_text(document, section)) + body
    for line in range(
        chunk.lines.line_of(body) + (1 if chunk.heading else 0), len(chunk.lines.starts)
    ):
        span = chunk.lines.line_span(line)
        if span.start >= end:
            break
        if not any(other.overlaps(span) or other.covers(span) for other in skipped):
            lines.append(_plain(span.of(chunk.text)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(line: str) -> str:
    """A line of guidance without the marks that say it is guidance."""
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
    return text.strip() if not line.lstrip().startswith(("-", "*", "1")) else line.rstrip()


def _tables(section: Section) -> Iterator[TableSlot]:
    for table in section.tables:
        choices = {}
        for row in table.rows:
            for column, cell in enumerate(row):
                found = read_choices(cell.text) if column not in choices else None
                if found:
                    choices[column] = found
        yield TableSlot(tuple(cell.text for cell in table.header), table, choices)
