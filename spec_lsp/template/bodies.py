"""What stands below headings, as it is compared: found once for each chunk, in both documents.

The chunks of a template live as long as it does, and those of a document until they are edited.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spec_lsp.template.placeholders import same_text
from spec_lsp.template.section_slots import body_text
from spec_lsp.text import with_line_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from spec_lsp.markdown import Document, Section
    from spec_lsp.template.model import SectionSlot

_Found = TypeVar("_Found")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"---+|\*\*\*+|___+")


class Samples(NamedTuple):
    """What a template shows below the headings of a slot: each sample as one text, and the lines.

    A text is the same however its lines are broken.
    """

    texts: frozenset[str]
    lines: frozenset[str]


def samples_of(document: Document, slot: SectionSlot) -> Samples:
    """What a template has below the headings of a slot."""
    return slot.section.chunk.noted("samples", slot, _read_samples, document, slot)


def body_lines(document: Document, section: Section) -> Iterator[str]:
    """What a reader sees below a heading, up to the next heading or the closing block.

    Comments and thematic breaks are left out, and differences in white space. Often the first line
    tells enough, so that one is kept.
    """
    first = noted_of_body(document, section, "first line", None, _first_line, document, section)
    if first is not None:
        yield first
        yield from islice(_body_lines(document, section), 1, None)


def is_as_in(samples: Samples, document: Document, section: Section) -> bool:
    """Whether a template has what stands below a heading, however its lines are broken."""
    first = next(body_lines(document, section), None)
    if first is None or not any(text.startswith(first) for text in samples.texts):
        return False
    return " ".join(body_lines(document, section)) in samples.texts


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


def _read_samples(document: Document, slot: SectionSlot) -> Samples:
    bodies = [[*body_lines(document, sample)] for sample in slot.samples]
    texts = (" ".join(lines) for lines in bodies)
    return Samples(frozenset(texts), frozenset(line for lines in bodies for line in lines))


def _first_line(document: Document, section: Section) -> str | None:
    return next(_body_lines(document, section), None)


def _body_lines(document: Document, section: Section) -> Iterator[str]:
    text = body_text(document, section)
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    for line in with_line_feeds(text).split("\n"):
        same = same_text(line)
        if same and not _BREAK.fullmatch(same):
            yield same
