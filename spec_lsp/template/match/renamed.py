"""Sections that authors have renamed: another one about the same is in the place of the missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.memo import once
from spec_lsp.template.match.roots import root_sections, titled_section
from spec_lsp.template.notation.subjects import is_general, is_telling, subjects
from spec_lsp.template.notation.titles import bare_list, is_denied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.schema import SectionSlot, Template

_LONGEST = 4  # words of a heading that names a subject, and tells nothing else of it


class _Unmatched(NamedTuple):
    """A section without a slot, with the places of its neighbours' slots in the template."""

    title: str
    before: int
    after: int


def is_renamed(binding: Binding, slot: SectionSlot, parent: Section | None) -> bool:
    """Whether a section about the same is where an absent section belongs.

    It is between the same neighbours, and has no slot.
    """
    place = binding.template.order[slot.path]
    return slot.pattern.is_worded and any(
        each.before < place < each.after and _is_about_same(each.title, slot, binding.template)
        for each in once(binding, _free, parent.index if parent else -1)
    )


def _free(binding: Binding, index: int) -> Sequence[_Unmatched]:
    """The sections of a parent that have no slot with a title of its own."""
    found: list[_Unmatched] = []
    waiting: list[str] = []
    before, end = -1, len(binding.template.order)
    for section in _siblings(binding, index):
        slot = binding.slot_of(section)
        if slot and (slot.pattern.words or slot.pattern.is_literal):
            after = binding.template.order[slot.path]
            found += (_Unmatched(title, before, after) for title in waiting)
            waiting, before = [], after
        elif len(section.title.split()) <= _LONGEST:
            waiting.append(section.title)
    return [*found, *(_Unmatched(title, before, end) for title in waiting)]


def _siblings(binding: Binding, index: int) -> Iterable[Section]:
    """The sections of a parent; the outermost ones without the title."""
    document, template = binding.document, binding.template
    if index >= 0:
        return document.children(document.sections[index])
    title = titled_section(document, template)
    below = document.children(title) if title else ()
    tops = (*root_sections(document, template), *document.children(None), *below)
    found = {each.index: each for each in tops if each != title}
    return [found[at] for at in sorted(found)]


def _is_about_same(title: str, slot: SectionSlot, template: Template) -> bool:
    if is_denied(title) != is_denied(slot.title):
        return False
    if is_general(slot.title) and not subjects(title).isdisjoint(subjects(slot.title)):
        return True
    first, *others = bare_list(slot.title) or ("",)
    is_named = once(template, _word_counts)[first] == 1 and is_telling(first)
    return is_named and len(others) == 1 and first in bare_list(title)


def _word_counts(template: Template) -> Counter[str]:
    """In how many titles of a template each word is."""
    return Counter(word for slot in template.slots for word in {*bare_list(slot.title)})
