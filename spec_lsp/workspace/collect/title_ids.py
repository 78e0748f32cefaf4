"""Titles that are IDs: requirements that other documents change by their title."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.text import Span
from spec_lsp.workspace.facts import Defined, Mention, title_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.template.notation.title_ids import TitleIds
    from spec_lsp.template.schema import Template

_MARKS = "`*_# \t"
_PLACEHOLDER = ("[", "<", "{")
_LONGEST = 200  # of the text below a title, which tells copies from others


class TitleFact(NamedTuple):
    """An ID that is a title; without a role, the heading above tells what it does."""

    what: Defined
    pattern: TitleIds
    role: str = ""

    def in_place(self, around: tuple[str, ...]) -> Defined | Mention | None:
        """The ID as its place has it; the heading above is the second of those around."""
        above = around[1].casefold() if len(around) > 1 else ""
        role = self.role or self.pattern.role_below(above)
        if role == "used":
            return Mention(self.what.key, self.what.text, self.what.span)
        return self.what if role else None


def titles_in(chunk: Chunk, template: Template | None, path: str) -> tuple[TitleFact, ...]:
    """The titles in a chunk that are IDs."""
    if not template or not template.title_ids:
        return ()
    return tuple(
        fact
        for pattern in template.title_ids
        if pattern.lead in chunk.plain
        for fact in _of(chunk, pattern, path)
    )


def _of(chunk: Chunk, pattern: TitleIds, path: str) -> Iterator[TitleFact]:
    group = posixpath.dirname(f"/{path}".rpartition(f"/{pattern.group}/")[2])
    heading = chunk.heading
    if heading and (place := _after(heading.text, pattern.lead)):
        below = " ".join(chunk.plain[heading.span.end :].split())[:_LONGEST]
        span = place.shift(heading.text_span.start)
        yield TitleFact(_defined(span.of(chunk.plain), below, span, pattern, group), pattern)
    for item in chunk.items if pattern.defined_by or pattern.used_by else ():
        for role, words in (("defined", pattern.defined_by), ("used", pattern.used_by)):
            if item.text.upper().startswith(words) and (place := _after(item.text, pattern.lead)):
                span = place.shift(item.text_span.start)
                what = _defined(span.of(chunk.plain), "", span, pattern, group)
                yield TitleFact(what._replace(form="item"), pattern, role)


def _after(text: str, lead: str) -> Span | None:
    """The title after a lead, without the marks around it."""
    at = text.find(lead)
    if at < 0:
        return None
    rest = text[at + len(lead) :]
    title = rest.strip(_MARKS)
    start = at + len(lead) + rest.find(title)
    is_open = title.startswith(_PLACEHOLDER)
    return Span(start, start + len(title)) if title and not is_open else None


def _defined(title: str, below: str, span: Span, pattern: TitleIds, group: str) -> Defined:
    scope = pattern.scope if pattern.scope != "document" else ""
    text = f"{pattern.lead}{title}"
    return Defined(title_key(group, title), text, below, span, span, "heading", scope=scope)
