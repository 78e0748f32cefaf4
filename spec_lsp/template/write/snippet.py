"""Text with tab stops: the result of writing from a template.

In plain text each tab stop is its default; in a snippet the editor moves from one to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.text import Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_SPECIAL = re.compile(r"[\\$}]")
_CHOICE_SPECIAL = re.compile(r"[\\$},|]")


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab stop. Those with the same `name` are filled together; `choices` are offered."""

    default: str
    choices: tuple[str, ...] = ()
    name: str = ""


Part = str | Stop


class Hole(NamedTuple):
    """A span of the template, and the text or tab stop that replaces it."""

    span: Span
    part: Part


def cut(text: str, start: int, end: int, holes: Iterable[Hole]) -> list[Part]:
    """The text between two offsets with replacements; of overlapping ones the first and widest."""
    parts: list[Part] = []
    done = start
    for hole in sorted(holes, key=lambda hole: (hole.span.start, -hole.span.end)):
        if hole.span.start < done or hole.span.end > end:
            continue
        parts += (text[done : hole.span.start], hole.part)
        done = hole.span.end
    parts.append(text[done:end])
    return [part for part in parts if part != ""]


def plain(parts: Iterable[Part]) -> str:
    """The parts as plain text, each tab stop as its default."""
    return "".join(part if isinstance(part, str) else part.default for part in parts)


def snippet(parts: Iterable[Part]) -> str:
    """The parts as an LSP snippet; the final cursor position is at the end."""
    numbers: dict[str, int] = {}
    written: list[str] = []
    count = 0
    for part in parts:
        if isinstance(part, str):
            written.append(_escape(part))
            continue
        number = numbers.get(part.name, 0) if part.name else 0
        if not number:
            count += 1
            number = count
            if part.name:
                numbers[part.name] = number
        written.append(_stop(part, number))
    return "".join(written) + "$0"


def strip(parts: list[Part]) -> list[Part]:
    """The parts without blank lines at both ends."""
    found = list(parts)
    while found and isinstance(found[0], str) and not found[0].strip():
        found.pop(0)
    while found and isinstance(found[-1], str) and not found[-1].strip():
        found.pop()
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip("\r\n")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return found


def with_line_ends(parts: Iterable[Part], ending: str) -> list[Part]:
    """The parts with all line ends replaced by `ending`."""
    return [
        _LINE_END.sub(ending, part)
        if isinstance(part, str)
        else replace(part, default=_LINE_END.sub(ending, part.default))
        for part in parts
    ]


def _stop(stop: Stop, number: int) -> str:
    if stop.choices:
        choices = ",".join(_CHOICE_SPECIAL.sub(r"\\\g<0>", choice) for choice in stop.choices)
        return f"${{{number}|{choices}|}}"
    return f"${{{number}:{_escape(stop.default)}}}" if stop.default else f"${number}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
