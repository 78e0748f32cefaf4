"""When the content of a section is due: some may stay empty, some are filled in later."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spec_lsp.compare import same_text
from spec_lsp.memo import once
from spec_lsp.template.match.content import body_of
from spec_lsp.template.notation.wording import is_section_for_later
from spec_lsp.template.schema import body_text

if TYPE_CHECKING:
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.match.sections import SectionMatch
    from spec_lsp.template.schema import SectionSlot, Template

_Path = tuple[str, ...]

_REACHED = 2 / 3  # share of the sections below one for later that are filled in at its milestone


def may_be_empty(match: SectionMatch) -> bool:
    """Whether a section is optional; a numbered sample such as `Story 1` is there to be filled."""
    return not (match.slot.is_required or match.slot.is_repeatable)


def is_later(binding: Binding, slot: SectionSlot) -> bool:
    """Whether a section is due at a later milestone, which the document has not reached.

    The template may say so in the section or in one around it.
    """
    waiting = once(binding, _waiting)
    path = slot.path
    return any(path[:length] in waiting for length in range(1, len(path) + 1))


def _waiting(binding: Binding) -> frozenset[_Path]:
    """The sections for later that are hardly filled in: authors begin them before the milestone."""
    later = once(binding.template, _for_later)
    filled: Counter[_Path] = Counter()
    found: Counter[_Path] = Counter()
    for match in binding.matches.sections if later else ():
        is_own = body_of(binding.document, match).is_own
        if match.slot.children and not is_own:
            continue
        for length in range(1, len(match.slot.path) + 1):
            found[match.slot.path[:length]] += 1
            filled[match.slot.path[:length]] += is_own
    return frozenset(
        path for path in later if not found[path] or filled[path] < found[path] * _REACHED
    )


def _for_later(template: Template) -> frozenset[_Path]:
    return frozenset(
        slot.path
        for slot in template.slots
        if is_section_for_later(same_text(body_text(template.document, slot.section)))
    )
