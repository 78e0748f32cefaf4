"""The required sections that a document lacks, and where an absent section belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise
from spec_lsp.memo import once
from spec_lsp.template.match.binding import each_match
from spec_lsp.template.match.named import has_heading_for, has_line_for, is_left_out
from spec_lsp.template.match.renamed import is_renamed
from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding, Matches
    from spec_lsp.template.match.sections import SectionMatch
    from spec_lsp.template.schema import SectionSlot


@dataclass(frozen=True, slots=True)
class MissingSection:
    """A required section that the document lacks, and where it belongs.

    `parent` is the document's section that it belongs under, None for an outermost section.
    """

    slot: SectionSlot
    parent: Section | None
    offset: int


def missing_sections(binding: Binding) -> tuple[MissingSection, ...]:
    """The absent required sections, without those inside an absent section.

    A section that a reader finds elsewhere, or by a line in bold, is not absent.
    """
    return once(binding, _all_missing)


def _all_missing(binding: Binding) -> tuple[MissingSection, ...]:
    return tuple(_everywhere(binding))


def _everywhere(binding: Binding) -> Iterator[MissingSection]:
    found = [*_missing(binding, None, binding.template.sections)]
    for match, _ in each_match(binding, _lacks_sections):
        found += _missing_below(binding, match)
    return (each for each in found if not _is_there(binding, each.slot))


def insertion_offset(binding: Binding, slot: SectionSlot, parent: Section | None) -> int:
    """Where an absent section belongs: after the previous one in the template."""
    for each, offset in _places(binding, parent):
        if each.path == slot.path:
            return offset
    return _end(binding, parent) if parent else _footer(binding, None)


def is_revoked(binding: Binding, slot: SectionSlot) -> bool:
    """Whether today's template no longer requires a section of the version that counts.

    It marks the section as optional, or it has dropped the section, and the document has been
    written with today's template in mind.
    """
    today = binding.template.today
    same = [each for each in today.slots if each.pattern.key == slot.pattern.key] if today else []
    if today and not same:
        return once(binding, _has_newer)
    return bool(same) and not any(each.is_required for each in same)


def _has_newer(binding: Binding) -> bool:
    """Whether a document has a section that only today's template has."""
    today = binding.template.today
    old = {slot.pattern.key for slot in binding.template.slots}
    new = {slot.pattern.key for slot in today.slots} - old if today else set()
    return any(normalise(title) in new for title in binding.document.outline.titles)


def _is_there(binding: Binding, slot: SectionSlot) -> bool:
    """Whether a reader finds a section in another form, or the author has left it out."""
    return has_line_for(binding, slot) or is_left_out(binding, slot)


def _missing_below(binding: Binding, match: SectionMatch) -> Iterator[MissingSection]:
    """The absent required sections inside another one."""
    return _missing(binding, match, match.slot.children) if match.slot.children else iter(())


def _under(binding: Binding, parent: Section | None) -> list[SectionMatch]:
    """The matches below the section that is matched to their slots' parent."""
    places = once(binding.matches, _places_under)
    return [binding.sections[at] for at in places.get(parent.index if parent else -1, ())]


def _missing(
    binding: Binding, match: SectionMatch | None, slots: Iterable[SectionSlot]
) -> Iterator[MissingSection]:
    parent = binding.section(match) if match else None
    here = _under(binding, parent)
    present = once(binding.matches, _astray) | {each.slot.path for each in here}
    absent = [
        slot
        for slot in slots
        if slot.is_required
        and slot.path not in present
        and not has_heading_for(binding.matches, slot)
        and not is_renamed(binding.matches, slot, parent.index if parent else -1)
        and not (
            slot.is_group and any(_is_present(binding.matches, each) for each in slot.children)
        )
    ]
    if absent and match and all(each.is_astray for each in here) and _is_own(binding, match):
        return
    paths = {slot.path for slot in absent}
    for slot, offset in _places(binding, parent) if absent else ():
        if slot.path in paths:
            yield MissingSection(slot, parent, offset)


def _is_present(matches: Matches, slot: SectionSlot) -> bool:
    return slot.path in once(matches, _matched) or has_heading_for(matches, slot)


def _is_own(binding: Binding, match: SectionMatch) -> bool:
    """Whether a section has text or sections that its template lacks, apart from known fields."""
    section, document = binding.section(match), binding.document
    following = document.sections[section.index + 1 : section.index + 2]
    if following and following[0].parent == section.index:
        return True
    shown = {
        line.strip()
        for line in body_text(binding.template.document, match.slot.section).splitlines()
    }
    body = body_text(document, section)
    for found in binding.section_fields(match):
        body = body.replace(found.field.span.of(document.text), "")
    lines = (line.strip() for line in body.splitlines())
    return any(line not in shown and line.strip("-*_ ") for line in lines)


def _places(binding: Binding, parent: Section | None) -> Iterator[tuple[SectionSlot, int]]:
    """The child slots of a section, each with the offset at which a new section belongs."""
    own: dict[tuple[str, ...], SectionMatch] = {}
    for match in _under(binding, parent):
        if not match.is_astray:
            own[match.slot.path] = match
    slots = _siblings(binding, parent)
    first = next((own[slot.path] for slot in slots if slot.path in own), None)
    last: Section | None = None
    for slot in slots:
        if slot.path in own and (not last or own[slot.path].index > last.index):
            last = binding.section(own[slot.path])
        if last:
            yield slot, _end(binding, last)
        elif first:
            yield slot, binding.document.starts[min(match.index for match in own.values())]
        elif parent:
            yield slot, min(parent.end, _footer(binding, parent))
        else:
            yield slot, _below_title(binding)


def _siblings(binding: Binding, parent: Section | None) -> tuple[SectionSlot, ...]:
    if parent is None:
        return binding.template.sections
    slot = binding.slot_of(parent)
    return slot.children if slot else ()


def _below_title(binding: Binding) -> int:
    """Where the first section belongs: after the title and the text below it."""
    title = binding.document.title_section
    if not title:
        return _footer(binding, None)
    return _footer(binding, title) if title.end == len(binding.document.text) else title.end


def _end(binding: Binding, section: Section) -> int:
    end = binding.document.subtree_end(section)
    return min(end, binding.document.footer_start) if end == len(binding.document.text) else end


def _footer(binding: Binding, section: Section | None) -> int:
    start = binding.document.footer_start
    return max(start, section.body_span.start) if section else start


def _places_under(matches: Matches) -> dict[int, list[int]]:
    """The positions of matches in `sections`, by the index of their parent's section."""
    found: dict[int, list[int]] = {}
    for at, match in enumerate(matches.sections):
        found.setdefault(match.under, []).append(at)
    return found


def _astray(matches: Matches) -> frozenset[tuple[str, ...]]:
    return frozenset(match.slot.path for match in matches.sections if match.is_astray)


def _matched(matches: Matches) -> frozenset[tuple[str, ...]]:
    return frozenset(match.slot.path for match in matches.sections)


def _lacks_sections(binding: Binding, match: SectionMatch) -> bool:
    return any(True for _ in _missing_below(binding, match))
