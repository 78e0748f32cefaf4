"""The syntax trees of regular expressions, as `re` itself parses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.ASCII
REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def tree_of(pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - `re` publishes no type
    """The syntax tree of an expression."""
    return _parser.parse(pattern.pattern, pattern.flags & _FLAGS)


def is_character(code: Any) -> bool:  # noqa: ANN401
    """Whether a node matches exactly one character."""
    return code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


def inner_sequences(code: Any, value: Any) -> list[Any]:  # noqa: ANN401
    """The sequences within a node."""
    if code in REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code is op.ATOMIC_GROUP:
        return [value]
    if code is op.GROUPREF_EXISTS:
        return [each for each in value[1:] if each]
    return [value[1]] if code in (op.ASSERT, op.ASSERT_NOT) else []


def all_nodes(nodes: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Every node of a tree, from the outside in."""
    for code, value in nodes:
        yield code, value
        for inner in inner_sequences(code, value):
            yield from all_nodes(inner)


def possessive_groups(pattern: re.Pattern[str]) -> list[Any]:
    """The possessive repeats of anything but one character."""
    found = [value for code, value in all_nodes(tree_of(pattern)) if code is op.POSSESSIVE_REPEAT]
    return [each for each in found if len(each[2]) != 1 or not is_character(each[2][0][0])]
