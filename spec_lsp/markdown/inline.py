"""What stands inside the lines of a chunk: code spans, comments, links and IDs, with exact spans.

`prose` is the trick of this file: the chunk's text with everything that is not prose blanked out at
its own length, so that each later expression can be simple and its offsets are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Comment, Identifier, Link
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLANK = "\ufffc"

# Code spans are bounded, so that a stray back-tick cannot make the search run through a whole file.
_SPANS = re.compile(
    r"\\[\\`<\[]"
    r"|<!--(?P<comment>.*?)(?:-->|(?P<unclosed>\Z))"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>(?:(?!\n[ \t]*\n).){1,2000}?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_LABEL = r"(?:[^\[\]\n]|\n(?![ \t]*\n)|\[[^\[\]\n]*\])*+"
_DESTINATION = r"<[^<>\n]*>|[^\s()<]*+(?:\([^\s()]*\)[^\s()]*+)*+"
_LINK_TITLE = r"\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)"
_LINKS = re.compile(
    rf"(?P<bang>!?)\[(?P<text>{_LABEL})\]"
    rf"(?:\([ \t]*(?P<target>{_DESTINATION})(?:[ \t]+(?:{_LINK_TITLE}))?[ \t]*\)"
    r"|\[(?P<label>[^\[\]\n]*)\])"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>"
    r"|(?P<bare>\bhttps?://[^\s<>\"'`|)\]]+)"
)
_DEFINITIONS = re.compile(
    r"^ {0,3}\[(?P<text>[^\[\]\n]+)\]:[ \t]*(?P<target><[^<>\n]*>|[^\s\[<]\S*)", re.MULTILINE
)
_PREFIX = r"[A-Z][A-Z0-9]{0,11}?(?:[-_][A-Z]{1,12})*?"
_IDS = re.compile(
    rf"(?<![\w/.-])(?:(?P<owner>{_PREFIX}[-_]?\d{{1,9}})[/#])?"
    r"(?P<prefix>[A-Z]{1,12}(?:[-_][A-Z]{1,12})*[-_]?)(?P<number>\d{1,9}(?:\.\d{1,4})*)(?!\w)"
    r"(?:\s?(?:–|—|\.\.\.?|…|-|to|through)\s?"
    r"(?P<last_prefix>(?P=prefix))?(?P<last>\d{1,9})(?![\w.-]))?"
)
_LONGEST_RANGE = 200


def code_and_comments(
    text: str, dead: Iterable[Span], html: Iterable[Span]
) -> tuple[tuple[Span, ...], tuple[Comment, ...]]:
    """The code spans and comments of a chunk, outside of its `dead` stretches (code, front matter).

    A comment without an end counts only where the block parser saw one: in an `html` stretch.
    """
    html = tuple(html)
    code: list[Span] = []
    comments: list[Comment] = []
    for part in gaps(len(text), dead):
        for match in _SPANS.finditer(text, part.start, part.end):
            if match["code"] is not None:
                code.append(Span(*match.span()))
            elif match["comment"] is not None and _is_comment(match, html):
                comments.append(Comment(Span(*match.span()), match["comment"]))
    return tuple(code), tuple(comments)


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text with `spans` overwritten at their own length; line ends stay."""
    parts: list[str] = []
    done = 0
    for span in sorted(spans):
        if span.end <= done:
            continue
        start = max(span.start, done)
        parts += (text[done:start], re.sub(r"[^\r\n]", BLANK, text[start : span.end]))
        done = span.end
    parts.append(text[done:])
    return "".join(parts)


def gaps(length: int, spans: Iterable[Span]) -> Iterator[Span]:
    """What lies between `spans`, in order."""
    done = 0
    for span in sorted(spans):
        if span.start > done:
            yield Span(done, span.start)
        done = max(done, span.end)
    if done < length:
        yield Span(done, length)


def links(prose: str) -> tuple[Link, ...]:
    """Every link of a chunk; shortcut references are left to whoever knows the definitions."""
    found: list[Link] = []
    if "[" in prose:
        found += (_definition(match) for match in _DEFINITIONS.finditer(prose))
    if "[" in prose or "://" in prose or "<" in prose:
        found += (_link(match) for match in _LINKS.finditer(prose))
    return tuple(sorted(found, key=lambda link: link.span))


def identifiers(prose: str, found: Iterable[Link]) -> tuple[Identifier, ...]:
    """Everything in the shape of an ID, outside of link targets; ranges are expanded."""
    targets = [link.span if link.kind == "autolink" else link.target_span for link in found]
    return tuple(identifiers_in(blank(prose, targets) if targets else prose))


def identifiers_in(text: str) -> Iterator[Identifier]:
    """Everything in a text that has the shape of an ID."""
    for match in _IDS.finditer(text):
        owner = match["owner"] or ""
        start = match.start("prefix")
        end = match.end("number")
        yield Identifier(Span(start, end), match["prefix"], match["number"], owner)
        if match["last"]:
            yield from _range(match, owner)


def _range(match: re.Match[str], owner: str) -> Iterator[Identifier]:
    """What `FR-001–FR-005` or `FR-001–005` names besides its first ID."""
    prefix, width = match["prefix"], len(match["number"])
    if match["last_prefix"] is None and len(match["last"]) != width:
        return
    first, last = (int(part.split(".")[0]) for part in (match["number"], match["last"]))
    if not first < last <= first + _LONGEST_RANGE:
        return
    whole = Span(match.start("prefix"), match.end("last"))
    for number in range(first + 1, last):
        yield Identifier(whole, prefix, str(number).zfill(width), owner, implied=True)
    if match["last_prefix"] is None:
        yield Identifier(whole, prefix, match["last"], owner, implied=True)
    else:
        own = Span(match.start("last_prefix"), match.end("last"))
        yield Identifier(own, prefix, match["last"], owner)


def _is_comment(match: re.Match[str], html: tuple[Span, ...]) -> bool:
    if match["unclosed"] is None:
        return True
    return any(span.start <= match.start() < span.end for span in html)


def _definition(match: re.Match[str]) -> Link:
    text, target = Span(*match.span("text")), Span(*match.span("target"))
    return Link("definition", Span(text.start - 1, target.end), text, *_destination(target, match))


def _link(match: re.Match[str]) -> Link:
    whole = Span(*match.span())
    for group in ("auto", "bare"):
        if match[group] is not None:
            inner = Span(*match.span(group))
            if group == "bare":
                inner = whole = _without_trailing_marks(inner, match[group])
            return Link("autolink", whole, inner, inner, inner.of(match.string))
    text = Span(*match.span("text"))
    if match["target"] is not None:
        kind = "image" if match["bang"] else "inline"
        return Link(kind, whole, text, *_destination(Span(*match.span("target")), match))  # type: ignore[arg-type]
    label = match["label"] or match["text"]
    return Link("reference", whole, text, Span(*match.span("label")), label)


def _destination(target: Span, match: re.Match[str]) -> tuple[Span, str]:
    """A destination without its angle brackets."""
    text = target.of(match.string)
    if text.startswith("<") and text.endswith(">"):
        return Span(target.start + 1, target.end - 1), text[1:-1]
    return target, text


def _without_trailing_marks(span: Span, text: str) -> Span:
    """A bare URL does not own the full stop of its sentence."""
    return Span(span.start, span.start + len(text.rstrip(".,;:!?*_~")))
