"""What has been written below a document's headings, and what is only the template's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.compare import normalise, same_text
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.content import Body, body_of
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.notation.titles import LEGEND
from spec_lsp.template.schema import SectionSlot
from spec_lsp.workspace.collect.progress import guides

_EXAMPLE = re.compile(r"\bexample:", re.IGNORECASE)
_MAY_BE_EMPTY = re.compile(r"\bleave (?:it |this )?(?:section )?(?:empty|blank)\b", re.IGNORECASE)


def empty(binding: Binding) -> Iterator[SectionMatch]:
    """The sections below whose headings nobody has put anything."""
    return binding.where("is empty", _is_empty)


def unfilled(binding: Binding) -> Iterator[SectionMatch]:
    """The sections that hold what the template says about them, unchanged, and no more.

    One with sections below it is judged by those.
    """
    return binding.where("is unfilled", _is_unfilled)


def _is_empty(binding: Binding, match: SectionMatch) -> bool:
    section = match.section
    if not _body(binding, match).is_bare or _has_children(binding, match):
        return False
    if _is_contents(section.title):
        return False
    asked = {
        same_text(comment.text) for sample in match.slot.samples for comment in sample.comments
    }
    if any(_MAY_BE_EMPTY.search(comment) for comment in asked):
        return False
    said = (same_text(comment.text) for comment in section.comments)
    return all(comment in asked and " " in comment for comment in said)


def _is_unfilled(binding: Binding, match: SectionMatch) -> bool:
    return (
        _body(binding, match).is_sample
        and not _has_children(binding, match)
        and not _is_empty(binding, match)
        and guides(binding, match.slot)
        and not explains(match.slot)
    )


def explains(slot: SectionSlot) -> bool:
    """Whether a section of the template only shows how to read or write the others.

    Such are ``Format: `[ID] [P?] Text` `` and `Parallel Example: User Story 1`.
    """
    return bool(LEGEND.search(slot.title) or _EXAMPLE.search(slot.title))


def _body(binding: Binding, match: SectionMatch) -> Body:
    return body_of(binding.document, match.section, binding.template.document, match.slot)


def _has_children(binding: Binding, match: SectionMatch) -> bool:
    return any(True for _ in binding.document.children(match.section))


def _is_contents(title: str) -> bool:
    """Whether a section is a table of contents, which tools write."""
    return normalise(title) in ("toc", "contents", "table of contents")
