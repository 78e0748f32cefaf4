"""Sections that a reader finds in a document although no heading has exactly their title.

The title may be at another level, one of several in a heading such as `Risks and Alternatives`, or
a line in bold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.memo import once
from spec_lsp.template.notation.titles import bare_keys, bare_parts, bare_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.template.match.binding import Binding, Matches
    from spec_lsp.template.schema import SectionSlot

_LINE_TITLE = re.compile(
    r"^[ \t>]*(?:(?:\*\*|__)(?P<bold>[^*_\n]{2,80})(?:\*\*|__)[ \t:]*$"
    r"|<(?:h[1-6]|summary)(?:[ \t][^<>\n]*)?>(?P<html>[^<>\n]{2,80})<)",
    re.MULTILINE | re.IGNORECASE,
)
_DEEPER = 2  # levels below its own at which a heading may name a section among others


class _Heading(NamedTuple):
    """A heading that has no slot of exactly its title."""

    level: int
    keys: tuple[str, ...]
    parts: frozenset[str]
    words: frozenset[str]


def has_heading_for(matches: Matches, slot: SectionSlot) -> bool:
    """Whether a heading names a section that has no match, at any level and under any parent."""
    return slot.pattern.is_worded and once(matches, _is_named, slot)


def has_line_for(binding: Binding, slot: SectionSlot) -> bool:
    """Whether a line in bold or an HTML heading names a section."""
    keys = set(slot.pattern.bare)
    return slot.pattern.is_worded and any(
        not keys.isdisjoint(titles) for _, titles in binding.document.sections_with(_line_titles)
    )


def _is_named(matches: Matches, slot: SectionSlot) -> bool:
    keys, parts, words = slot.pattern.bare, bare_parts(slot.title), bare_words(slot.title)
    for heading in once(matches, _free_headings):
        if heading.keys[0] in keys or heading.keys[1] == keys[0]:
            return True
        if heading.level > slot.level + _DEEPER:
            continue
        names_others = parts <= heading.parts or (len(words) > 1 and words <= heading.words)
        if names_others or heading.keys[0] in parts:
            return True
    return False


def _free_headings(matches: Matches) -> tuple[_Heading, ...]:
    return tuple(_read_headings(matches))


def _read_headings(matches: Matches) -> Iterator[_Heading]:
    outline = matches.outline
    for index, (level, title) in enumerate(zip(outline.levels, outline.titles, strict=True)):
        match = matches.by_section.get(index)
        keys = bare_keys(title)
        if level and not (match and keys[0] == match.slot.pattern.bare[0]):
            yield _Heading(level, keys, bare_parts(title), bare_words(title))


def _line_titles(chunk: Chunk) -> frozenset[str]:
    return frozenset(key for title in _lines_as_titles(chunk) for key in bare_keys(title))


def _lines_as_titles(chunk: Chunk) -> Iterable[str]:
    for match in _LINE_TITLE.finditer(chunk.visible, chunk.body_start):
        yield match["bold"] or match["html"]
    yield from (field.name for field in chunk.fields if field.style == "bold" and not field.in_list)
