"""Possible insertions: missing sections and next instances of repeatable ones, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spec_lsp.features.shared.filling import block_parts
from spec_lsp.markdown.section import Section
from spec_lsp.rules.fixes.edits import level_shift
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.missing import insertion_offset
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.schema import SectionSlot
from spec_lsp.template.write.snippet import Part, plain
from spec_lsp.text import line_ending

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Insertion:
    """A missing section, or the next instance of a repeatable one.

    `parent` is the section of the document that it belongs under, None at the top level. `number`
    is that of the next instance, 0 for a missing section.
    """

    binding: Binding
    slot: SectionSlot
    parent: Section | None
    number: int = 0

    @cached_property
    def offset(self) -> int:
        """The offset at which to insert it."""
        return insertion_offset(self.binding, self.slot, self.parent)

    @property
    def level(self) -> int:
        """The heading level in this document."""
        return self.slot.level + self._shift

    def parts(self) -> list[Part]:
        """The text with tab stops, with the document's line ends."""
        ending = line_ending(self.binding.document.text)
        return block_parts(self.slot, self.binding.template, self.number, self._shift, ending)

    def heading(self) -> str:
        """The heading line."""
        return plain(self.parts()).lstrip().splitlines()[0].rstrip()

    @property
    def _shift(self) -> int:
        return level_shift(self.binding, self.parent)


def gaps(binding: Binding) -> Iterator[Insertion]:
    """Return all possible insertions, in template order."""
    yield from _gaps_under(binding, None, binding.template.sections)


def _gaps_under(
    binding: Binding, parent: SectionMatch | None, slots: Iterable[SectionSlot]
) -> Iterator[Insertion]:
    section = binding.section(parent) if parent else None
    for slot in slots:
        found = _instances(binding, section, slot)
        if not found and not _is_astray(binding, slot):
            yield Insertion(binding, slot, section)
        for match in found:
            yield from _gaps_under(binding, match, slot.children)
        if found and slot.is_repeatable:
            yield Insertion(binding, slot, section, _next_number(binding, found))


def _instances(binding: Binding, parent: Section | None, slot: SectionSlot) -> list[SectionMatch]:
    outline = binding.document.outline
    first, end = (parent.index, outline.ends[parent.index]) if parent else (-1, len(outline.ends))
    return [
        match
        for match in binding.sections
        if match.slot.path == slot.path and first < match.index < end
    ]


def _is_astray(binding: Binding, slot: SectionSlot) -> bool:
    """Whether the section is misplaced."""
    return any(match.is_astray and match.slot.path == slot.path for match in binding.sections)


def _next_number(binding: Binding, instances: Iterable[SectionMatch]) -> int:
    numbers = [_NUMBER.search(binding.section(match).title) for match in instances]
    return max((int(number[0]) for number in numbers if number), default=len(numbers)) + 1
