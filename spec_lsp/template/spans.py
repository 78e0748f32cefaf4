"""Many spans at once, so that a text of any length is looked through once."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.text import Span


class Spans:
    """A set of stretches of text that answers whether another one touches any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlap(self, span: Span) -> bool:
        """Whether any of them shares a character with a span, or an empty one lies inside it."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and span.start < self._ends[before - 1]
