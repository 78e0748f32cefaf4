"""The shape of an ID in any text, and the form in which IDs are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spec_lsp.text import Span


class Identifier(NamedTuple):
    """Text in the shape of an ID, such as `SPEC-012` or the `FR-2` of `SPEC-012/FR-2`.

    Only the workspace, which knows the prefixes in use, can tell whether it is an ID. The longest
    ID counts: `SPEC-00029-08` has the prefix `SPEC-00029-`. `owner` is the ID of the document
    before the slash, if there is one; `FR-1/FR-2` is a list. `implied` means that the ID lies
    inside a range such as `FR-1–FR-5`; its span is that of the range.
    """

    span: Span
    prefix: str
    number: str
    owner: str = ""
    implied: bool = False

    @property
    def text(self) -> str:
        """The ID without its owner."""
        return self.prefix + self.number

    def shift(self, by: int) -> Identifier:
        """The same ID, `by` code points further on."""
        return Identifier(
            self.span.shift(by), self.prefix, self.number, self.owner, implied=self.implied
        )


_OWNER = r"[A-Z][A-Z0-9]{0,11}?(?:[-_][A-Z]{1,12})*?[-_]?[0-9]{1,9}"
# Underscores around an ID are emphasis, unless they join it to a longer name.
_NO_MIDDLE = r"(?<![^\W_]{0})(?<![/.-]{0})(?<![^\W_]_{0})(?<![^\W_]__{0})"
_IDS = re.compile(
    rf"(?=[A-Z]){_NO_MIDDLE.replace('{0}', '')}(?:(?P<owner>{_OWNER})[/#])?"
    r"(?P<prefix>[A-Z]{1,12}(?:[-_][A-Z]{1,12})*[-_]?)(?P<number>[0-9]{1,9}(?:\.[0-9]{1,4})*)"
    r"(?!_*[^\W_])"
    r"(?:(?:\s?(?:–|—|\.\.\.?|…|-|to|through)\s?(?P<last_prefix>(?P=prefix))|(?:–|—|\.\.\.?|…|-))"
    r"(?P<last>[0-9]{1,9})(?![\w-]|\.[0-9]))?"
)
# What makes an ID longer: `-08`, `-FR-2`.
_TAIL = re.compile(r"(?:-(?:[A-Z]{1,12}-?)?[0-9]{1,9}(?:\.[0-9]{1,4})*)+(?![^\W_])")
_SUFFIX = re.compile(r"-[A-Z]{2}")
# Limits in IDs per range and per text: a few characters must not become millions of IDs.
_LONGEST_RANGE = 200
_MOST_IMPLIED = 2_000


def identifiers_in(text: str) -> Iterator[Identifier]:
    """Everything in a text that has the shape of an ID; an owner precedes what it owns."""
    implied = 0
    for match, end in _ids(text):
        owner = match["owner"] or ""
        if owner:
            yield _at(Span(*match.span("owner")), owner)
            owner = "" if prefix_of(owner) == match["prefix"] else owner
        start = match.start("prefix")
        yield _at(Span(start, end), text[start:end], owner)
        if match["last"] and end == match.end("number") and implied < _MOST_IMPLIED:
            named = [*_range(match, owner)]
            implied += len(named)
            yield from named


def leading_identifier(text: str) -> Identifier | None:
    """The ID that a text begins with; None for an owner, or a name such as `SPEC-001-DRAFT`."""
    match = _IDS.match(text)
    if not match or match["owner"]:
        return None
    end = _end(match)
    if _SUFFIX.match(text, end):
        return None
    return _at(Span(match.start("prefix"), end), text[match.start("prefix") : end])


def _ids(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The matches of IDs, with their ends; searching for their start first is much faster."""
    start = _ID_START.search(text)
    while start:
        match = _IDS.match(text, start.start())
        end = start.end()
        if match:
            end = _end(match)
            yield match, end
        start = _ID_START.search(text, max((match or start).end(), end))


def _end(match: re.Match[str]) -> int:
    """The end of the longest ID, unless a range follows."""
    end = match.end("number")
    tail = None if match["last"] and any(_range(match, "")) else _TAIL.match(match.string, end)
    return tail.end() if tail else end


def _at(span: Span, text: str, owner: str = "") -> Identifier:
    prefix = prefix_of(text)
    return Identifier(span, prefix, text[len(prefix) :], owner)


def _range(match: re.Match[str], owner: str) -> Iterator[Identifier]:
    """The IDs that `FR-001–FR-005` or `FR-001–005` implies after its first one."""
    prefix, last = match["prefix"], match["last"]
    whole = Span(match.start("prefix"), match.end("last"))
    for number in _between(match["number"], last, is_short=match["last_prefix"] is None):
        yield Identifier(whole, prefix, number, owner, implied=True)
    if match["last_prefix"] is not None:
        yield Identifier(Span(match.start("last_prefix"), whole.end), prefix, last, owner)


def _between(first: str, last: str, *, is_short: bool) -> Iterator[str]:
    """The numbers of a range after its first, including the last if it `is_short`: `FR-1–5`."""
    is_range = "." not in first and int(first) < int(last) <= int(first) + _LONGEST_RANGE
    if is_range and (len(first) == len(last) or not is_short):
        for number in range(int(first) + 1, int(last) + is_short):
            yield str(number).zfill(len(first))


_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def key_of(text: str) -> str:
    """The compared form of an ID: `BUG-012` and `BUG-12` are the same; a slug is folded."""
    bare = text.strip()
    return (_ZEROS.sub("", bare) if "0" in bare else bare).casefold()


def prefix_of(text: str) -> str:
    """The part of an ID before its number."""
    return text.rstrip("0123456789.")


def number_of(text: str) -> str:
    """The number of an ID."""
    return text[len(prefix_of(text)) :]


# Every ID begins like this: letters and joints up to the first digit.
_ID_START = re.compile(
    rf"[A-Z](?=[A-Z0-9_-]){_NO_MIDDLE.replace('{0}', '.')}(?=[A-Z]*+(?>(?:[-_][A-Z]++)*)[-_]?[0-9])"
)


def may_hold_ids(text: str) -> bool:
    """A fast test whether a text may hold an ID, to skip the search."""
    return bool(_ID_START.search(text))
