"""The typed text and the span that a completion replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spec_lsp.features.shared.place import Place
from spec_lsp.markdown.unclosed import unclosed
from spec_lsp.template.write.snippet import Part
from spec_lsp.text import Span

_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Typed:
    """The span on the cursor's line to replace, and the typed text.

    `lead` is a missing space before it, `tail` a line break to keep after it. `is_stale` means that
    the current text is not a prefix, for example a placeholder.
    """

    span: Span
    text: str = ""
    lead: str = ""
    tail: str = ""
    is_stale: bool = False

    def parts(self, text: str) -> tuple[Part, ...]:
        """Return the parts to insert for a text."""
        return (self.lead + text + self.tail,)

    def filter(self, label: str, *, shows_all: bool = False) -> str:
        """Return the text that editors filter by; with `shows_all` everything matches."""
        return f"{self.text}{label}" if shows_all or self.is_stale else label


def typed_line(place: Place) -> Typed | None:
    """Return the line before the cursor, if it is blank after the cursor."""
    if place.after.strip():
        return None
    return Typed(place.line, place.before)


def begins_word(title: str, typed: str) -> bool:
    """Whether a word of a title starts with the typed text; empty text matches."""
    typed = typed.strip().casefold()
    if not typed:
        return True
    if not _WORD.match(typed):
        return False
    folded = title.casefold()
    return bool(re.search(rf"(?<!\w){re.escape(typed)}", folded))


def is_silent(place: Place) -> bool:
    """Whether completion is off at the cursor: in code, comments and wiki links."""
    section, offset = place.document.section_at(place.offset), place.offset
    left = unclosed(place.document)
    if left and left.start < offset:
        return True
    if any(comment.span.start < offset < comment.span.end for comment in section.comments):
        return True
    for fence in section.fences:
        # An unclosed fence extends to the end of its list or quote.
        is_open = fence.body_span.end >= fence.span.end
        if fence.span.start < offset < fence.span.end or (is_open and offset == fence.span.end):
            return True
    return place.before.rfind("[[") > place.before.rfind("]]")


def is_in_code_span(place: Place) -> bool:
    """Whether the cursor is inside a code span."""
    section = place.document.section_at(place.offset)
    return any(span.start < place.offset < span.end for span in section.code_spans)
