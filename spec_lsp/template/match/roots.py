"""The outermost sections of a document, compared with those of its template."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import SectionSlot, Template


def root_sections(document: Document, template: Template) -> list[Section]:
    """The document's outermost sections.

    The title is not one of them. Neither is another level 1 heading that matches no slot; its
    subsections count instead.
    """
    slots = SiblingSlots(template.sections)
    tops = list(document.children(None))
    if not template.title and slots.count(tops) >= 2:
        return tops
    title = titled_section(document, template)
    hoisted: list[Section] = []
    for top in tops:
        below = [*document.children(top)]
        slot = None if top == title else slots.find(top)
        if top.level == 1 and not slot:
            hoisted += below
        else:
            # Sections that a heading of too low a level has swallowed.
            own = SiblingSlots(slot.children if slot else ())
            swallowed = [each for each in below if slots.find_literal(each)] if slot else []
            hoisted += [top, *(each for each in swallowed if not own.find(each))]
    return hoisted if template.title or slots.count(hoisted) else tops


def titled_section(document: Document, template: Template) -> Section | None:
    """The section of the title, unless it is the first of several level 1 sections."""
    title = document.title_section
    slots = SiblingSlots(template.sections)
    if title and template.title and slots.find_literal(title):
        others = (top for top in document.children(None) if top.index != title.index)
        return None if slots.count(others) else title
    return title


def level_shift(roots: Sequence[Section], template: Template) -> int:
    """The difference between the document's heading levels and the template's."""
    slots = SiblingSlots(template.sections)
    shifts = Counter(
        section.level - slot.level for section in roots if (slot := slots.find(section))
    )
    return shifts.most_common(1)[0][0] if shifts else 0


class SiblingSlots:
    """Sibling slots, found by title."""

    def __init__(self, slots: Iterable[SectionSlot]) -> None:
        self.literal: dict[str, SectionSlot] = {}
        self.open: list[SectionSlot] = []
        self.filled: set[tuple[str, ...]] = set()
        for slot in slots:
            for pattern in (slot.pattern, *slot.aliases):
                if pattern.is_literal:
                    self.literal.setdefault(pattern.key, slot)
                else:
                    self.open.append(slot)
        self.open.sort(key=lambda slot: -len(slot.pattern.head))

    def find(self, section: Section) -> SectionSlot | None:
        """The best free slot for a title: literal titles first, then the longest pattern."""
        found = self.literal.get(normalise(section.title))
        if found and found.path not in self.filled:
            return found
        fitting = (slot for slot in self.open if _fits(slot, section.title))
        return next((slot for slot in fitting if slot.path not in self.filled), None)

    def find_literal(self, section: Section) -> SectionSlot | None:
        """The slot with exactly a section's title."""
        return self.literal.get(normalise(section.title))

    def count(self, sections: Iterable[Section]) -> int:
        """The number of sections that have a slot."""
        return sum(self.find(section) is not None for section in sections)


def _fits(slot: SectionSlot, title: str) -> bool:
    return slot.pattern.matches(title) or any(alias.matches(title) for alias in slot.aliases)
