"""Which section of a document answers to which slot of its template.

First come exact titles, level by level. What is then left over on both sides is compared once
more: the same title elsewhere is misplaced, nearly the same title beside its place is misnamed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from spec_lsp.template.titles import NEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spec_lsp.markdown import Document, Section
    from spec_lsp.template.model import SectionSlot, Template

How = Literal["exact", "misnamed", "moved", "relevelled"]


@dataclass(frozen=True)
class SectionMatch:
    """A section and its slot.

    `moved` stands under another parent than in the template, `relevelled` at another heading level.
    `level` is the level that the section should have.
    """

    section: Section
    slot: SectionSlot
    how: How = "exact"
    level: int = 0

    @property
    def is_astray(self) -> bool:
        """Whether it stands outside of its parent's section."""
        return self.how == "moved"


def match_sections(document: Document, template: Template) -> tuple[SectionMatch, ...]:
    """The pairs of sections and slots, in the document's order."""
    roots = root_sections(document, template)
    state = _Matcher(document, template, _shift(roots, template))
    state.match(roots, template.sections)
    state.match_strays()
    return tuple(sorted(state.found.values(), key=lambda match: match.section.index))


def root_sections(document: Document, template: Template) -> list[Section]:
    """The document's outermost sections.

    The title is not one of them, nor is any other first-level heading that no slot knows and that
    only groups sections below it.
    """
    tops = list(document.children(None))
    if not template.title and _known(tops, template.sections) >= 2:
        return tops
    title = document.title_section
    hoisted: list[Section] = []
    for top in tops:
        is_group = top.level == 1 and (top is title or not _slot_for(top, template.sections))
        hoisted += document.children(top) if is_group else [top]
    return hoisted if _known(hoisted, template.sections) or template.title else tops


def _shift(roots: Sequence[Section], template: Template) -> int:
    """By how much the document's levels differ from the template's throughout."""
    shifts = Counter(
        section.level - slot.level
        for section in roots
        if (slot := _slot_for(section, template.sections))
    )
    return shifts.most_common(1)[0][0] if shifts else 0


def _known(sections: Iterable[Section], slots: Sequence[SectionSlot]) -> int:
    return sum(_slot_for(section, slots) is not None for section in sections)


def _slot_for(section: Section, slots: Iterable[SectionSlot]) -> SectionSlot | None:
    """The slot that a title fits best: a literal title before a pattern, a longer pattern first."""
    fitting = [slot for slot in slots if _fits(slot, section.title)]
    return max(
        fitting, key=lambda slot: (slot.pattern.is_literal, len(slot.pattern.head)), default=None
    )


def _fits(slot: SectionSlot, title: str) -> bool:
    return slot.pattern.matches(title) or any(alias.matches(title) for alias in slot.aliases)


class _Matcher:
    """Gathers matches by the index of the section."""

    def __init__(self, document: Document, template: Template, shift: int) -> None:
        self.document = document
        self.template = template
        self.shift = shift
        self.found: dict[int, SectionMatch] = {}
        self.taken: set[tuple[str, ...]] = set()

    def match(self, sections: Sequence[Section], slots: Sequence[SectionSlot]) -> None:
        """Pair sections that stand side by side with the slots for that place."""
        free = {slot.path: slot for slot in slots}
        for section in sections:
            slot = _slot_for(section, free.values())
            if slot:
                self._take(section, slot, self._how(section, slot))
                if not slot.is_repeatable:
                    del free[slot.path]
        left = [section for section in sections if section.index not in self.found]
        open_slots = [slot for slot in free.values() if slot.path not in self.taken]
        for section, slot in _nearest(left, open_slots):
            self._take(section, slot, "misnamed")

    def match_strays(self) -> None:
        """Pair what is left over with slots that found nothing where they expected it."""
        for slot in self.template.slots:
            if slot.path in self.taken or not slot.pattern.is_literal:
                continue
            stray = next((s for s in self._strays() if _fits(slot, s.title)), None)
            if stray:
                self._take(stray, slot, "moved")

    def _strays(self) -> Iterator[Section]:
        """Sections that no slot governs, apart from the title."""
        title = self.document.title_section if self.template.title else None
        for section in self.document.sections:
            if section.level and section.index not in self.found and section is not title:
                yield section

    def _take(self, section: Section, slot: SectionSlot, how: How) -> None:
        level = slot.level + self.shift
        if how == "moved" and self._is_below_parent(section, slot):
            how = "relevelled"
        self.found[section.index] = SectionMatch(section, slot, how, level)
        self.taken.add(slot.path)
        self.match(list(self.document.children(section)), slot.children)

    def _how(self, section: Section, slot: SectionSlot) -> How:
        return "exact" if section.level == slot.level + self.shift else "relevelled"

    def _is_below_parent(self, section: Section, slot: SectionSlot) -> bool:
        """Whether the section follows its parent's section and only its level hides that."""
        if len(slot.path) == 1:
            return section.level != slot.level + self.shift
        parents = [m for m in self.found.values() if m.slot.path == slot.path[:-1]]
        before = [m for m in self.found.values() if m.section.index < section.index]
        last = max(before, key=lambda m: m.section.index, default=None)
        return bool(parents and last and last.slot.path[: len(slot.path) - 1] == slot.path[:-1])


def _nearest(
    sections: Sequence[Section], slots: Sequence[SectionSlot]
) -> Iterator[tuple[Section, SectionSlot]]:
    """Pairs of a section and a slot whose titles nearly agree, the nearest first."""
    scored = sorted(
        (
            (slot.pattern.nearness(section.title), -section.index, section, slot)
            for section in sections
            for slot in slots
        ),
        key=lambda each: each[:2],
        reverse=True,
    )
    used: set[int] = set()
    paths: set[tuple[str, ...]] = set()
    for score, _, section, slot in scored:
        if score < NEAR:
            break
        if section.index not in used and slot.path not in paths:
            used.add(section.index)
            paths.add(slot.path)
            yield section, slot
