"""YAML front matter, read line by line so that no mistake in it can hide a field or raise.

Only what documents use is understood: `key: value`, lists below a key, folded values, comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.nodes import Field
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MATTER = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n|\n|\r)(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)",
    re.DOTALL | re.MULTILINE,
)
_KEY = re.compile(
    r"""^(?P<name>[A-Za-z_][\w .-]*?|"[^"\n]+"|'[^'\n]+')[ \t]*:(?=[ \t]|\r|$)""", re.MULTILINE
)
_COMMENT = re.compile(r"""(?:^|[ \t])#[ \t]*(?P<text>[^\r\n]*)$""")
_QUOTED = re.compile(r"""(?P<quote>["'])(?P<inner>.*)(?P=quote)""", re.DOTALL)


def matter_span(text: str) -> Span | None:
    """The front matter at the start of a text, its two fences included."""
    if not text.startswith(("---", "\ufeff---")):
        return None
    match = _MATTER.match(text)
    return Span(0, match.end()) if match else None


def matter_fields(text: str, span: Span) -> Iterator[Field]:
    """The top-level keys of the front matter; a value's lines below its key belong to it."""
    match = _MATTER.match(text, 0, span.end)
    if not match:
        return
    keys = list(_KEY.finditer(text, match.start("body"), match.end("body")))
    stops = [key.start() for key in keys[1:]] + [match.end("body")]
    for key, stop in zip(keys, stops, strict=True):
        yield _field(text, key, stop)


def list_values(value: str) -> list[str]:
    """The members of a YAML list in either style, or the one value."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        members = value[1:-1].split(",")
    elif value.startswith("-"):
        members = re.split(r"(?:^|[\r\n])[ \t]*-(?:[ \t]+|$)", value)
    else:
        members = [value]
    return [_unquote(member.strip()) for member in members if member.strip()]


def _field(text: str, key: re.Match[str], stop: int) -> Field:
    name = key["name"].strip("\"'")
    name_start = key.start("name") + key["name"].find(name)
    first_end = _line_end(text, key.end(), stop)
    value, start, comment = _value(text, key.end(), first_end)
    is_block = False
    if not value or value in ("|", ">", "|-", ">-"):
        below = text[first_end:stop]
        bare = "\n".join(line for line in below.splitlines() if not line.lstrip().startswith("#"))
        if bare.strip():
            start = first_end + len(below) - len(below.lstrip())
            value = text[start : first_end + len(below.rstrip())]
            is_block = True
    return Field(
        name=name,
        name_span=Span(name_start, name_start + len(name)),
        value=value,
        value_span=Span(start, start + len(value)),
        span=Span(key.start(), max(start + len(value), key.end())),
        style="yaml",
        is_block=is_block,
        comment=comment,
    )


def _value(text: str, start: int, end: int) -> tuple[str, int, str]:
    """A value without quotes and comment, where it starts, and the comment."""
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip(" \t"))
    body = raw.strip()
    quoted = _QUOTED.match(body) if body[:1] in ("'", '"') else None
    if quoted:
        comment = _COMMENT.search(body, quoted.end())
        return quoted["inner"], start + lead + 1, comment["text"].strip() if comment else ""
    comment = _COMMENT.search(raw)
    if comment:
        value = raw[: comment.start()].strip()
        return value, start + (lead if value else 0), comment["text"].strip()
    return body, start + (lead if body else 0), ""


def _line_end(text: str, start: int, stop: int) -> int:
    match = re.compile(r"[\r\n]").search(text, start, stop)
    return match.start() if match else stop


def _unquote(value: str) -> str:
    quoted = _QUOTED.fullmatch(value)
    return quoted["inner"] if quoted else value
