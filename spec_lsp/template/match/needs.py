"""Sections that lack a part that each of their kind needs, such as a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.memo import once
from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.outline import Outline
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.schema import SectionNeed


def lacking_parts(binding: Binding) -> Iterator[tuple[Section, str]]:
    """The sections with nothing inside that could be a needed part, each with the part."""
    document = binding.document
    for index, part in once(document.outline, _bare, binding.template.needs):
        section = document.sections[index]
        if part.casefold().strip(": ") not in body_text(document, section).casefold():
            yield section, part


def _bare(outline: Outline, needs: tuple[SectionNeed, ...]) -> list[tuple[int, str]]:
    """The sections in need of a part, and without any section inside."""
    return [
        (index, need.part)
        for need in needs
        for index, (title, parent) in enumerate(zip(outline.titles, outline.parents, strict=True))
        if title.startswith(need.heading)
        and index not in outline.children
        and parent >= 0
        and outline.titles[parent].casefold() in need.below
    ]
