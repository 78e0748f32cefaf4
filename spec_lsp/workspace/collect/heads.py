"""Whether a mention names itself: as the head of a heading, an item or a row, or as a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec_lsp.markdown.chunk import Chunk
    from spec_lsp.text import Span

_HEADING = re.compile(r"[ \t>]*#{1,6}[ \t]")
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_ROW = re.compile(r"[ \t>]*\|")
_BOX = re.compile(r"\[[ xX~/-]\\?\]")
# Decoration before an ID: marks, emoji, numbers, check boxes, a word after a box (`[x] SKIP:`), and
# the first ID of a range.
_BARE = re.compile(
    r"(?:\[[xX]\]|[^\w\n]|_|\d)*(?:(?<=\] )\w+: )?[*_`]*"
    r"(?:[A-Z][A-Z_-]*[\d.]+\s?(?:–|—|\.\.\.?|…|-|to|through)\s?)?"
)
_TITLE = re.compile(r"[*_`~\])]*[ \t]*(?:[:–—(]|-[ \t])")
_CELL_END = re.compile(r"[*_`~\])]*[ \t]*\|")
_UNDERLINE = re.compile(r"\n[ \t]*(?:=+|-+)[ \t]*(?:\n|$)")
_FILE = re.compile(r"-[A-Za-z0-9]|\.mdx?\b|\]\]")
# Words before an ID that is an example, or that the author knows to be gone.
_ASIDE = re.compile(
    r"\b(?:e\.?g\.|for example|for instance|such as|example|sample|z\. ?B\.|"
    r"(?:removed?|deleted?|archived|dropped|retired)\b)[^.;\n]*$",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"[*_`)\]]*\s(?:(?:is|are|was|were|has been|have been) )?"
    r"(?:removed|deleted|dropped|retired|obsolete)\b",
    re.IGNORECASE,
)
# The folder of another unit, earlier in the sentence: `specs/006-roles/ and its rules (FR-065)`.
_OTHER_UNIT = re.compile(r"(?<![\w.-])\d{3,8}-[a-z][\w-]*(?!\w)(?!\.\w)[^.;\n]*$")
_STRUCK = re.compile(r"[^\n]*?~~")
_LONGEST_LEAD = 40
_ASIDE_REACH = 60
_UNIT_REACH = 120


def is_head(chunk: Chunk, span: Span) -> bool:
    """Whether a heading, an item or a paragraph with a title, or a row begins with an ID.

    So does a link definition.
    """
    text = chunk.text
    start = text.rfind("\n", 0, span.start) + 1
    before = text[start : span.start]
    if len(before) > _LONGEST_LEAD or not _BARE.fullmatch(before):
        return False
    after = text[span.end : span.end + _LONGEST_LEAD]
    if _ROW.match(before):
        return before.count("|") == 1 and bool(_CELL_END.match(after) or _TITLE.match(after))
    if _ITEM.match(before):
        is_tag = before.endswith("[") and after.startswith("] ")
        is_marked = is_tag or _BOX.search(before) or before.endswith(("**", "__"))
        return bool(is_marked or _TITLE.match(after))
    if _HEADING.match(before) or (before.endswith("[") and after.startswith("]: ")):
        return True
    if before in ("**", "__") and _TITLE.match(after):
        return True
    end = text.find("\n", span.end)
    return end >= 0 and bool(_UNDERLINE.match(text, end))


def is_linked(chunk: Chunk, span: Span) -> bool:
    """Whether an ID is in the text of a link, begins a file name, or is an example or gone.

    So is one that may be of another unit, which the sentence names before.
    """
    text = chunk.text
    line = text.rfind("\n", 0, span.start) + 1
    before = text[max(line, span.start - _ASIDE_REACH) : span.start]
    if _FILE.match(text, span.end) or _GONE.match(text, span.end):
        return True
    if _ASIDE.search(before) or _OTHER_UNIT.search(
        text[max(line, span.start - _UNIT_REACH) : span.start]
    ):
        return True
    if text.count("~~", line, span.start) % 2 and _STRUCK.match(text, span.end):
        return True
    texts = (link for link in chunk.links if link.kind != "autolink")
    return any(link.text_span.covers(span) for link in texts)
