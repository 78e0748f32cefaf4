"""The numbers of other documents that a status names: `Superseded by ADR-0012`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name
from spec_lsp.text import Span
from spec_lsp.workspace.collect.heads import is_linked
from spec_lsp.workspace.facts import Mention
from spec_lsp.workspace.known_ids import own_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.template.schema import Template

_STATUS = "status"
# A number alone is that of a document if it is written like one: `12. Title`, `0012`.
_NAMED = re.compile(
    r"\b(?:superseded|superceded|replaced|obsoleted|deprecated|amended|supersedes|replaces|amends)"
    r"(?:[ _-]by)?:?[ ]{1,2}[*_\[(]{0,3}"
    r"(?:ADR[- #_]{0,2}(?P<after>\d{1,4})|(?P<alone>0\d{2,3}|\d{1,4}(?=\. \w)))(?![\w/])",
    re.IGNORECASE,
)


def successors(chunk: Chunk, template: Template | None, path: str) -> Iterator[Mention]:
    """The numbers after `superseded by` and the like in the status of a numbered document."""
    pattern = template.id if template else None
    if not template or not pattern or pattern.prefix or not pattern.digits:
        return
    for place in _statuses(chunk):
        for match in _NAMED.finditer(chunk.text, place.start, place.end):
            span = Span(*match.span("after" if match["after"] else "alone"))
            line = chunk.text[span.end : chunk.text.find("\n", span.end)]
            number, leads = span.of(chunk.text), "](" in line or is_linked(chunk, span)
            yield Mention(own_key(number, path), number, span, is_linked=leads)


def _statuses(chunk: Chunk) -> Iterator[Span]:
    """The values of status fields, and the text of a section with the status."""
    if chunk.heading and normalise_name(chunk.title) == _STATUS:
        yield Span(chunk.body_start, len(chunk.text))
        return
    for field in chunk.fields:
        if normalise_name(field.name) == _STATUS:
            yield field.value_span
