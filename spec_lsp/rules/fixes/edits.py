"""Edits that several rules share, and template positions as related information."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from spec_lsp.compare import without_marks
from spec_lsp.markdown.unclosed import unclosed
from spec_lsp.rules.engine.model import Change, Fix, FixContext, Related
from spec_lsp.template.read.earlier import span_today
from spec_lsp.template.write.file_name import next_id
from spec_lsp.template.write.fill import section_block
from spec_lsp.template.write.snippet import plain, with_line_ends
from spec_lsp.template.write.values import Values, written_value
from spec_lsp.text import Edit, Span, line_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.match.missing import MissingSection
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template
    from spec_lsp.template.write.snippet import Part

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANKS_BEHIND = re.compile(r"(?<![ \t\r\n])(?>(?:[ \t]*+(?:\r\n?+|\n))*)[ \t]*+\Z")
_BLANKS_BEFORE = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")


def asked_by(template: Template, span: Span, message: str = "Required by the template") -> Related:
    """Related information: the template's line that causes a finding, and which version has it."""
    since = f" of {template.date}" if template.today and template.date else ""
    return Related(template.path, span_today(template, span), message + since)


def section_asked_by(template: Template, slot: SectionSlot) -> tuple[Related, ...]:
    """Related information: the template's heading of a section."""
    heading = slot.section.heading
    return (asked_by(template, heading.text_span),) if heading else ()


def shown_title(slot: SectionSlot) -> str:
    """A title of the template without Markdown marks."""
    return without_marks(slot.title)


def title_place(document: Document) -> Span:
    """Span for findings about a whole document: its title, else its first line."""
    section = document.title_section
    heading = section.heading if section else None
    if heading and heading.text:
        return heading.text_span
    first = next(
        (each for each in document.sections if document.text[slice(*each.span)].strip()), None
    )
    return document.line_at(first.heading.span.start if first and first.heading else 0)


def heading_place(document: Document, section: Section | None) -> Span:
    """Span for findings about a section, or about the whole document."""
    if section and section.heading:
        return section.heading.text_span if section.title else section.heading.span
    return title_place(document)


def level_shift(binding: Binding, parent: Section | None) -> int:
    """Difference in heading level from the template, below a section or at the top level."""
    if parent:
        slot = binding.slot_of(parent)
        return parent.level - slot.level if slot else 0
    return next((match.level - match.slot.level for match in binding.sections), 0)


def insert_section(binding: Binding, missing: MissingSection, title: str) -> Fix:
    """A fix that inserts a section with its template text, in the template's order."""
    shift = level_shift(binding, missing.parent)
    block = section_block(missing.slot, binding.template, shift=shift)
    parts = block_at(binding.document, missing.offset, block)
    edit = Edit(Span(missing.offset, missing.offset), plain(parts))
    return Fix(title, (Change(binding.document.path, edit),), is_preferred=True, parts=tuple(parts))


def insert_sections(binding: Binding, missing: Sequence[MissingSection]) -> Fix:
    """A fix that inserts several sections at once, in the template's order at each offset."""
    document, template = binding.document, binding.template
    order = {slot.path: index for index, slot in enumerate(template.slots)}
    ordered = sorted(missing, key=lambda each: (each.offset, order[each.slot.path]))
    changes = []
    for offset, group in groupby(ordered, key=lambda each: each.offset):
        rule = _divider(document, offset)
        between = f"\n\n{rule}\n\n" if rule else "\n\n"
        blocks: list[Part] = []
        for each in group:
            shift = level_shift(binding, each.parent)
            blocks += [between] if blocks else []
            blocks += section_block(each.slot, template, shift=shift)
        edit = Edit(Span(offset, offset), plain(block_at(document, offset, blocks)))
        changes.append(Change(document.path, edit))
    many = f"all {len(missing)} missing sections" if len(missing) > 1 else "the missing section"
    return Fix(f"Insert {many}", tuple(changes))


def block_at(document: Document, offset: int, block: Iterable[Part]) -> list[Part]:
    """Surround a block with blank lines, in the file's line ending.

    At the end of a document, close an open fence or comment, which would include the block.
    """
    newline = line_ending(document.text)
    before, after = document.text[:offset], document.text[offset:]
    if not after and (left := unclosed(document)):
        line = "" if before.endswith(("\n", "\r")) else newline
        lead = f"{line}{left.closing}{newline * 2}"
        return [lead, *with_line_ends(block, newline), newline]
    lead = newline * _missing_breaks(_BLANKS_BEHIND.search(before), bare=not before.strip("\ufeff"))
    if not lead and before.endswith((" ", "\t")):
        # After blanks without a newline, the heading would be part of that line, or code.
        lead = newline
    tail = newline * _missing_breaks(_BLANKS_BEFORE.match(after), bare=not after.strip())
    if not after:
        tail = newline
    rule = _divider(document, offset) if after.strip() else ""
    divided = [newline * 2, rule] if rule else []
    return [part for part in (lead, *with_line_ends(block, newline), *divided, tail) if part]


def insert_line(document: Document, offset: int, line: Iterable[Part], title: str) -> Fix:
    """A fix that inserts a line before another one, or after the last."""
    newline = line_ending(document.text)
    before = document.text[:offset]
    is_inside = bool(before) and not before.endswith(("\n", "\r"))
    around = ("", newline) if not is_inside else (newline, "")
    parts = [around[0], *with_line_ends(line, newline), around[1]]
    kept = tuple(part for part in parts if part)
    change = Change(document.path, Edit(Span(offset, offset), plain(kept)))
    return Fix(title, (change,), is_preferred=True, parts=kept)


def known_text(slot: FieldSlot, binding: Binding, desk: FixContext) -> str:
    """The value of a field if it is known: today's date, the author, the next free ID."""
    # A free ID is slow to find (all IDs in use are read): only for the ID field.
    free = free_id(binding, desk) if slot.name == binding.template.id_field else ""
    values = Values(id=free, date=desk.today, author=desk.author)
    return written_value(slot, values, binding.template) or ""


def free_id(binding: Binding, desk: FixContext) -> str:
    """The next free ID of a document's kind."""
    pattern = binding.template.id
    return next_id(binding.template, desk.workspace.taken_ids(pattern.prefix)) if pattern else ""


def _missing_breaks(blanks: re.Match[str] | None, *, bare: bool) -> int:
    """Newlines to add for a blank line; 0 at either end of the text."""
    found = len(_BREAK.findall(blanks[0])) if blanks else 0
    return 0 if bare else max(2 - found, 0)


def _divider(document: Document, offset: int) -> str:
    """The thematic break that divides the sections before and after an offset; empty if none."""
    rules = document.section_at(max(offset - 1, 0)).rules
    last = rules[-1] if rules else None
    is_last = last and last.end <= offset and not document.text[last.end : offset].strip()
    return last.of(document.text).strip() if last and is_last else ""
