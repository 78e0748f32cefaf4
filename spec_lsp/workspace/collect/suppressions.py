"""Suppression comments: `<!-- spec-lsp: ignore CODE[, CODE] -->` and `ignore-file`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.text import Span
from spec_lsp.workspace.facts import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.markdown.document import Document

_SUPPRESSION = re.compile(
    r"\s*spec-lsp:\s*(?P<what>ignore-file|ignore)(?![\w-])(?P<rest>.*)", re.DOTALL
)
_REASON = re.compile(r"\s(?:--|–|—|\()")
EVERY = "*"


def suppressions(document: Document) -> Iterator[Suppression]:
    """The suppression comments of a document; one without codes ignores every rule.

    A reason may follow after two hyphens: `<!-- spec-lsp: ignore broken-link -- moves soon -->`.
    """
    for section, _ in document.sections_with(_may_silence):
        for comment in section.comments:
            if match := _SUPPRESSION.match(comment.text):
                yield _suppression(document, comment.span, match)


def suppression_comment(*codes: str, whole_file: bool = False) -> str:
    """The comment that suppresses some rules."""
    return f"<!-- spec-lsp: {'ignore-file' if whole_file else 'ignore'} {', '.join(codes)} -->"


def _may_silence(chunk: Chunk) -> bool:
    return any("spec-lsp" in comment.text for comment in chunk.comments)


def _suppression(document: Document, span: Span, match: re.Match[str]) -> Suppression:
    first = document.position(span.start).line
    last = document.position(span.end).line
    return Suppression(
        path=document.path,
        codes=_codes(match["rest"]),
        span=span,
        whole=_whole(document, span, first, last),
        lines=(first, last + 1),
        is_whole_file=match["what"] == "ignore-file",
    )


def _codes(text: str) -> tuple[str, ...]:
    codes = _REASON.split(f" {text} ", maxsplit=1)[0]
    return tuple(code for code in re.split(r"[\s,:]+", codes) if code) or (EVERY,)


def _whole(document: Document, span: Span, first: int, last: int) -> Span:
    """The span to delete with a comment: its whole lines, or the comment and preceding blanks."""
    start, end = document.line_span(first).start, document.line_span(last).end
    before, after = document.text[start : span.start], document.text[span.end : end]
    if not before.strip() and not after.strip():
        return Span(start, min(document.line_span(last + 1).start, len(document.text)))
    return Span(span.start - (len(before) - len(before.rstrip())), span.end)
