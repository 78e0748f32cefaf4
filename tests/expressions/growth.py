"""How the steps of an expression grow with the length of strings made to be hard for it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.expressions.steps import Matcher, TooManyError
from tests.expressions.strings import Strings, strings_for

if TYPE_CHECKING:
    from tests.expressions.collect import Use

SHORT, LONG = 24, 96  # characters; linear work is at most 4 times as much for LONG
_MOST = 8  # times as much work as for SHORT; quadratic work is 16 times as much
_LEAST_STEPS = 80  # what is less than this for SHORT says little about growth
_DEEPEST = 100_000  # calls, some for each character
_STACK = 256 * 1024 * 1024  # bytes


def hard_string(use: Use, most: int = _MOST) -> Strings | None:
    """A string that takes an expression more than `most` times the work at four times the length.

    Steps are compared, so the result is the same on any machine.
    """
    matcher = Matcher(use.pattern)
    for strings in strings_for(use.pattern):
        try:
            matcher.spans(strings.of(SHORT), use.mode, 50_000)
            limit = most * max(matcher.steps, _LEAST_STEPS)
            matcher.spans(strings.of(LONG), use.mode, limit)
        except TooManyError:
            return strings
    return None


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
