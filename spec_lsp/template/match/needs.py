"""Sections that lack what each of their kind needs: a part such as a scenario, or a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.memo import once
from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.outline import Outline
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.schema import SectionNeed

_WORD = re.compile(r"\w+")


def lacking_parts(binding: Binding) -> Iterator[tuple[Section, str]]:
    """The sections with nothing inside that could be a needed part, each with the part.

    The first section lacks those of which the document needs one.
    """
    document = binding.document
    titles = {title.casefold() for title in document.outline.titles}
    for need in binding.template.needs:
        if need.sections and titles.isdisjoint(map(str.casefold, need.sections)):
            yield document.sections[0], "” or “".join(need.sections)
    for index, need in once(document.outline, _needy, binding.template.needs):
        section = document.sections[index]
        if not need.part or index in document.outline.children:
            continue
        if need.part.casefold().strip(": ") not in body_text(document, section).casefold():
            yield section, f"{need.part} …"


def lacking_words(binding: Binding) -> Iterator[tuple[Section, tuple[str, ...]]]:
    """The sections whose text has none of the needed words, each with the words."""
    document = binding.document
    for index, need in once(document.outline, _needy, binding.template.needs):
        section = document.sections[index]
        found = _WORD.findall(body_text(document, section)) if need.words else ()
        if need.words and not {*found} & {*need.words}:
            yield section, need.words


def _needy(outline: Outline, needs: tuple[SectionNeed, ...]) -> list[tuple[int, SectionNeed]]:
    """The sections in need of something, with what they need."""
    return [
        (index, need)
        for need in needs
        if need.heading
        for index, (title, parent) in enumerate(zip(outline.titles, outline.parents, strict=True))
        if title.startswith(need.heading)
        and parent >= 0
        and outline.titles[parent].casefold() in need.below
    ]
