"""A backtracking matcher like that of `re` that counts its steps, which no machine changes.

One step is a character compared, an alternative tried, or a round of a repetition. Tests compare
its matches with those of `re`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

from tests.expressions.syntax import REPEATS, is_character, tree_of

Step = Callable[[int, Callable[[int], int | None]], int | None]


class TooManyError(Exception):
    """The limit of steps is passed."""


class Matcher:
    """Finds an expression in texts; `steps` says what that took."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.flags = pattern.flags
        self.steps = self.limit = 0
        self.text = ""
        self.groups: dict[int, tuple[int, int]] = {}
        self.root = self._sequence(tree_of(pattern))

    def spans(self, text: str, mode: str, limit: int = sys.maxsize) -> list[tuple[int, int]]:
        """The matches in a text, as the methods of `re` would find them."""
        self.text, self.steps, self.limit = text, 0, limit
        if mode in ("match", "fullmatch"):
            end = self._at(0, len(text) if mode == "fullmatch" else -1, -1)
            return [] if end is None else [(0, end)]
        found: list[tuple[int, int]] = []
        start, barred = 0, -1
        while start <= len(text) and not (found and mode == "search"):
            end = self._at(start, -1, barred)
            if end is None:
                start += 1
            else:
                found.append((start, end))
                barred = end if end == start else -1
                start = end
        return found

    def _at(self, start: int, wanted: int, barred: int) -> int | None:
        """The end of a match from `start` on; only `wanted` will do, or all but `barred`."""
        self.groups.clear()
        self._count(1)

        def last(end: int) -> int | None:
            return end if (wanted in (-1, end) and end != barred) else None

        return self.root(start, last)

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.limit:
            raise TooManyError

    def _sequence(self, nodes: Any) -> Step:  # noqa: ANN401
        steps = [self._node(code, value) for code, value in nodes]
        if not steps:
            return lambda at, then: then(at)
        whole = steps[-1]
        for step in reversed(steps[:-1]):
            whole = _joined(step, whole)
        return whole

    def _node(self, code: Any, value: Any) -> Step:  # noqa: ANN401
        if code in REPEATS:
            least, most, body = value
            return self._repeat(code, least, most, body)
        if code in (op.ASSERT, op.ASSERT_NOT):
            return self._look(code, *value)
        if code is op.SUBPATTERN:
            group, _, _, body = value
            return self._group(group, self._sequence(body))
        if code is op.BRANCH:
            return self._branch([self._sequence(each) for each in value[1]])
        if code is op.ATOMIC_GROUP:
            return self._atomic(self._sequence(value))
        if code is op.AT:
            return self._place(value)
        if code is op.GROUPREF:
            return self._again(value)
        fits = self.fits(code, value)

        def one(at: int, then: Callable[[int], int | None]) -> int | None:
            self._count(1)
            return then(at + 1) if at < len(self.text) and fits(self.text[at]) else None

        return one

    def _repeat(self, code: Any, least: int, most: int, body: Any) -> Step:  # noqa: ANN401
        if code is op.POSSESSIVE_REPEAT:
            return self._atomic(self._repeat(op.MAX_REPEAT, least, most, body))
        if len(body) == 1 and is_character(body[0][0]):
            return self._run(code is op.MIN_REPEAT, least, int(most), self.fits(*body[0]))
        inner = self._sequence(body)
        is_lazy = code is op.MIN_REPEAT

        def rounds(at: int, then: Callable[[int], int | None], done: int, last: int) -> int | None:
            self._count(1)
            if is_lazy and done >= least and (end := then(at)) is not None:
                return end
            if done < least or (done < most and at != last):
                end = inner(at, lambda to: rounds(to, then, done + 1, at))
                if end is not None:
                    return end
            return then(at) if done >= least and not is_lazy else None

        return lambda at, then: rounds(at, then, 0, -1)

    def _run(self, is_lazy: bool, least: int, most: int, fits: Callable[[str], bool]) -> Step:
        """A repeated character, without a call for each."""

        def greedy(at: int, then: Callable[[int], int | None]) -> int | None:
            text, end, stop = self.text, at, min(len(self.text), at + most)
            while end < stop and fits(text[end]):
                end += 1
            self._count(end - at + 1)
            for to in range(end, at + least - 1, -1):
                self._count(1)
                found = then(to)
                if found is not None:
                    return found
            return None

        def lazy(at: int, then: Callable[[int], int | None]) -> int | None:
            text, end, stop = self.text, at, min(len(self.text), at + most)
            while True:
                self._count(1)
                if end - at >= least and (found := then(end)) is not None:
                    return found
                if end >= stop or not fits(text[end]):
                    return None
                end += 1

        return lazy if is_lazy else greedy

    def _look(self, code: Any, direction: int, body: Any) -> Step:  # noqa: ANN401
        inner = self._sequence(body)
        back = body.getwidth()[0] if direction < 0 else 0

        def look(at: int, then: Callable[[int], int | None]) -> int | None:
            self._count(1)
            found = inner(at - back, _stop) is not None if at >= back else False
            return then(at) if found is (code is op.ASSERT) else None

        return look

    def _group(self, group: int | None, inner: Step) -> Step:
        if group is None:
            return inner

        def grouped(at: int, then: Callable[[int], int | None]) -> int | None:
            before = self.groups.get(group)

            def close(to: int) -> int | None:
                self.groups[group] = at, to
                return then(to)

            end = inner(at, close)
            if end is None:
                self.groups.pop(group, None)
                if before:
                    self.groups[group] = before
            return end

        return grouped

    def _branch(self, ways: list[Step]) -> Step:
        def branch(at: int, then: Callable[[int], int | None]) -> int | None:
            for way in ways:
                self._count(1)
                end = way(at, then)
                if end is not None:
                    return end
            return None

        return branch

    @staticmethod
    def _atomic(inner: Step) -> Step:
        def atomic(at: int, then: Callable[[int], int | None]) -> int | None:
            end = inner(at, _stop)
            return None if end is None else then(end)

        return atomic

    def _again(self, group: int) -> Step:
        def again(at: int, then: Callable[[int], int | None]) -> int | None:
            span = self.groups.get(group)
            self._count(1 + (span[1] - span[0] if span else 0))
            if span is None or not self.text.startswith(self.text[slice(*span)], at):
                return None
            return then(at + span[1] - span[0])

        return again

    def _place(self, value: Any) -> Step:  # noqa: ANN401
        def holds(at: int) -> bool:
            text = self.text
            if value is op.AT_BEGINNING_STRING or (
                value is op.AT_BEGINNING and not self.flags & re.MULTILINE
            ):
                return at == 0
            if value is op.AT_BEGINNING:
                return at == 0 or text[at - 1] == "\n"
            if value is op.AT_END_STRING:
                return at == len(text)
            if value is op.AT_END:
                is_line = bool(self.flags & re.MULTILINE) or at == len(text) - 1
                return at == len(text) or (text[at] == "\n" and is_line)
            before = at > 0 and _is_word(text[at - 1])
            after = at < len(text) and _is_word(text[at])
            return (before is not after) is (value is op.AT_BOUNDARY)

        def place(at: int, then: Callable[[int], int | None]) -> int | None:
            self._count(1)
            return then(at) if holds(at) else None

        return place

    def fits(self, code: Any, value: Any) -> Callable[[str], bool]:  # noqa: ANN401
        """Whether a character is one of those that a node of the tree stands for."""
        known: dict[str, bool] = {}

        def fits(character: str) -> bool:
            if character not in known:
                forms = {character}
                if self.flags & re.IGNORECASE:
                    forms |= {character.lower(), character.upper()}
                known[character] = self._is_of(forms, character, code, value)
            return known[character]

        return fits

    def _is_of(self, forms: set[str], character: str, code: Any, value: Any) -> bool:  # noqa: ANN401
        if code is op.ANY:
            return character != "\n" or bool(self.flags & re.DOTALL)
        if code is op.LITERAL:
            return chr(value) in forms
        if code is op.NOT_LITERAL:
            return chr(value) not in forms
        is_negative = value[0][0] is op.NEGATE
        return is_negative is not any(
            _is_in(form, *each) for each in value[is_negative:] for form in forms
        )


def _joined(first: Step, second: Step) -> Step:
    return lambda at, then: first(at, lambda to: second(to, then))


def _stop(at: int) -> int:
    return at


def _is_in(character: str, code: Any, value: Any) -> bool:  # noqa: ANN401
    if code is op.LITERAL:
        return ord(character) == int(value)
    if code is op.RANGE:
        return int(value[0]) <= ord(character) <= int(value[1])
    return _CATEGORIES[value](character)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda character: not character.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
    op.CATEGORY_WORD: _is_word,
    op.CATEGORY_NOT_WORD: lambda character: not _is_word(character),
}
