"""Inline content of a chunk with exact spans: code spans, comments, links and IDs.

All of them are found in `prose`: the text of the chunk in which everything else is blanked out at
its own length. Thus each expression can be simple and its offsets are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.identifiers import Identifier, identifiers_in
from spec_lsp.markdown.nodes import Comment, Link
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.nodes import LinkKind

BLANK = "\ufffc"

# Code spans have at most 2,000 code points, so that stray backticks cannot cause long searches.
_MARKS = re.compile(
    r"\\[\\`<\[]"
    r"|<!--(?P<comment>)"
    r"|`(?P<ticks>`*)(?!`)(?P<code>.{1,2000}?)(?<!`)`(?P=ticks)(?!`)"
    r"|``*",
    re.DOTALL,
)
_MARK = re.compile(r"`|<!--")
_HTML_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\r\n]")

_LABEL = r"(?>(?:[^\[\]\n]|\n(?![ \t]*\n)|\[[^\[\]\n]*\])*)"
_DESTINATION = r"<[^<>\n]*>|[^\s()<]*+(?>(?:\([^\s()]*\)[^\s()]*+)*)"
_LINK_TITLE = r"\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)"
# The first character of a link is matched first and then checked again by lookbehind: faster.
_LINKS = re.compile(
    rf"[!\[<h](?:(?:(?<=\[)(?<!\\\[)|(?<=!)(?<!\\!)\[)(?P<text>{_LABEL})\]"
    rf"(?:\([ \t]*(?P<target>{_DESTINATION})(?:[ \t]+(?:{_LINK_TITLE}))?[ \t]*\)"
    r"|\[(?P<label>(?!\^)[^\[\]\n]*)\])"
    r"|(?<=<)(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>"
    r"|(?<=h)(?<!\wh)ttps?://[^\s<>\"'`|)\]]+)"
)
_DEFINITIONS = re.compile(
    r"^ {0,3}\[(?P<text>(?!\^)[^\[\]\n]+)\]:[ \t]*(?P<target><[^<>\n]*>|[^\s\[<]\S*)", re.MULTILINE
)


def may_hold_code_or_comments(text: str) -> bool:
    """Whether a text may hold a code span or a comment."""
    return "`" in text or "<!--" in text


def next_mark(text: str, start: int) -> int:
    """The offset of the next mark of a code span or a comment, or the end of the text."""
    mark = _MARK.search(text, start)
    return mark.start() if mark else len(text)


def code_and_comments(text: str, part: Span) -> Iterator[Span | Comment]:
    """The code spans and comments of a paragraph, a heading or a table row.

    A comment without an end is plain text there.
    """
    done = part.start
    may_close = True
    while match := _MARKS.search(text, done, part.end):
        done = match.end()
        if match["code"] is not None:
            yield Span(*match.span())
        elif match["comment"] is not None and may_close:
            end = text.find("-->", done, part.end)
            may_close = end >= 0
            if may_close:
                yield Comment(Span(match.start(), end + 3), text[done:end])
                done = end + 3


def html_comments(text: str, part: Span) -> Iterator[Comment]:
    """The comments of an HTML block; the end of the block ends an unclosed comment."""
    for match in _HTML_COMMENT.finditer(text, part.start, part.end):
        yield Comment(Span(*match.span()), match[1])


def blank(text: str, spans: Iterable[Span], by: str = BLANK) -> str:
    """Overwrite `spans` at their own length; line ends stay."""
    parts: list[str] = []
    done = 0
    for span in sorted(spans):
        if span.end > done:
            start = max(span.start, done)
            parts += (text[done:start], _NOT_LINE_END.sub(by, text[start : span.end]))
            done = span.end
    return "".join((*parts, text[done:])) if parts else text


def may_hold_links(text: str) -> bool:
    """Whether a text may hold a link: every link contains one of these signs."""
    return "](" in text or "][" in text or "://" in text or "]:" in text or "<" in text


def links(prose: str) -> tuple[Link, ...]:
    """The links of a chunk, without shortcut references: these need the document's definitions."""
    found = [*_links(prose, Span(0, len(prose)))]
    if "]:" in prose:
        found += (_definition(match) for match in _DEFINITIONS.finditer(prose))
        found.sort(key=lambda link: link.span)
    return tuple(found)


def identifiers(prose: str, found: Iterable[Link]) -> tuple[Identifier, ...]:
    """All text in the shape of an ID, outside of link targets; ranges are expanded."""
    targets = [link.target_span for link in found if link.kind != "reference"]
    return tuple(identifiers_in(blank(prose, targets) if targets else prose))


def _links(prose: str, part: Span) -> Iterator[Link]:
    for match in _LINKS.finditer(prose, part.start, part.end):
        link = _link(match)
        yield link
        if link.kind != "autolink" and "![" in match[0]:
            yield from _links(prose, link.text_span)


def _link(match: re.Match[str]) -> Link:
    span = Span(*match.span())
    if match["auto"] is not None:
        return _autolink(span, Span(*match.span("auto")), match["auto"])
    if match["text"] is None:
        # A bare URL does not include the full stop of its sentence.
        url = match[0].rstrip(".,;:!?*_~")
        bare = Span(span.start, span.start + len(url))
        return _autolink(bare, bare, url)
    text = Span(*match.span("text"))
    if match["target"] is not None:
        return _with_target("image" if match[0][0] == "!" else "inline", span, text, match)
    label = Span(*match.span("label")) if match["label"] else text
    return Link("reference", span, text, label, label.of(match.string))


def _autolink(span: Span, target: Span, url: str) -> Link:
    return Link("autolink", span, target, target, url)


def _definition(match: re.Match[str]) -> Link:
    text = Span(*match.span("text"))
    return _with_target("definition", Span(text.start - 1, match.end()), text, match)


def _with_target(kind: LinkKind, span: Span, text: Span, match: re.Match[str]) -> Link:
    """A link whose destination may be in angle brackets."""
    target = Span(*match.span("target"))
    if match["target"].startswith("<") and match["target"].endswith(">"):
        target = Span(target.start + 1, target.end - 1)
    return Link(kind, span, text, target, target.of(match.string))
