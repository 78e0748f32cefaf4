"""Guidance that a template asks writers to remove, and that a document still contains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.compare import bare_line, same_text
from spec_lsp.memo import once
from spec_lsp.template.notation.wording import asks_for_removal
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.schema import Template


def kept_guidance(binding: Binding) -> Iterator[tuple[Section, Span]]:
    """The comments and paragraphs of the template that ask to be removed and are still there."""
    if once(binding.template, _requests):
        for section, found in binding.document.sections_with(_kept, binding.template):
            yield from ((section, span.shift(section.start)) for span in found)


def _requests(template: Template) -> frozenset[str]:
    """The texts of the template that ask to be removed."""
    return frozenset(
        text
        for chunk in template.document.chunks
        for _, text in _blocks(chunk)
        if asks_for_removal(text)
    )


def _kept(chunk: Chunk, template: Template) -> tuple[Span, ...]:
    requests = once(template, _requests)
    return tuple(span for span, text in _blocks(chunk) if text in requests)


def _blocks(chunk: Chunk) -> Iterator[tuple[Span, str]]:
    """The comments and paragraphs of a chunk, each with its words."""
    for comment in chunk.comments:
        yield comment.span, same_text(comment.text)
    for span in chunk.paragraphs:
        if not any(span.overlaps(comment.span) for comment in chunk.comments):
            yield span, " ".join(map(bare_line, span.of(chunk.plain).split("\n")))
