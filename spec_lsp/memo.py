"""Properties that are found when somebody asks, and once.

Up to Python 3.11 the standard ones take a lock each time, which costs more than most facts do.
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
