"""Sections that authors have renamed: another one about the same is in the place of the missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spec_lsp.memo import once
from spec_lsp.template.notation.subjects import is_general, is_telling, subjects
from spec_lsp.template.notation.titles import bare_list, is_denied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.template.match.binding import Matches
    from spec_lsp.template.schema import SectionSlot, Template

_LONGEST = 4  # words of a heading that names a subject, and tells nothing else of it
_MOST = 50  # headings about one subject that are tried

# A subject, or a word and whether the title denies it.
_Key = int | tuple[str, bool]


def is_renamed(matches: Matches, slot: SectionSlot, parent: int) -> bool:
    """Whether a section about the same is where an absent section belongs.

    It is between the same neighbours, and has no slot. `parent` is an index, -1 for the top.
    """
    place = matches.template.order[slot.path]
    found = once(matches, _unmatched)
    return slot.pattern.is_worded and any(
        before < place < after
        for key in _keys_of(slot, matches.template)
        for before, after in found.get((parent, key), ())[:_MOST]
    )


def _unmatched(matches: Matches) -> dict[tuple[int, _Key], list[tuple[int, int]]]:
    """By parent and subject of the sections that have no slot: the places of their neighbours."""
    outline, order = matches.outline, matches.template.order
    found: dict[tuple[int, _Key], list[tuple[int, int]]] = defaultdict(list)
    waiting: dict[int, list[str]] = defaultdict(list)
    last: dict[int, int] = {}
    title_at = next((index for index, level in enumerate(outline.levels) if level), -1)

    def close(parent: int, after: int) -> None:
        for title in waiting.pop(parent, ()):
            for key in _keys(title):
                found[parent, key].append((last.get(parent, -1), after))
        last[parent] = after

    for index, (level, title) in enumerate(zip(outline.levels, outline.titles, strict=True)):
        parent, match = outline.parents[index], matches.by_section.get(index)
        # What is below the title is at the top.
        if parent >= 0 and outline.levels[parent] == 1 and parent not in matches.by_section:
            parent = -1
        if match and (match.slot.pattern.words or match.slot.pattern.is_literal):
            close(parent, order[match.slot.path])
        elif level > 1 or (level and index != title_at):
            waiting[parent].append(title)
    for parent in [*waiting]:
        close(parent, len(order))
    return found


def _keys(title: str) -> Iterator[_Key]:
    """By what a section may be found."""
    if len(title.split()) <= _LONGEST:
        yield from subjects(title)
        yield from ((word, is_denied(title)) for word in {*bare_list(title)} if is_telling(word))


def _keys_of(slot: SectionSlot, template: Template) -> Iterator[_Key]:
    """What a title is about: common subjects, or the first of two words that no other title has."""
    if is_general(slot.title):
        yield from subjects(slot.title)
    first, *others = bare_list(slot.title) or ("",)
    if len(others) == 1 and is_telling(first) and once(template, _word_counts)[first] == 1:
        yield first, is_denied(slot.title)


def _word_counts(template: Template) -> Counter[str]:
    """In how many titles of a template each word is."""
    return Counter(word for slot in template.slots for word in {*bare_list(slot.title)})
