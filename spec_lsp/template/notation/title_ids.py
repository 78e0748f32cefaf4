"""Titles that are IDs: in `### Requirement: Export`, the words after the lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class TitleIds:
    """Headings whose titles are IDs.

    A title follows the `lead`, in a heading or in a list item that begins with one of `defined_by`
    or `used_by`, such as `TO:`. Headings define the ID below those in `defined_below`, or anywhere
    if that is empty, and use it below those in `used_below`. Titles are compared within a group:
    the folders below the last folder called `group`.
    """

    lead: str
    scope: Literal["base", "unit", "document"]
    group: str
    defined_below: tuple[str, ...] = ()
    defined_by: tuple[str, ...] = ()
    used_below: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()

    def role_below(self, heading: str) -> Literal["", "defined", "used"]:
        """What a title below a heading does; the heading is in lower case."""
        if not self.defined_below or heading in self.defined_below:
            return "defined"
        return "used" if heading in self.used_below else ""
