"""Long work in small steps, between which a server may answer other requests."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import TypeAlias, TypeVar

_T = TypeVar("_T")
# Work that yields after each file and returns its result at the end.
Steps: TypeAlias = Generator[None, None, _T]
# Results file by file; empty for a file without any.
Batches: TypeAlias = Iterator[list[_T]]


def finish(steps: Steps[_T]) -> _T:
    """Do all the work at once; return its result."""
    found: list[_T] = []
    for _ in into(found, steps):
        pass
    return found[0]


def into(found: list[_T], steps: Steps[_T]) -> Iterator[None]:
    """Do the work step by step; add its result to a list."""
    found.append((yield from steps))


def flat(batches: Iterable[Iterable[_T]]) -> list[_T]:
    """Return the results of all batches."""
    return list(chain.from_iterable(batches))
