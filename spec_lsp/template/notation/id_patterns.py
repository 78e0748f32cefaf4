"""ID patterns in a template: `SPEC-XXX`, `BUG-###`, `FR-1`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_ANY_PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,11}-(?:[A-Z0-9]{1,12}-){0,2}")

Scope = Literal["workspace", "base", "unit", "document"]


@dataclass(frozen=True, slots=True)
class IdPattern:
    """The pattern of an ID in a template: `SPEC-XXX` is the prefix `SPEC-` with three digits.

    `scope` says where the ID must be unique. `defines` is false for IDs of other kinds, which
    documents of this kind only mention. A pattern without a prefix is a free name: a slug or a
    code. The prefix of an open pattern continues with letters that each document chooses: `FR-DM1`;
    without a prefix, it is whatever the defining document chooses: `AUTH-01`.
    `forms` are the places that define such an ID, if not all do, and `heading` is the title of
    sections that define one by their number, such as `User Story {n}`. With a `level`, any title at
    that level does: the words before the number are in another language. Below headings that
    contain one of `used_below`, such IDs are used and not defined.
    `kin` are the prefixes that are counted with this one: `FR-` and `SC-`.
    """

    prefix: str
    digits: int
    scope: Scope
    defines: bool = True
    is_open: bool = False
    forms: tuple[str, ...] = ()
    heading: str = ""
    level: int = 0
    used_below: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()

    def suits(self, prefix: str) -> bool:
        """Whether IDs with a prefix follow this pattern."""
        if not self.is_open:
            return prefix == self.prefix
        if not self.prefix:
            return bool(_ANY_PREFIX.fullmatch(prefix))
        return prefix.startswith(self.prefix) and prefix[len(self.prefix) :].isalpha()

    def render(self, number: int) -> str:
        """The ID with the given number."""
        return f"{self.prefix}{number:0{self.digits}d}"


SHAPE = re.compile(
    r"(?P<prefix>(?!X{2,}(?![A-Z])|N{2,}(?![A-Z]))[A-Z]{1,12}(?:[-_][A-Z]{1,12})*?[-_]?)"
    r"(?P<number>"
    r"X{2,}|N{1,4}|#{1,6}|\?{2,}|\d{1,6}|\{\{?[^{}]*\}?\}|\[[^\[\]]*\]"
    r"|<[^<>]*>)(?![A-Za-z0-9])"
)
_WIDTH = re.compile(r"(\d)[- ]?digit")
BARE_NUMBER = re.compile(r"X{2,}|N{2,}|#{2,}|0{2,}")
_DIGITS = 3  # digits of a placeholder that does not say its width
_MOST_DIGITS = 9


def pattern_of(text: str) -> IdPattern | None:
    """The pattern of an ID at the start of a text, such as `SPEC-XXX` or `FR-001`."""
    match = SHAPE.match(text)
    return pattern_from(match, "workspace") if match else None


def pattern_from(match: re.Match[str], scope: str) -> IdPattern:
    return IdPattern(match["prefix"], digits_of(match), scope)  # type: ignore[arg-type]


def digits_of(match: re.Match[str]) -> int:
    number = match["number"]
    if number[0] in "{[<":
        width = _WIDTH.search(number)
        inner = number.strip("{}[]<> ")
        if BARE_NUMBER.fullmatch(inner):
            return len(inner)
        return min(int(width[1]), _MOST_DIGITS) if width else _DIGITS
    if number.isdigit():
        return len(number) if number.startswith("0") or len(number) > 2 else 1
    return 1 if number in ("N", "#") else len(number)
