"""Sections that lack a part that each of their kind needs, such as a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.schema import SectionNeed


def lacking_parts(binding: Binding) -> Iterator[tuple[Section, str]]:
    """The sections with nothing inside that could be a needed part, each with the part."""
    document = binding.document
    for need in binding.template.needs:
        for index, title in enumerate(document.outline.titles):
            if title.startswith(need.heading) and _lacks(document, index, need):
                yield document.sections[index], need.part


def _lacks(document: Document, index: int, need: SectionNeed) -> bool:
    outline = document.outline
    parent = outline.parents[index]
    if parent < 0 or outline.titles[parent].casefold() not in need.below:
        return False
    body = body_text(document, document.sections[index]).casefold()
    return index not in outline.children and need.part.casefold().strip(": ") not in body
