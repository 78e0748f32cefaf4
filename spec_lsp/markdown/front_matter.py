"""YAML front matter, parsed line by line: an error on one line affects no other field.

Only the YAML that documents use is supported: `key: value`, lists, quotes, folded values and
comments.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field
from spec_lsp.text import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = r"(?<![^\r\n])"
_BREAK = r"(?:\r\n?|\n)"
_END = rf"[ \t]*(?:{_BREAK}|\Z)"
_KEY = (
    r"(?:(?P<name>[^\W\d][\w.()/&-]*+(?>(?: ++[\w.()/&-]++)*))"
    r"""|"(?P<double>[^"\r\n]+)"|'(?P<single>[^'\r\n]+)')[ \t]*:(?=[ \t\r\n]|\Z)"""
)
# Comments may come before it, such as `<!-- generated -->` or a licence.
_LEAD = rf"\ufeff?(?>(?:<!--(?:(?!-->).)*-->(?>(?:[ \t]*{_BREAK})+))*)"
_OPEN = re.compile(rf"{_LEAD}---", re.DOTALL)
# A key must come first, because a document may begin with a thematic break.
_MATTER = re.compile(
    rf"{_LEAD}---[ \t]*{_BREAK}(?>(?:[ \t]*(?:#[^\r\n]*)?{_BREAK})*)(?={_KEY}|---|\.\.\.)"
    rf".*?{_START}(?:---|\.\.\.){_END}",
    re.DOTALL,
)
_KEYS = re.compile(_START + _KEY)
_QUOTED = r""""(?P<double>(?>(?:[^"\\]|\\.)*))"|'(?P<single>(?>(?:[^']|'')*))'"""
_WHOLE = re.compile(
    rf"[ \t]*(?:{_QUOTED}|(?P<flow>\[[^\[\]]*\]|\{{[^{{}}]*\}}))(?=[ \t]+#|{_END})", re.DOTALL
)
_BREAKS = re.compile(r"[\r\n]")
# A number sign before a number is a reference, as in `issue: #12`.
_NOTE = re.compile(r"(?:(?<=[ \t])|(?<![^\r\n]))#(?!\d)[ \t]*(?P<text>[^\r\n]*)")
_BLOCK_MARK = re.compile(r"[|>][-+0-9]{0,2}")
_MORE_LINES = re.compile(rf"(?:{_BREAK}[ \t]+[^\s#][^\r\n]*)+")
_FILLED = re.compile(rf"{_START}[ \t]*+[^\s#]")
_MEMBER = re.compile(rf"{_QUOTED}|[^\s,\"'][^,]*", re.DOTALL)
_DASH = re.compile(rf"{_START}[ \t]*-(?:[ \t]+|(?=[\r\n])|\Z)")


def matter_span(text: str) -> Span | None:
    """The front matter at the start of a text, with both fences and comments before them."""
    match = _MATTER.match(text) if may_open_matter(text) else None
    return Span(0, match.end()) if match else None


def may_open_matter(text: str) -> bool:
    """Whether a text begins with a front matter fence, which a later line may close."""
    return text.startswith(("---", "\ufeff", "<!--")) and bool(_OPEN.match(text))


def matter_fields(text: str, span: Span) -> Iterator[Field]:
    """The top-level keys of the front matter; the lines below a key belong to its value."""
    end = len(text[: span.end].rstrip()) - 3
    keys = list(_KEYS.finditer(text, 0, end))
    for key, below in zip_longest(keys, keys[1:]):
        yield _field(text, key, below.start() if below else end)


def list_values(value: str) -> list[str]:
    """The members of a YAML list in either style, or the one value."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        members = [match[0] for match in _MEMBER.finditer(value, 1, len(value) - 1)]
    elif value.startswith("-"):
        members = _DASH.split(value)
    else:
        members = [value]
    return [bare for member in members if (bare := _bare(member))]


def _field(text: str, key: re.Match[str], stop: int) -> Field:
    name = Span(*key.span(key.lastgroup or 0))
    whole = _WHOLE.match(text, key.end(), stop)
    after = whole.end() if whole else key.end()
    line_end = _line_end(text, after, stop)
    note = _NOTE.search(text, after, line_end)
    if whole:
        value, is_block = Span(*whole.span(whole.lastgroup or 0)), False
    else:
        line = Span(after, note.start() if note else line_end)
        value, is_block = _open_value(text, line, Span(line_end, stop))
    return Field(
        name=name.of(text),
        name_span=name,
        value=value.of(text),
        value_span=value,
        span=Span(key.start(), max(value.end, after)),
        style="yaml",
        is_block=is_block,
        comment=note["text"].strip() if note else "",
    )


def _open_value(text: str, line: Span, below: Span) -> tuple[Span, bool]:
    """The span of an unquoted value, and whether it is a block entirely below its key."""
    value = trim(text, line)
    if value.of(text) and not _BLOCK_MARK.fullmatch(value.of(text)):
        more = _MORE_LINES.match(text, line.end, below.end)
        return trim(text, Span(value.start, more.end() if more else value.end)), False
    filled = _FILLED.search(text, below.start, below.end)
    if not filled:
        return Span(line.start, line.start), False
    return trim(text, Span(filled.end() - 1, below.end)), True


def _bare(member: str) -> str:
    """A list member without quotes and comment."""
    member = member.strip()
    whole = _WHOLE.match(member)
    if whole and whole.lastgroup != "flow":
        return whole[whole.lastgroup or 0]
    note = _NOTE.search(member)
    return member[: note.start()].strip() if note else member


def _line_end(text: str, start: int, stop: int) -> int:
    found = _BREAKS.search(text, start, stop)
    return found.start() if found else stop
