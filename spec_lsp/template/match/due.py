"""When the content of a section is due: some may stay empty, some are filled in later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.compare import same_text
from spec_lsp.memo import once
from spec_lsp.template.match.content import body_of
from spec_lsp.template.notation.wording import is_section_for_later
from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.match.sections import SectionMatch
    from spec_lsp.template.schema import Template

_Path = tuple[str, ...]


def may_be_empty(match: SectionMatch) -> bool:
    """Whether a section is optional; a numbered sample such as `Story 1` is there to be filled."""
    return not (match.slot.is_required or match.slot.is_repeatable)


def is_later(binding: Binding, match: SectionMatch) -> bool:
    """Whether a section is due at a later milestone, and nothing is filled in for it yet.

    The template may say so in the section or in one around it.
    """
    waiting = once(binding, _waiting)
    path = match.slot.path
    return any(path[:length] in waiting for length in range(1, len(path) + 1))


def _waiting(binding: Binding) -> frozenset[_Path]:
    """The sections for later without any content of the author's in them."""
    later = once(binding.template, _for_later)
    begun = {path for match in binding.matches.sections for path in _filled(binding, match, later)}
    return later - begun


def _filled(binding: Binding, match: SectionMatch, later: frozenset[_Path]) -> Iterator[_Path]:
    path = match.slot.path
    around = [path[:length] for length in range(1, len(path) + 1) if path[:length] in later]
    if around and body_of(binding.document, match).is_own:
        yield from around


def _for_later(template: Template) -> frozenset[_Path]:
    return frozenset(
        slot.path
        for slot in template.slots
        if is_section_for_later(same_text(body_text(template.document, slot.section)))
    )
