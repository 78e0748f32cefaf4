"""Missing, empty, unfilled, misspelt and moved sections of every kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.corpus.filling import TEMPLATES
from spec_lsp.compare import normalise
from spec_lsp.markdown.section import Section
from spec_lsp.template.schema import SectionSlot, Template
from spec_lsp.text import Span
from tests.planted.defects import Defect, Sown
from tests.planted.ground import Lot

_DEFINED = re.compile(r"\bN?FR-?\d")
Way = Callable[[SectionSlot, Lot, Section], Sown | None]


def section_defects() -> Iterator[Defect]:
    """All defects of sections, for every section that can have them."""
    for template in TEMPLATES.values():
        titles = Counter(normalise(slot.title) for slot in template.slots)
        for slot in _fixed(template):
            is_leaf = not slot.children
            ways: list[tuple[str, Way]] = []
            if slot.is_required:
                ways += [("missing-section", _lost), ("misnamed-section", _letters_swapped)]
                ways += [("misnamed-section", _letter_lost)]
            if is_leaf:
                ways += [("misplaced-section", _deeper)]
            if is_leaf and slot.is_required:
                ways += [("empty-section", _emptied)]
            if is_leaf and _asks(template, slot):
                ways += [("unfilled-section", partial(_as_in, template))]
            if slot.level == 2:
                ways += [("misplaced-section", _moved_up)]
            elif is_leaf and titles[normalise(slot.title)] == 1:
                ways += [("misplaced-section", _moved_elsewhere)]
            for rule, way in ways:
                name = getattr(way, "func", way).__name__.strip("_").replace("_", " ")
                plant = partial(_planted, way, slot)
                yield Defect(rule, f"“{slot.title}” {name}", template.kind, plant)


def _fixed(template: Template) -> Iterator[SectionSlot]:
    """The sections with a fixed title outside of repeated sections."""
    repeated = {slot.path for slot in template.slots if slot.is_repeatable}
    for slot in template.slots:
        around = {slot.path[:size] for size in range(1, len(slot.path) + 1)}
        if slot.level > 1 and not around & repeated:
            yield slot


def _asks(template: Template, slot: SectionSlot) -> bool:
    """Whether the template has a placeholder there."""
    return any(slot.section.index in where for where in template.placeholders.values())


def _planted(way: Way, slot: SectionSlot, lot: Lot) -> Sown | None:
    section = _section(lot, slot)
    if not section or _is_needed(lot, section):
        return None
    return way(slot, lot, section)


def _section(lot: Lot, slot: SectionSlot) -> Section | None:
    for section in lot.document.sections:
        if section.level == slot.level and normalise(section.title) == normalise(slot.title):
            parent = lot.document.sections[section.parent]
            if len(slot.path) == 1 or normalise(parent.title) == slot.path[-2]:
                return section
    return None


def _is_needed(lot: Lot, section: Section) -> bool:
    """Whether other documents refer to a section or to an ID in it."""
    span = _whole(lot, section)
    inside = [
        anchor
        for anchor, index in lot.document.anchors.items()
        if span.start <= lot.document.sections[index].start < span.end
    ]
    return bool(lot.linked & set(inside)) or bool(_DEFINED.search(span.of(lot.text)))


def _whole(lot: Lot, section: Section) -> Span:
    """A section with all below it, without the closing block of the document."""
    end = min(lot.document.subtree_end(section), lot.document.footer_start)
    return Span(section.start, end)


def _body(lot: Lot, section: Section) -> Span:
    """The text below a heading, without a thematic break before the next one."""
    assert section.heading
    whole = _whole(lot, section)
    body = Span(section.heading.span.end, whole.end).of(lot.text)
    kept = re.sub(r"\n+(?:---\n+)?\Z", "", body)
    return Span(section.heading.span.end, section.heading.span.end + len(kept))


def _lost(slot: SectionSlot, lot: Lot, section: Section) -> Sown:
    parent = lot.document.sections[section.parent]
    return Sown(lot.without(_whole(lot, section)), parent.title)


def _emptied(slot: SectionSlot, lot: Lot, section: Section) -> Sown:
    return Sown(lot.without(_body(lot, section)), section.title)


def _as_in(template: Template, slot: SectionSlot, lot: Lot, section: Section) -> Sown | None:
    shown = slot.section
    assert shown.heading
    body = template.document.text[shown.heading.span.end : shown.end]
    body = re.sub(r"\n+(?:---\n+.*)?\Z", "", body, flags=re.DOTALL)
    if lot.planned.is_final and "[ ]" in body:
        return None  # Its open tasks would be reported as well.
    return Sown(lot.without(_body(lot, section), body), section.title)


def _letters_swapped(slot: SectionSlot, lot: Lot, section: Section) -> Sown | None:
    return _renamed(lot, section, lambda word: word[:2] + word[3] + word[2] + word[4:])


def _letter_lost(slot: SectionSlot, lot: Lot, section: Section) -> Sown | None:
    return _renamed(lot, section, lambda word: word[:3] + word[4:])


def _renamed(lot: Lot, section: Section, spoil: Callable[[str], str]) -> Sown | None:
    """Misspell the longest word of the title, if the title stays recognisable."""
    assert section.heading
    word = max(re.findall(r"[A-Za-z]+", section.title), key=len)
    title = section.title.replace(word, spoil(word)) if len(word) > 5 else section.title
    if title == section.title:
        return None
    return Sown(lot.without(section.heading.text_span, title), title)


def _deeper(slot: SectionSlot, lot: Lot, section: Section) -> Sown | None:
    before = lot.document.sections[section.index - 1]
    # Text in a repeated section counts as part of that section.
    if before.level < section.level:
        return None
    at = Span(section.start, section.start)
    return Sown(lot.without(at, "#"), section.title)


def _moved_up(slot: SectionSlot, lot: Lot, section: Section) -> Sown | None:
    others = [each for each in lot.document.sections if each.level == 2]
    whole = _whole(lot, section)
    if section.index in [each.index for each in others[:2]] or whole.end == len(lot.text):
        return None
    text = lot.without(whole)
    start = others[0].start
    return Sown(text[:start] + whole.of(lot.text) + text[start:], section.title)


def _moved_elsewhere(slot: SectionSlot, lot: Lot, section: Section) -> Sown | None:
    others = [each for each in lot.document.sections if each.level == 2]
    start = others[-1].start
    whole = _whole(lot, section)
    if section.parent == others[-2].index or start < whole.end or slot.level != 3:
        return None
    text = lot.text[:start] + whole.of(lot.text) + lot.text[start:]
    return Sown(text[: whole.start] + text[whole.end :], section.title)
