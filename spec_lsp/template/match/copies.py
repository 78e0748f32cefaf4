"""Templates of one title: copies of one another, or of two kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.template.notation.titles import TitlePattern
    from spec_lsp.template.schema import Template

_LEAST_SECTIONS = 3  # outer sections from which contents can tell two templates apart


def are_distinct(one: Template, other: Template) -> bool:
    """Whether the sections of two templates are those of two kinds, whatever their titles are."""
    sizes = len(_titles(one)), len(_titles(other))
    return min(sizes) >= _LEAST_SECTIONS and 2 * _count_shared(one, other) < min(sizes)


def with_place_of_original(template: Template, originals: Iterable[Template]) -> Template:
    """A template with the ID, file name and folder of the built-in template that it is a copy of.

    `originals` have the same words in the title. Only what it does not say itself is taken; a file
    name without an ID means that there is none.
    """
    found = [each for each in originals if _is_copy(template, each)]
    if not found:
        return template
    original = max(found, key=lambda each: _count_shared(template, each))
    id, filename, ids = template.id, template.filename, template.ids  # noqa: A001
    if not id and original.id and (not filename or "{id}" in filename or "{number}" in filename):
        id = original.id  # noqa: A001
        ids = (id, *(each for each in ids if each.prefix != id.prefix))
    is_alike = id == original.id
    return replace(
        template,
        id=id,
        ids=ids,
        filename=filename or (original.filename if is_alike else ""),
        directory=template.directory or original.directory,
        description=template.description or original.description,
    )


def title_words(title: TitlePattern | None) -> str:
    """The words that the titles of a kind share; empty if they share none."""
    return " ".join(title.words) if title and title.words else ""


def _is_copy(template: Template, original: Template) -> bool:
    """Whether a template has at least half of the sections of another."""
    most = max(len(_titles(template)), len(_titles(original)))
    return 2 * _count_shared(template, original) >= most


def _count_shared(one: Template, other: Template) -> int:
    return len(_titles(one) & _titles(other))


def _titles(template: Template) -> set[str]:
    return {slot.pattern.key for slot in template.telling}
