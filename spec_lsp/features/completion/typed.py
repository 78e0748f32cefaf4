"""What has been typed of the thing to be inserted, and what it would replace."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spec_lsp.features.place import Place
from spec_lsp.markdown import unclosed
from spec_lsp.template.parts import Part
from spec_lsp.text import Span

_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Typed:
    """A stretch of the cursor's line that will be replaced, and what of it has been typed.

    `lead` is a blank that is missing before it, `tail` a line break that must stay behind it.
    `is_stale` says that what stands there is no beginning of anything, such as a placeholder.
    """

    span: Span
    text: str = ""
    lead: str = ""
    tail: str = ""
    is_stale: bool = False

    def parts(self, text: str) -> tuple[Part, ...]:
        """A text as it is put in."""
        return (self.lead + text + self.tail,)

    def filter(self, label: str, *, shows_all: bool = False) -> str:
        """What editors compare with the typed text; `shows_all` lets everything pass."""
        return f"{self.text}{label}" if shows_all or self.is_stale else label


def typed_line(place: Place) -> Typed | None:
    """The line up to the cursor, when nothing but blanks stands behind it."""
    if place.after.strip():
        return None
    return Typed(place.line, place.before)


def begins_word(title: str, typed: str) -> bool:
    """Whether a word of a title begins with what was typed; nothing typed begins every word."""
    typed = typed.strip().casefold()
    if not typed:
        return True
    if not _WORD.match(typed):
        return False
    folded = title.casefold()
    return bool(re.search(rf"(?<!\w){re.escape(typed)}", folded))


def is_silent(place: Place) -> bool:
    """Whether the cursor is in code, in a comment or in a wiki link, which are not ours."""
    section, offset = place.document.section_at(place.offset), place.offset
    left = unclosed(place.document)
    if left and left.start < offset:
        return True
    if any(comment.span.start < offset < comment.span.end for comment in section.comments):
        return True
    for fence in section.fences:
        # A fence that is not closed yet reaches to the end of its list or quote.
        is_open = fence.body_span.end >= fence.span.end
        if fence.span.start < offset < fence.span.end or (is_open and offset == fence.span.end):
            return True
    return place.before.rfind("[[") > place.before.rfind("]]")


def is_in_code_span(place: Place) -> bool:
    """Whether the cursor is inside a code span."""
    section = place.document.section_at(place.offset)
    return any(span.start < place.offset < span.end for span in section.code_spans)
