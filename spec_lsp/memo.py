"""Answers kept inside immutable values, and freed with them.

`lazy` is for a value's own facts, `once` for what others compute from it, `each_part` for what they
compute from every part of it: versions of a value share the answers about the parts they share.
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Value = TypeVar("_Value")


class lazy(Generic[_Value]):  # noqa: N801 -- it is written like `property`.
    """A property whose value takes its own place on the object."""

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
    """Return `ask(owner, *given)`, computed the first time only.

    `ask` is a module-level function. It and `given`, compared by identity, are all that the answer
    depends on besides the owner: immutable values that live long, never a number or a closure.
    """
    memo: dict[object, tuple[tuple[object, ...], _Value]]
    memo = getattr(owner, "_memo", None) or _memo_of(owner)
    key = (ask, *map(id, given)) if given else ask
    known = memo.get(key)
    if known is None:
        # `given` is held, so that its ids stay true.
        known = memo[key] = (given, ask(owner, *given))
    return known[1]


def _memo_of(owner: object) -> dict[Any, Any]:
    memo: dict[Any, Any] = {}
    object.__setattr__(owner, "_memo", memo)  # A frozen value sets its attributes like this.
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
    """Answers about the parts of a value, shared by its versions.

    A row holds those of one version. Another version takes over the answers about the parts at both
    ends that are the same objects, and computes the ones between.
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
        """The answers about some parts; `renew` makes them of those about another version."""
        key = (ask, *map(id, given))
        row = self._rows.get(key)
        if row is not None and row.parts is parts:
            return row.answers
        seam = self._between(row.parts, parts) if row else Seam(0, 0, len(parts))
        answers = renew(row.answers if row else [], seam)
        self._rows[key] = _Row(given, parts, answers)
        return answers

    def _between(self, old: Sequence[object], new: Sequence[object]) -> Seam:
        """The seam between two versions; nearly all rows are of the version before."""
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
    """Return `ask(chunk, *given)` for every chunk; what `once` says of both holds here too.

    A new version of the document computes only what an edit has touched.
    """
    chunks = document.chunks

    def renew(known: list[_Value], seam: Seam) -> list[_Value]:
        fresh = [ask(chunk, *given) for chunk in chunks[seam.first : seam.new_end]]
        return [*known[: seam.first], *fresh, *known[seam.old_end :]] if known else fresh

    return document.rows.of(chunks, ask, given, renew)
