"""Orders of sections: which of them keep their order, and which have moved."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def rises(numbers: Sequence[int]) -> bool:
    """Whether no number is smaller than the one before."""
    return all(one <= other for one, other in pairwise(numbers))


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Indices of a longest non-decreasing subsequence."""
    ends: list[int] = []
    last_at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_right(ends, number)
        previous.append(last_at[place - 1] if place else -1)
        ends[place : place + 1] = [number]
        last_at[place : place + 1] = [index]
    found: list[int] = []
    at = last_at[-1] if last_at else -1
    while at >= 0:
        found.append(at)
        at = previous[at]
    return found[::-1]
