"""Documents whose path tells the kind although their titles are in another language, or free."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise
from spec_lsp.memo import once
from spec_lsp.template.match.roots import root_sections

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.notation.id_patterns import IdPattern
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template


def for_titles_of(document: Document, template: Template) -> Template:
    """The template for a document of its kind; one that requires no titles if they are foreign."""
    return once(template, _foreign) if _has_foreign_titles(document, template) else template


def _has_foreign_titles(document: Document, template: Template) -> bool:
    """Whether fewer than half of the required titles occur, and other titles stand for the rest.

    A document that only lacks sections has no other titles.
    """
    required = template.marks.titles
    if not required:
        return False
    titles = [normalise(section.title) for section in root_sections(document, template)]
    found = sum(map(titles.__contains__, required))
    if 2 * found >= len(required):
        return False
    strange = sum(not _is_known(title, template) for title in titles)
    return strange >= len(required) - found


def _is_known(title: str, template: Template) -> bool:
    return any(
        pattern.matches(title)
        for slot in template.sections
        for pattern in (slot.pattern, *slot.aliases)
    )


def _foreign(template: Template) -> Template:
    """A template that requires no section and no field, and knows blocks by their number."""
    return replace(
        template,
        sections=tuple(map(_optional, template.sections)),
        fields=tuple(map(_free, template.fields)),
        ids=tuple(_by_number(pattern, template) for pattern in template.ids),
        is_foreign=True,
    )


def _optional(slot: SectionSlot) -> SectionSlot:
    children = tuple(map(_optional, slot.children))
    return replace(
        slot, is_required=False, children=children, fields=tuple(map(_free, slot.fields))
    )


def _free(slot: FieldSlot) -> FieldSlot:
    return replace(slot, is_required=False)


def _by_number(pattern: IdPattern, template: Template) -> IdPattern:
    words = normalise(pattern.heading.partition("{n}")[0])
    levels = (s.level for s in template.slots if words and s.pattern.key.startswith(words))
    return replace(pattern, level=next(levels, 0)) if words else pattern
