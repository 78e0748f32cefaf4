"""Sections that a reader finds in a document although no heading has exactly their title.

The title may be at another level, one of several in a heading such as `Risks and Alternatives`,
shortened to its last word, lengthened by a second one, or a line in bold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import same_text
from spec_lsp.memo import once
from spec_lsp.template.notation.titles import bare_keys, bare_parts, bare_words, head_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.match.binding import Binding, Matches
    from spec_lsp.template.schema import SectionSlot

_LINE_TITLE = re.compile(
    r"^[ \t>]*(?:(?:\*\*|__)(?P<bold>[^*_\n]{2,80})(?:\*\*|__)[ \t:]*$"
    r"|<(?:h[1-6]|summary)(?:[ \t][^<>\n]*)?>(?P<html>[^<>\n]{2,80})<)",
    re.MULTILINE | re.IGNORECASE,
)
_COMMENTED = re.compile(r"^[ \t]*#{1,6}[ \t]+([^\s#][^\n]*)", re.MULTILINE)
_LONGEST = 200  # code points of a heading in a comment
_TWO = 2  # words: `Alternative Designs` names `Alternatives`
_DEEPER = 2  # levels below its own at which a heading may name a section among others


class _Heading(NamedTuple):
    """A heading that has no slot of exactly its title."""

    level: int
    keys: tuple[str, ...]
    parts: frozenset[str]
    words: frozenset[str]
    first: str


_Table = Mapping[str, Sequence[tuple[int, frozenset[str]]]]


class _Free(NamedTuple):
    """Such headings, by what they may be found: the highest level of each title, and the rest."""

    levels: dict[str, int]
    seconds: set[str]
    by_part: dict[str, list[tuple[int, frozenset[str]]]]
    by_word: dict[str, list[tuple[int, frozenset[str]]]]
    by_first: dict[str, int]


def has_heading_for(matches: Matches, slot: SectionSlot) -> bool:
    """Whether a heading names a section that has no match, at any level and under any parent."""
    return slot.pattern.is_worded and once(matches, _is_named, slot)


def has_line_for(binding: Binding, slot: SectionSlot) -> bool:
    """Whether a line in bold or an HTML heading names a section."""
    keys = set(slot.pattern.bare)
    return slot.pattern.is_worded and any(
        not keys.isdisjoint(titles) for _, titles in binding.document.sections_with(_line_titles)
    )


def is_left_out(binding: Binding, slot: SectionSlot) -> bool:
    """Whether the author has put the heading of a section in a comment."""
    keys = set(slot.pattern.bare)
    given = once(binding.template.document, _given_comments)
    return slot.pattern.is_worded and any(
        comment not in given and not keys.isdisjoint(titles)
        for _, comments in binding.document.sections_with(_commented_titles)
        for comment, titles in comments
    )


def _is_named(matches: Matches, slot: SectionSlot) -> bool:
    known = once(matches, _free_headings)
    keys, parts, words = slot.pattern.bare, bare_parts(slot.title), bare_words(slot.title)
    head, deepest = head_word(slot.title), slot.level + _DEEPER
    return (
        any(key in known.levels for key in keys)
        # “Resolved questions” were “Unresolved questions”.
        or keys[0].removeprefix("un") in known.levels
        or keys[0] in known.seconds
        or any(known.levels.get(part, deepest + 1) <= deepest for part in (*parts, head) if part)
        or _contains(known.by_part, parts, deepest)
        or (len(words) > 1 and _contains(known.by_word, words, deepest))
        or any(
            known.by_first.get(word, deepest + 1) <= deepest for word in words if len(words) == 1
        )
    )


def _contains(table: _Table, wanted: frozenset[str], deepest: int) -> bool:
    """Whether a heading has all of some parts or words; only those with the rarest are tried."""
    if not wanted:
        return False
    rarest = min((table.get(each, ()) for each in wanted), key=len)
    return any(level <= deepest and wanted <= found for level, found in rarest)


def _free_headings(matches: Matches) -> _Free:
    found = _Free({}, set(), defaultdict(list), defaultdict(list), {})
    for each in _read_headings(matches):
        found.levels[each.keys[0]] = min(each.level, found.levels.get(each.keys[0], each.level))
        found.seconds.add(each.keys[1])
        for part in each.parts:
            found.by_part[part].append((each.level, each.parts))
        if each.first:
            found.by_first[each.first] = min(each.level, found.by_first.get(each.first, each.level))
        for word in each.words:
            found.by_word[word].append((each.level, each.words))
    return found


def _read_headings(matches: Matches) -> Iterator[_Heading]:
    outline = matches.outline
    for index, (level, title) in enumerate(zip(outline.levels, outline.titles, strict=True)):
        match = matches.by_section.get(index)
        keys = bare_keys(title)
        is_title = level == 1 and not any(outline.levels[:index])
        if level and not (match and keys[0] == match.slot.pattern.bare[0]):
            words = title.split()
            # Not the title: `Requirements Document` names the document.
            first = words[0] if len(words) == _TWO and not is_title else ""
            yield _Heading(
                level, keys, bare_parts(title), bare_words(title), "".join(bare_words(first))
            )


def _given_comments(document: Document) -> frozenset[str]:
    return frozenset(
        comment
        for _, comments in document.sections_with(_commented_titles)
        for comment, _ in comments
    )


def _commented_titles(chunk: Chunk) -> tuple[tuple[str, frozenset[str]], ...]:
    """The comments of a chunk that contain headings, each with what they may be found by."""
    found = ((each.text, [*_titles_in(each.text)]) for each in chunk.comments)
    return tuple(
        (same_text(text), frozenset(key for title in titles for key in bare_keys(title)))
        for text, titles in found
        if titles
    )


def _titles_in(comment: str) -> Iterator[str]:
    """The titles of the headings in a comment."""
    for line in _COMMENTED.findall(comment):
        title = line.rstrip(" \t\r#")
        if 1 < len(title) <= _LONGEST:
            yield title


def _line_titles(chunk: Chunk) -> frozenset[str]:
    return frozenset(key for title in _lines_as_titles(chunk) for key in bare_keys(title))


def _lines_as_titles(chunk: Chunk) -> Iterable[str]:
    for match in _LINE_TITLE.finditer(chunk.visible, chunk.body_start):
        yield match["bold"] or match["html"]
    yield from (field.name for field in chunk.fields if field.style == "bold" and not field.in_list)
