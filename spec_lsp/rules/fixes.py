"""Edits that several rules offer, and the places in templates that explain them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from spec_lsp.markdown import unclosed
from spec_lsp.rules.model import Change, Desk, Fix, Related
from spec_lsp.template.create import next_id
from spec_lsp.template.fill import section_block
from spec_lsp.template.parts import plain, with_line_ends
from spec_lsp.template.titles import without_marks
from spec_lsp.template.values import Values, written_value
from spec_lsp.text import Edit, Span, line_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.markdown import Document, Section
    from spec_lsp.template.bind import Binding
    from spec_lsp.template.missing import MissingSection
    from spec_lsp.template.model import FieldSlot, SectionSlot, Template
    from spec_lsp.template.parts import Part

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANKS_BEHIND = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*\Z")
_BLANKS_BEFORE = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")


def asked_by(
    template: Template, span: Span, message: str = "the template asks for it here"
) -> Related:
    """The line of a template that explains a finding."""
    return Related(template.path, span, message)


def section_asked_by(template: Template, slot: SectionSlot) -> tuple[Related, ...]:
    """The heading of a template that demands a section."""
    heading = slot.section.heading
    return (asked_by(template, heading.text_span),) if heading else ()


def shown_title(slot: SectionSlot) -> str:
    """A template's title as people say it."""
    return without_marks(slot.title)


def title_place(document: Document) -> Span:
    """Where to say what concerns a whole document: on its title, else on its first line."""
    section = document.title_section
    heading = section.heading if section else None
    if heading and heading.text:
        return heading.text_span
    first = next(
        (each for each in document.sections if document.text[slice(*each.span)].strip()), None
    )
    return document.line_at(first.heading.span.start if first and first.heading else 0)


def heading_place(document: Document, section: Section | None) -> Span:
    """Where to say what concerns a section, or the whole document."""
    if section and section.heading:
        return section.heading.text_span if section.title else section.heading.span
    return title_place(document)


def level_shift(binding: Binding, parent: Section | None) -> int:
    """By how much headings below a section, or the outermost ones, differ from the template's."""
    if parent:
        slot = binding.slot_of(parent)
        return parent.level - slot.level if slot else 0
    return next((match.level - match.slot.level for match in binding.sections), 0)


def insert_section(binding: Binding, missing: MissingSection, title: str) -> Fix:
    """A fix that inserts a section with the template's text at its place."""
    shift = level_shift(binding, missing.parent)
    block = section_block(missing.slot, binding.template, shift=shift)
    parts = block_at(binding.document, missing.offset, block)
    edit = Edit(Span(missing.offset, missing.offset), plain(parts))
    return Fix(title, (Change(binding.document.path, edit),), is_preferred=True, parts=tuple(parts))


def insert_sections(binding: Binding, missing: Sequence[MissingSection]) -> Fix:
    """A fix that inserts several sections at once; those at one place in the template's order."""
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
    return Fix(f"Insert all {len(missing)} missing sections", tuple(changes))


def block_at(document: Document, offset: int, block: Iterable[Part]) -> list[Part]:
    """A block with what it needs around it: a blank line on either side, the file's line ending.

    At the end of a document, an open fence or comment is closed: it would swallow the block.
    """
    newline = line_ending(document.text)
    before, after = document.text[:offset], document.text[offset:]
    if not after and (left := unclosed(document)):
        line = "" if before.endswith(("\n", "\r")) else newline
        lead = f"{line}{left.closing}{newline * 2}"
        return [lead, *with_line_ends(block, newline), newline]
    lead = newline * _missing_breaks(_BLANKS_BEHIND.search(before), bare=not before.strip("\ufeff"))
    if not lead and before.endswith((" ", "\t")):
        # Blanks without a line end would push the heading into the line, or make it code.
        lead = newline
    tail = newline * _missing_breaks(_BLANKS_BEFORE.match(after), bare=not after.strip())
    if not after:
        tail = newline
    rule = _divider(document, offset) if after.strip() else ""
    divided = [newline * 2, rule] if rule else []
    return [part for part in (lead, *with_line_ends(block, newline), *divided, tail) if part]


def insert_line(document: Document, offset: int, line: Iterable[Part], title: str) -> Fix:
    """A fix that inserts a line at the start of another one, or behind the last."""
    newline = line_ending(document.text)
    before = document.text[:offset]
    is_inside = bool(before) and not before.endswith(("\n", "\r"))
    around = ("", newline) if not is_inside else (newline, "")
    parts = [around[0], *with_line_ends(line, newline), around[1]]
    kept = tuple(part for part in parts if part)
    change = Change(document.path, Edit(Span(offset, offset), plain(kept)))
    return Fix(title, (change,), is_preferred=True, parts=kept)


def known_text(slot: FieldSlot, binding: Binding, desk: Desk) -> str:
    """The value of a field where the desk knows it: today's date, the author, the next free ID."""
    # To find a free ID, all IDs in use are looked at, so it is found only where it is wanted.
    free = free_id(binding, desk) if slot.name == binding.template.id_field else ""
    values = Values(id=free, date=desk.today, author=desk.author)
    return written_value(slot, values, binding.template) or ""


def free_id(binding: Binding, desk: Desk) -> str:
    """The next free ID of a document's kind."""
    pattern = binding.template.id
    return next_id(binding.template, desk.workspace.taken_ids(pattern.prefix)) if pattern else ""


def _missing_breaks(blanks: re.Match[str] | None, *, bare: bool) -> int:
    """How many line ends are wanting to make a blank line; none beside nothing at all."""
    found = len(_BREAK.findall(blanks[0])) if blanks else 0
    return 0 if bare else max(2 - found, 0)


def _divider(document: Document, offset: int) -> str:
    """The thematic break that stands between the sections around an offset."""
    rules = document.section_at(max(offset - 1, 0)).rules
    last = rules[-1] if rules else None
    is_last = last and last.end <= offset and not document.text[last.end : offset].strip()
    return last.of(document.text).strip() if last and is_last else ""
