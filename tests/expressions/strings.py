"""Strings that may make an expression backtrack, from its own parts.

Each repeats what a repetition repeats, after what comes before it or without, and ends with a
character that may or may not fit.
"""

from __future__ import annotations

from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.expressions.steps import Matcher
from tests.expressions.syntax import REPEATS, all_nodes, inner_sequences, is_character, tree_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_USUAL = "a1 \n-A_x0.\t[]()*`<>|\"'\\/é–,:;!?#{}$&+~@^%=N"
_ENDS = ("", "\0")


class Strings(NamedTuple):
    """A string of any length: its `unit` again and again between two ends."""

    before: str
    unit: str
    after: str

    def of(self, length: int) -> str:
        return self.before + self.unit * (length // len(self.unit)) + self.after


def strings_for(pattern: re.Pattern[str]) -> list[Strings]:
    """The strings to try an expression with."""
    tree, kinds = tree_of(pattern), _Kinds(pattern)
    found = {Strings("", each, after): None for each in kinds.all for after in _ENDS}
    for before, bodies in kinds.repeats(tree, ""):
        for body, after in product(bodies, _ENDS):
            found[Strings(before, body, after)] = None
            found[Strings("", before + body, after)] = None
            found[Strings(before, body + before, after)] = None
    return [each for each in found if each.unit]


class _Kinds:
    """The characters that an expression tells apart: one for each set of them."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.matcher = Matcher(pattern)
        own = "".join(dict.fromkeys(_literals(tree_of(pattern))))
        tests = [self.matcher.fits(*each) for each in _characters(tree_of(pattern))]
        self.all = list({tuple(t(c) for t in tests): c for c in reversed(_USUAL + own)}.values())

    def of(self, code: Any, value: Any) -> list[str]:  # noqa: ANN401
        fits = self.matcher.fits(code, value)
        return [each for each in self.all if fits(each)] or ["\0"]

    def repeats(self, nodes: Any, before: str) -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401
        """Every repetition: what may come before it, and what it may repeat."""
        for code, value in nodes:
            if code in REPEATS:
                yield before, self.bodies(value[2])
                yield from self.repeats(value[2], before)
            else:
                for inner in inner_sequences(code, value):
                    yield from self.repeats(inner, before)
            before += self.word(code, value)

    def bodies(self, nodes: Any) -> list[str]:  # noqa: ANN401
        if len(nodes) == 1 and is_character(nodes[0][0]):
            return self.of(*nodes[0])
        ways = [self.words(nodes)]
        for code, value in nodes:
            ways += (self.words(inner) for inner in inner_sequences(code, value))
        return list(dict.fromkeys(filter(None, ways)))

    def words(self, nodes: Any) -> str:  # noqa: ANN401
        return "".join(self.word(code, value) for code, value in nodes)

    def word(self, code: Any, value: Any) -> str:  # noqa: ANN401
        """A short text that a node matches."""
        if is_character(code):
            return self.of(code, value)[-1]
        if code in REPEATS:
            return self.words(value[2]) * max(int(value[0]), 1)
        if code in (op.ASSERT, op.ASSERT_NOT, op.AT, op.GROUPREF):
            return ""
        inner = inner_sequences(code, value)
        return self.words(inner[0])


def _characters(nodes: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    return ((code, value) for code, value in all_nodes(nodes) if is_character(code))


def _literals(nodes: Any) -> Iterator[str]:  # noqa: ANN401
    for code, value in _characters(nodes):
        if code in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        elif code is op.IN:
            yield from (chr(each) for kind, each in value if kind is op.LITERAL)
            yield from (chr(each[0]) for kind, each in value if kind is op.RANGE)
