"""One problem that `check` reported, with all that a reader needs to accept or reject it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

Shown = Literal["error", "warning", "info"]
LEVELS: tuple[Shown, ...] = get_args(Shown)
_QUOTED = re.compile(r"“[^”]*”|`[^`]*`")


@dataclass(frozen=True)
class Place:
    """A line of a file, and what is said about it."""

    path: str
    line: int
    message: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A problem at a place; `around` holds the numbered lines around it."""

    repository: str
    rule: str
    level: Shown
    place: Place
    around: tuple[tuple[int, str], ...] = ()
    notes: tuple[Place, ...] = ()

    @property
    def address(self) -> str:
        """Repository, path and line."""
        return f"{self.repository}/{self.place.path}:{self.place.line}"

    @property
    def fingerprint(self) -> str:
        """The same while the line and what the message quotes first are the same.

        So verdicts outlive moved lines, and words that a message gains at its end.
        """
        quoted = _QUOTED.search(self.place.message)
        about = quoted[0] if quoted else self.place.message
        parts = (self.repository, self.place.path, self.rule, self.place.text.strip(), about)
        return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]

    def lines(self) -> Iterator[str]:
        """The finding for a reader: the lines around it, then its notes."""
        yield f"{self.level} {self.rule} {self.address}: {self.place.message}"
        for number, text in self.around:
            mark = ">" if number == self.place.line else " "
            yield f"  {mark}{number:5} | {text[:160]}"
        for note in self.notes:
            yield f"   note: {note.path}:{note.line}: {note.message}: {note.text.strip()[:120]}"
