"""A document seen through its template after an edit that leaves its outline alone.

Which template it follows, and which section answers to which slot, is told by the titles and
levels of its headings, by its header and footer and by its metadata. Most edits touch none of
these.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING

from spec_lsp.template.bind import Binding, Carried
from spec_lsp.template.field_match import FieldMatch
from spec_lsp.template.field_slots import is_metadata
from spec_lsp.template.section_match import SectionMatch

if TYPE_CHECKING:
    from spec_lsp.markdown import Document
    from spec_lsp.markdown.chunk import Chunk


def has_same_outline(before: Document, after: Document) -> bool:
    """Whether a version of a document is bound as the one before was."""
    old, new = before.chunks, after.chunks
    if before.path != after.path or len(old) != len(new):
        return False
    changed = [index for index, differs in enumerate(map(is_not, old, new)) if differs]
    inner = range(1, len(new) - 1)
    return all(
        index in inner
        and _is_alike(old[index], new[index])
        and not (index == 1 and (_may_tell(old[1]) or _may_tell(new[1])))
        for index in changed
    )


def rebound(binding: Binding, document: Document) -> Binding:
    """The binding of a document with the same outline as the one that was bound."""
    matches = _rematched(binding, document)
    fields = tuple(_moved(match, binding.document, document) for match in binding.fields)
    return Binding(
        document,
        binding.template,
        matches,
        fields,
        binding.missing_fields,
        Carried(binding.answers, _changed(binding, document), binding.carried.of_outline),
    )


def _rematched(binding: Binding, document: Document) -> tuple[SectionMatch, ...]:
    """The matches with the sections of another version; those above the edit are the same.

    They are made as `SectionMatch` itself makes them, which takes longer when it is called.
    """
    old, new = binding.document.sections, document.sections
    above = len(document.kept.above)
    above = above if above and old[above - 1] is new[above - 1] else 0
    at = bisect_left(binding.sections, above, key=_index)
    places = binding.of_outline(_places)[at:]
    moved = [
        tuple.__new__(SectionMatch, (new[place], *match[1:]))
        for place, match in zip(places, binding.sections[at:], strict=True)
    ]
    return (*binding.sections[:at], *moved)


def _places(binding: Binding) -> list[int]:
    return [match.section.index for match in binding.sections]


def _changed(binding: Binding, document: Document) -> tuple[int, ...]:
    """The places of the matches whose sections have another text."""
    matches, before = binding.sections, binding.document.chunks
    changed = compress(count(), map(is_not, before, document.chunks))
    places = ((bisect_left(matches, index, key=_index), index) for index in changed)
    return tuple(at for at, index in places if at < len(matches) and _index(matches[at]) == index)


def _index(match: SectionMatch) -> int:
    return match.section.index


def _is_alike(old: Chunk, new: Chunk) -> bool:
    if not old.heading or not new.heading or old.level != new.level:
        return False
    if old.heading.is_setext or new.heading.is_setext:
        # Its lines may be fields that are underlined by mistake.
        return old.text[: old.body_start] == new.text[: new.body_start]
    return old.heading.text == new.heading.text and not is_metadata(new.heading.text)


def _may_tell(second: Chunk) -> bool:
    """Whether the second part of a document may hold its header, or name its template."""
    return second.level == 1 or bool(second.comments)


def _moved(match: FieldMatch, before: Document, after: Document) -> FieldMatch:
    """A field outside of what has changed, which may stand further on."""
    section = before.section_at(match.field.span.start)
    by = after.sections[section.index].start - section.start
    return FieldMatch(match.field.shift(by), match.slot) if by else match
