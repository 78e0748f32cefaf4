"""The shape of an ID in any text, and the form in which IDs are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spec_lsp.text import Span


class Identifier(NamedTuple):
    """Text in the shape of an ID, such as `SPEC-012` or the `FR-2` of `SPEC-012/FR-2`.

    Only the workspace, which knows the prefixes in use, can tell whether it is an ID. `owner` is
    the ID of the document before the slash, if there is one. `implied` means that the ID lies
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
# Limits in IDs per range and per text: a few characters must not become millions of IDs.
_LONGEST_RANGE = 200
_MOST_IMPLIED = 2_000


def identifiers_in(text: str) -> Iterator[Identifier]:
    """Everything in a text that has the shape of an ID; an owner precedes what it owns."""
    implied = 0
    for match in _ids(text):
        owner = match["owner"] or ""
        if owner:
            yield _owner(Span(*match.span("owner")), owner)
        yield Identifier(
            Span(match.start("prefix"), match.end("number")),
            match["prefix"],
            match["number"],
            owner,
        )
        if match["last"] and implied < _MOST_IMPLIED:
            named = [*_range(match, owner)]
            implied += len(named)
            yield from named


def leading_identifier(text: str) -> Identifier | None:
    """The ID that a text begins with; None if the text begins with an owner."""
    match = _IDS.match(text)
    if not match or match["owner"]:
        return None
    span = Span(match.start("prefix"), match.end("number"))
    return Identifier(span, match["prefix"], match["number"])


def _ids(text: str) -> Iterator[re.Match[str]]:
    """The matches of IDs in a text; searching for their start first is much faster."""
    start = _ID_START.search(text)
    while start:
        match = _IDS.match(text, start.start())
        if match:
            yield match
        start = _ID_START.search(text, (match or start).end())


def _owner(span: Span, owner: str) -> Identifier:
    prefix = owner.rstrip("0123456789")
    return Identifier(span, prefix, owner[len(prefix) :])


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


# Every ID begins like this: letters and joints up to the first digit.
_ID_START = re.compile(
    rf"[A-Z](?=[A-Z0-9_-]){_NO_MIDDLE.replace('{0}', '.')}(?=[A-Z]*+(?>(?:[-_][A-Z]++)*)[-_]?[0-9])"
)


def may_hold_ids(text: str) -> bool:
    """A fast test whether a text may hold an ID, to skip the search."""
    return bool(_ID_START.search(text))
