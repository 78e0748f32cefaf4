"""Memoisation inside immutable values: a cached result is freed with the value it is about.

`lazy` caches the own facts of a value, `once` what others compute from a value, `each_part` what
others compute from every part of a value. Versions of a value share the results for the parts that
they share. Nothing has to be invalidated, because owners never change.
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Value = TypeVar("_Value")


class lazy(Generic[_Value]):  # noqa: N801 -- used like `property`.
    """A property that is computed on first access and then is a plain attribute of the object."""

    def __init__(self, find: Callable[..., _Value]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: object, kind: type) -> _Value: ...
    def __get__(self, owner: object | None, kind: type) -> Self | _Value:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._find(owner)
        return value


def once(owner: object, ask: Callable[..., _Value], *given: object) -> _Value:
    """Return `ask(owner, *given)`, computed on the first call only.

    `ask` is a module-level function. Its result may depend on nothing but the owner and `given`:
    long-lived immutable values, compared by identity, never a number or a closure.
    """
    memo: dict[object, tuple[tuple[object, ...], _Value]]
    memo = getattr(owner, "_memo", None) or _memo_of(owner)
    key = (ask, *map(id, given)) if given else ask
    known = memo.get(key)
    if known is None:
        # Keep `given` alive, so that its ids stay valid.
        known = memo[key] = (given, ask(owner, *given))
    return known[1]


def _memo_of(owner: object) -> dict[Any, Any]:
    memo: dict[Any, Any] = {}
    object.__setattr__(owner, "_memo", memo)  # bypasses the `__setattr__` of frozen dataclasses
    return memo


class Seam(NamedTuple):
    """Where two versions differ: parts `first` to `old_end` became parts `first` to `new_end`."""

    first: int
    old_end: int
    new_end: int


class _Row(NamedTuple):
    given: tuple[object, ...]
    parts: Sequence[object]
    answers: list[Any]


class Rows:
    """Cached results for the parts of a value, shared by all versions of the value.

    A row holds the results for one version. For another version it reuses the results for the parts
    at both ends that are the same objects, and computes only those between.
    """

    __slots__ = ("_rows", "_seam")

    def __init__(self) -> None:
        self._rows: dict[tuple[object, ...], _Row] = {}
        self._seam: tuple[Sequence[object], Sequence[object], Seam] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def of(
        self,
        parts: Sequence[object],
        ask: Callable[..., object],
        given: tuple[object, ...],
        renew: Callable[[list[Any], Seam], list[Any]],
    ) -> list[Any]:
        """The results for some parts; `renew` computes them from those for another version."""
        key = (ask, *map(id, given))
        row = self._rows.get(key)
        if row is not None and row.parts is parts:
            return row.answers
        seam = self._between(row.parts, parts) if row else Seam(0, 0, len(parts))
        answers = renew(row.answers if row else [], seam)
        self._rows[key] = _Row(given, parts, answers)
        return answers

    def _between(self, old: Sequence[object], new: Sequence[object]) -> Seam:
        """The seam between two versions; cached, since most rows are of the previous version."""
        known = self._seam
        if known is None or known[0] is not old or known[1] is not new:
            known = self._seam = (old, new, _seam(old, new))
        return known[2]


def _seam(old: Sequence[object], new: Sequence[object]) -> Seam:
    least = min(len(old), len(new))
    first = next(compress(count(), map(is_not, old, new)), least)
    ends = compress(count(), map(is_not, reversed(old), reversed(new)))
    same = min(next(ends, least), least - first)
    return Seam(first, len(old) - same, len(new) - same)


class _Parted(Protocol):
    @property
    def chunks(self) -> Sequence[object]: ...
    @property
    def rows(self) -> Rows: ...


def each_part(document: _Parted, ask: Callable[..., _Value], *given: object) -> list[_Value]:
    """Return `ask(chunk, *given)` for every chunk; `ask` and `given` are as for `once`.

    For a new version of the document only the changed chunks are computed.
    """
    chunks = document.chunks

    def renew(known: list[_Value], seam: Seam) -> list[_Value]:
        fresh = [ask(chunk, *given) for chunk in chunks[seam.first : seam.new_end]]
        return [*known[: seam.first], *fresh, *known[seam.old_end :]] if known else fresh

    return document.rows.of(chunks, ask, given, renew)
