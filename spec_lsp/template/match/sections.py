"""Match the sections of a document to the slots of its template.

Matching starts with the template's titles, level by level. Then the unmatched sections and slots
are compared again: a section with the same title elsewhere is misplaced, one with nearly the same
title in the right position is misnamed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from spec_lsp.compare import normalise
from spec_lsp.template.match.roots import SiblingSlots, level_shift, root_sections, titled_section
from spec_lsp.template.notation.titles import NEAR, bare_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import SectionSlot, Template

How = Literal["exact", "misnamed", "moved", "relevelled"]

_NEAR_IN_PLACE = 0.5  # least nearness of titles in the right position
_MOST_COMPARISONS = 10_000  # pairs of titles; beyond, similar titles are not matched


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """A section and its slot, without offsets: valid while the headings stay the same.

    `index` is that of the section. A section that is `moved` has another parent than in the
    template, one that is `relevelled` has another heading level. `level` is the level that the
    section should have; `under` is the index of the section matched to the slot's parent, -1 for
    none.
    """

    index: int
    slot: SectionSlot
    how: How = "exact"
    level: int = 0
    under: int = -1

    @property
    def is_astray(self) -> bool:
        """Whether the section is misplaced: outside of its parent's section."""
        return self.how == "moved"


def match_sections(document: Document, template: Template) -> tuple[SectionMatch, ...]:
    """The pairs of sections and slots, in the document's order."""
    roots = root_sections(document, template)
    matcher = _Matcher(document, template, level_shift(roots, template))
    matcher.match(roots, template.sections, None)
    matcher.match_strays()
    return tuple(sorted(matcher.found.values(), key=lambda match: match.index))


