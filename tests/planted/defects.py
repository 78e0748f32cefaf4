"""A defect: a rule that must find it, and a way to plant it in a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tests.planted.ground import Lot


class Sown(NamedTuple):
    """A document with a defect, and the text on which it must be found."""

    text: str
    marked: str


@dataclass(frozen=True)
class Defect:
    """A defect of one document of a kind. Without a rule it is harmless: no problem may be found.

    `plant` returns None for a document in which the defect cannot be planted.
    """

    rule: str
    name: str
    kind: str
    plant: Callable[[Lot], Sown | None]


class Change(NamedTuple):
    """An expression, the replacement of its first match, and the part of that with the problem.

    Replacement and part may use the groups of the expression.
    """

    old: str
    new: str
    marked: str


def swap(rule: str, name: str, kind: str, change: Change) -> Defect:
    """A defect that replaces some text by another one."""

    def plant(lot: Lot) -> Sown | None:
        match = re.search(change.old, lot.text, re.MULTILINE)
        if not match:
            return None
        text = lot.text[: match.start()] + match.expand(change.new) + lot.text[match.end() :]
        return Sown(text, match.expand(change.marked))

    return Defect(rule, name, kind, plant)
