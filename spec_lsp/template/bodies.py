"""What stands below headings, as it is compared: found once for each chunk, in both documents.

The chunks of a template live as long as it does, and those of a document until they are edited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spec_lsp.template.placeholders import same_text
from spec_lsp.template.section_slots import body_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from spec_lsp.markdown import Document, Section
    from spec_lsp.template.model import SectionSlot

_Found = TypeVar("_Found")
_NOISE = re.compile(r"<!--.*?(?:-->|\Z)|^\s*(?:---+|\*\*\*+|___+)\s*$", re.DOTALL | re.MULTILINE)


class Body(NamedTuple):
    """What a reader sees below a heading: as one text however its lines are broken, and by lines.

    Comments and thematic breaks are left out, and differences in white space.
    """

    text: str
    lines: frozenset[str]


def body_of(document: Document, section: Section) -> Body:
    """What stands below a heading, up to the next heading or the closing block."""
    return noted_of_body(document, section, "body", None, _read_body, document, section)


def noted_of_body(
    document: Document,
    section: Section,
    what: Hashable,
    given: object,
    find: Callable[..., _Found],
    *arguments: object,
) -> _Found:
    """As `Chunk.noted`, for what stands below a heading and above the closing block."""
    if section.end > document.footer_start:
        return find(*arguments)
    return section.chunk.noted(what, given, find, *arguments)


def sample_lines(document: Document, slot: SectionSlot) -> frozenset[str]:
    """The lines that a template has below the headings of a slot."""
    lines = [body_of(document, sample).lines for sample in slot.samples]
    return lines[0] if len(lines) == 1 else frozenset().union(*lines)


def _read_body(document: Document, section: Section) -> Body:
    text = body_text(document, section)
    visible = _NOISE.sub("", text) if "<!--" in text or _may_break(text) else text
    same = (same_text(line) for line in visible.replace("\r", "\n").split("\n"))
    lines = [line for line in same if line]
    return Body(" ".join(lines), frozenset(lines))


def _may_break(text: str) -> bool:
    return "---" in text or "***" in text or "___" in text