class _Matcher:
    """Collects matches by the index of the section."""

    def __init__(self, document: Document, template: Template, shift: int) -> None:
        self.document = document
        self.template = template
        self.shift = shift
        self.found: dict[int, SectionMatch] = {}
        self.taken: dict[tuple[str, ...], SectionMatch] = {}

    def match(
        self, sections: Sequence[Section], slots: Sequence[SectionSlot], above: SectionMatch | None
    ) -> None:
        """Match sibling sections to sibling slots."""
        free = SiblingSlots(slots)
        for section in sections:
            slot = free.find(section)
            if slot:
                self._take(section, slot, above)
                if not slot.is_repeatable:
                    free.filled.add(slot.path)
        for section, slot in self._alike(sections, slots):
            self._take(section, slot, above)
        for section, slot in self._near(sections, slots):
            self._take(section, slot, above, "misnamed")

    def _match_below(self, above: SectionMatch) -> None:
        """Match the subsections of a section to the child slots of its slot."""
        around = self.document.sections[above.index]
        sections = [*self.document.children(around)] if above.slot.children else []
        if sections:
            self.match(sections, above.slot.children, above)

    def match_strays(self) -> None:
        """Match remaining sections to slots without a section in the right position."""
        strays: dict[str, list[Section]] = {}
        title = titled_section(self.document, self.template) if self.template.title else None
        for section in self.document.sections:
            if section.level and section.index not in self.found and section != title:
                strays.setdefault(normalise(section.title), []).append(section)
        for slot in self.template.slots:
            if slot.path in self.taken or not slot.pattern.is_literal:
                continue
            keys = (slot.pattern.key, *(alias.key for alias in slot.aliases))
            for stray in [each for key in keys for each in strays.get(key, ())]:
                if stray.index not in self.found and self._may_be(stray, slot):
                    self._take_stray(stray, slot)
                    break

    def _take(
        self, section: Section, slot: SectionSlot, above: SectionMatch | None, how: How = "exact"
    ) -> None:
        level = slot.level + self.shift
        if above:
            level = self.document.outline.levels[above.index] + slot.level - above.slot.level
        if how == "exact" and section.level != level:
            how = "relevelled"
        found = SectionMatch(section.index, slot, how, level, above.index if above else -1)
        self.found[section.index] = found
        self.taken.setdefault(slot.path, found)
        self._match_below(found)

    def _take_stray(self, section: Section, slot: SectionSlot) -> None:
        """Match a section elsewhere; misplaced, unless the slot's parent is absent too."""
        above = self.taken.get(slot.path[:-1])
        level = slot.level + self.shift
        how: How = "relevelled" if section.level != level else "exact"
        if above and not self._follows(section, above):
            how = "moved"
        elif not above and (len(slot.path) > 1 or self._is_nested(section, slot, level)):
            how, level = "exact", section.level
        under = above.index if above else -1
        found = SectionMatch(section.index, slot, how, level, under)
        self.found[section.index] = found
        self.taken[slot.path] = found
        self._match_below(found)

    def _may_be(self, section: Section, slot: SectionSlot) -> bool:
        """Whether the level is close enough for a mistake; a deeper heading is another subject."""
        return section.level <= slot.level + self.shift + 1

    def _is_nested(self, section: Section, slot: SectionSlot, level: int) -> bool:
        """Whether an outermost section is deeper on purpose: its order would be wrong outside."""
        order = self.template.order
        roots = {
            each.index: order[each.slot.path]
            for each in self.found.values()
            if len(each.slot.path) == 1
        }
        before = max((index for index in roots if index < section.index), default=None)
        after = min((index for index in roots if index > section.index), default=None)
        place = order[slot.path]
        return section.level > level and (
            (before is not None and roots[before] > place)
            or (after is not None and roots[after] < place)
        )

    def _follows(self, section: Section, above: SectionMatch) -> bool:
        """Whether a section comes directly after its parent's, so that only its level is wrong."""
        before = [index for index in self.found if index < section.index]
        last = self.found[max(before)] if before else None
        return last is not None and (last is above or last.under == above.index)

    def _left(
        self, sections: Iterable[Section], slots: Iterable[SectionSlot]
    ) -> tuple[list[Section], list[SectionSlot]]:
        """The unmatched sections, and the unmatched slots whose titles have no placeholder."""
        free = [s for s in slots if s.path not in self.taken and s.pattern.is_worded]
        return [s for s in sections if s.index not in self.found], free

    def _alike(
        self, sections: Sequence[Section], slots: Sequence[SectionSlot]
    ) -> Iterator[tuple[Section, SectionSlot]]:
        """Pairs whose titles differ only in spelling, numbers, subtitles and explanations."""
        left, free = self._left(sections, slots)
        if not left:
            return
        heads = Counter(slot.pattern.bare[1] for slot in slots)
        by_title = {slot.pattern.bare[1]: slot for slot in free if heads[slot.pattern.bare[1]] == 1}
        by_title |= {slot.pattern.bare[0]: slot for slot in reversed(free)}
        for section in sorted(left, key=lambda each: each.level):
            slot = next(
                (by_title[key] for key in bare_keys(section.title) if key in by_title), None
            )
            if slot and slot.path not in self.taken:
                yield section, slot

    def _near(
        self, sections: Sequence[Section], slots: Sequence[SectionSlot]
    ) -> Iterator[tuple[Section, SectionSlot]]:
        """Pairs with similar titles, the most similar first."""
        left, free = self._left(sections, slots)
        if not 0 < len(left) * len(free) <= _MOST_COMPARISONS:
            return
        order = {slot.path: place for place, slot in enumerate(slots)}
        scored = [
            (slot.pattern.nearness(section.title), -section.index, section, slot)
            for section in left
            for slot in free
        ]
        done: set[int] = set()
        for score, _, section, slot in sorted(scored, key=lambda each: each[:2], reverse=True):
            least = NEAR if slot.is_required else 1.0
            enough = score >= least or (
                slot.is_required
                and score >= _NEAR_IN_PLACE
                and self._is_in_place(section, slot, sections, order)
            )
            if enough and section.index not in done and slot.path not in self.taken:
                done.add(section.index)
                yield section, slot

    def _is_in_place(
        self,
        section: Section,
        slot: SectionSlot,
        sections: Sequence[Section],
        order: Mapping[tuple[str, ...], int],
    ) -> bool:
        """Whether a section is between the neighbours that its slot has in the template."""
        before, after = -1, len(order)
        for each in sections:
            match = self.found.get(each.index)
            place = order.get(match.slot.path, -1) if match else -1
            if match and each.index < section.index:
                before = place
            elif match and each.index > section.index:
                after = place
                break
        return before < order[slot.path] < after
