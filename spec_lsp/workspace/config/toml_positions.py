"""Find the positions of keys in a TOML text, by a search: `tomllib` reports no positions."""

from __future__ import annotations

import re

from spec_lsp.text import Span

Path = tuple[int | str, ...]

_ERROR = re.compile(r"\(at line (\d+), column (\d+)\)")
_HEADER = re.compile(r"^[ \t]*(?P<marks>\[\[?)(?P<name>[^\[\]\n]+)\]", re.MULTILINE)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def place_of(text: str, path: Path, value: object = None) -> Span:
    """The span of the key at a path, or of a text that is its value or one of its members.

    A key that is not found, because its spelling is unusual, gets the span of its parent.
    """
    start, found, rest = _table(text, path)
    for part in rest:
        match = _key(text, part, start) if isinstance(part, str) else None
        if match:
            found, start = Span(*match.span("key")), match.end()
    if isinstance(value, str) and found.end:
        match = re.compile(rf"([\"'])(?P<value>{re.escape(value)})\1").search(text, found.end)
        return Span(*match.span("value")) if match else found
    return found


def error_place(text: str, message: str) -> Span:
    """The span of a TOML error, from its message; the end of the text if the message has none."""
    match = _ERROR.search(message)
    lines = text.split("\n")
    if not match or int(match[1]) > len(lines):
        return Span(max(len(text) - 1, 0), len(text))
    line = int(match[1]) - 1
    at = sum(len(each) + 1 for each in lines[:line]) + int(match[2]) - 1
    at = min(at, len(text))
    return Span(at, min(at + 1, len(text)))


def _table(text: str, path: Path) -> tuple[int, Span, Path]:
    """The header that matches most of a path: its end, the span of its name, and the rest."""
    best, place, rest = 0, Span(0, 0), path
    counts: dict[tuple[str, ...], int] = {}
    for match in _HEADER.finditer(text):
        names = tuple("".join(part) for part in _PART.findall(match["name"]))
        if len(match["marks"]) > 1:
            counts[names] = counts.get(names, -1) + 1
        left = _after(path, names, counts)
        if left is not None and len(left) < len(rest):
            best, place, rest = match.end(), Span(*match.span("name")), left
    return best, place, rest


def _after(path: Path, names: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> Path | None:
    """The rest of a path below a header, None if the header is not on the path."""
    left = list(path)
    for at, name in enumerate(names):
        if not left or left.pop(0) != name:
            return None
        table = names[: at + 1]
        if left and isinstance(left[0], int) and table in counts and left.pop(0) != counts[table]:
            return None
    return tuple(left)


def _key(text: str, part: str, start: int) -> re.Match[str] | None:
    quoted = re.escape(part)
    before = r"(?:^|(?<=[\s,{.\[]))"
    pattern = rf"{before}(?P<quote>[\"']?)(?P<key>{quoted})(?P=quote)[ \t]*(?=[=.])"
    return next(
        (
            match
            for match in re.compile(pattern, re.MULTILINE).finditer(text, start)
            if "#" not in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        ),
        None,
    )
