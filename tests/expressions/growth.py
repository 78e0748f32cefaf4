"""How the steps of an expression grow with the length of strings made to be hard for it."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from tests.expressions.steps import Matcher, TooManyError
from tests.expressions.strings import Strings, strings_for
from tests.expressions.syntax import REPEATS, all_nodes, is_character, tree_of

if TYPE_CHECKING:
    from tests.expressions.collect import Use

SHORT, LONG = 20, 80  # characters; linear work is at most 4 times as much for LONG
_SMALL = 20  # as many repeats are a constant factor
_MOST = 8  # times as much work as for SHORT; quadratic work is 16 times as much
_MOST_STEPS = 5_000  # for SHORT
_LEAST_STEPS = 80  # what is less than this for SHORT says little about growth
_DEEPEST = 100_000  # calls, some for each character
_STACK = 256 * 1024 * 1024  # bytes


def is_plainly_linear(use: Use) -> bool:
    """Whether too little is repeated for a string to be hard: counting steps would waste time."""
    repeats = [value for code, value in all_nodes(tree_of(use.pattern)) if code in REPEATS]
    bodies = [body for _, most, body in repeats if int(most) > _SMALL]
    if use.mode in ("match", "fullmatch") and len(bodies) == 1:
        return len(bodies[0]) == 1 and is_character(bodies[0][0][0])
    return not bodies


def hard_string(use: Use, most: int = _MOST) -> Strings | None:
    """A string that takes an expression more than `most` times the work at four times the length.

    Steps are compared, so the result is the same on any machine.
    """
    for strings in strings_for(use.pattern):
        try:
            steps = steps_of(use, strings.of(SHORT), _MOST_STEPS)
            steps_of(use, strings.of(LONG), most * max(steps, _LEAST_STEPS))
        except TooManyError:
            return strings
    return None


def steps_of(use: Use, text: str, limit: int = sys.maxsize) -> int:
    """The steps that the use of an expression on a text takes."""
    matcher = _matcher(use.pattern)
    matcher.spans(text, use.mode, limit)
    return matcher.steps


@cache
def _matcher(pattern: re.Pattern[str]) -> Matcher:
    return Matcher(pattern)


def with_deep_stack(work: Callable[[], None]) -> None:
    """Run in a thread whose stack holds the deep recursion of `Matcher`."""
    before, depth = threading.stack_size(_STACK), sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEPEST)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
        sys.setrecursionlimit(depth)
