"""Answers kept inside immutable values, and freed with them.

`lazy` is for a value's own facts, `once` for what others compute from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

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
    memo: dict[tuple[object, ...], tuple[tuple[object, ...], _Value]]
    memo = owner.__dict__.setdefault("_memo", {})
    key = (ask, *map(id, given))
    if key not in memo:
        memo[key] = (given, ask(owner, *given))  # `given` is held, so that its ids stay true.
    return memo[key][1]
