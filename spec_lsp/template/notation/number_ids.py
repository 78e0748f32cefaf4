"""Numbers that are IDs: `2.3` is the third item of a list below the heading of requirement 2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

_LONGEST = 300  # characters of a list of numbers


@dataclass(frozen=True)
class NumberIds:
    """Numbers that items define, and that are used only in some forms.

    `prefix` tells them apart from other numbers: `Requirement 2.3`. In the forms, `{n}` means
    one or more numbers: `_Requirements: {n}_`; so do the values of some `fields` and the cells of
    some `columns`. Items below a heading that begins with `below` have no other number before them,
    and with `in_name` the numbers before the name of a file are an ID: `01-02-PLAN.md`.
    """

    prefix: str
    scope: Literal["base", "unit", "document"]
    is_defined: bool
    forms: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    below: str = ""
    in_name: bool = False

    @cached_property
    def uses(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """What a form begins with, and its expression."""
        return tuple((form.partition("{n}")[0], _expression(form)) for form in self.forms)


def _expression(form: str) -> re.Pattern[str]:
    before, _, after = form.partition("{n}")
    inner = rf"[^\n{re.escape(after[:1])}]{{1,{_LONGEST}}}"
    return re.compile(rf"{re.escape(before)}(?P<numbers>{inner}){re.escape(after)}")
