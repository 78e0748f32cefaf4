"""What stands below headings, compared with what a template has there.

It is found once for each chunk and slot. The chunks of a template live as long as it does, and
those of a document until they are edited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import same_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.schema import SectionSlot

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"---+|\*\*\*+|___+")
_LINK_DEFINITION = re.compile(r"\[[^\]]+\]: ?\S+$")


class Body(NamedTuple):
    """What a reader sees below a heading.

    `is_bare` says that nothing stands there but definitions of links, `is_blank` nothing at all.
    `is_own` says that it has a line that the template has not, `is_sample` that it is what the
    template has there, however the lines are broken.
    """

    is_bare: bool
    is_blank: bool
    is_own: bool
    is_sample: bool


class Samples(NamedTuple):
    """What a template shows below the headings of a slot: each sample as one text; all lines."""

    texts: frozenset[str]
    lines: frozenset[str]


def body_of(document: Document, section: Section, template: Document, slot: SectionSlot) -> Body:
    """What stands below a heading, beside what the template has for its slot."""
    if section.end > document.footer_start:
        return _compared(document, section, template, slot)
    return section.chunk.noted("body", slot, _compared, document, section, template, slot)


def samples_of(template: Document, slot: SectionSlot) -> Samples:
    """What a template has below the headings of a slot."""
    return slot.section.chunk.noted("samples", slot, _read_samples, template, slot)


_OWN = Body(is_bare=False, is_blank=False, is_own=True, is_sample=False)


def _compared(document: Document, section: Section, template: Document, slot: SectionSlot) -> Body:
    samples = samples_of(template, slot)
    lines: list[str] = []
    is_bare, is_own = True, False
    for line in _lines(_shown(document, section)):
        lines.append(line)
        is_bare = is_bare and bool(_LINK_DEFINITION.match(line))
        if line not in samples.lines:
            is_own = True
            if not is_bare and not _may_go_on(lines, samples):
                return _OWN
    return Body(is_bare, not lines, is_own, bool(lines) and " ".join(lines) in samples.texts)


def _may_go_on(lines: list[str], samples: Samples) -> bool:
    """Whether a sample begins with some lines; else the rest tells nothing, and is not read."""
    said = " ".join(lines)
    return any(text.startswith(said) for text in samples.texts)


def _read_samples(template: Document, slot: SectionSlot) -> Samples:
    bodies = [[*_lines(_shown(template, sample))] for sample in slot.samples]
    texts = (" ".join(lines) for lines in bodies)
    return Samples(frozenset(texts), frozenset(line for lines in bodies for line in lines))


def _shown(document: Document, section: Section) -> str:
    """The text up to the next heading or the closing block, without comments."""
    chunk = section.chunk
    start = chunk.body_start
    text = chunk.plain[start : max(document.footer_start - section.start, start)]
    return _COMMENT.sub("", text) if "<!--" in text else text


def _lines(text: str) -> Iterator[str]:
    """The lines of a text without thematic breaks and differences in white space."""
    for line in text.split("\n"):
        same = same_text(line)
        if same and not _BREAK.fullmatch(same):
            yield same
