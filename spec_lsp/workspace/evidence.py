"""Evidence: how many finished documents of each kind meet the demands of their template.

A template says what was planned, finished documents what the team does. A demand that too many
of them do not meet is not in force: it is reported once, in the template.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.workspace import packed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.workspace.config.config import Shares
    from spec_lsp.workspace.entry import Entry

_VALUES = frozenset({"invalid-value"})
_SHARED = 3  # documents with a value that the template does not list
_SEVERAL = 4  # documents of which none has a section, field or column
_SEVERAL_TEXTS = 5  # documents that all have other values, or keep a text
_TEXT = frozenset(
    {"leftover-placeholder", "leftover-wrapper", "unchosen-value", "unfilled-section"}
)


class Demand(NamedTuple):
    """What a rule demands of documents of a kind.

    `slot` is the key of a section or header field of the template, empty for the whole document.
    `part` names a field, a column or a placeholder in it.
    """

    rule: str
    slot: str
    part: str = ""


class Figures(NamedTuple):
    """The number of finished documents that do not meet a demand, and of all that it concerns."""

    unmet: int
    total: int

    @property
    def met(self) -> int:
        return self.total - self.unmet

    def __str__(self) -> str:
        return f"{self.met} of {self.total} documents"


class _Tally:
    """The documents that do not meet a demand, drafts included, with the value found in each.

    `finished` counts those that are finished, `without` those of them that lack the slot itself.
    """

    __slots__ = ("finished", "values", "without")

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.finished = self.without = 0


class Evidence:
    """Counters of met and unmet demands by kind, updated entry by entry."""

    def __init__(self) -> None:
        self._present: dict[str, Counter[str]] = defaultdict(Counter)
        self._tallies: dict[str, dict[Demand, _Tally]] = defaultdict(dict)

    def swap(self, before: Entry | None, after: Entry | None) -> None:
        """Replace one version of an entry by another; either may be missing."""
        if not is_same(before, after):
            if before:
                self._count(before, -1)
            if after:
                self._count(after, 1)

    def figures(self, kind: str, demand: Demand) -> Figures:
        """The figures of a demand."""
        tally = self._tallies[kind].get(demand)
        present = self._present[kind][demand.slot]
        return Figures(tally.finished, present + tally.without) if tally else Figures(0, present)

    def is_waived(self, kind: str, demand: Demand, shares: Shares) -> bool:
        """Whether a demand is not in force.

        If none of them meets it, several suffice, of ten.
        """
        unmet, total = self.figures(kind, demand)
        several = _SEVERAL_TEXTS if demand.rule in _VALUES | _TEXT else _SEVERAL
        if unmet == total >= several and 10 * total >= several * shares.documents:
            return _limit(demand.rule, shares) < 1
        return total >= shares.documents and unmet > total * _limit(demand.rule, shares)

    def waived(self, kind: str, shares: Shares) -> frozenset[Demand]:
        """The demands of a kind that are not in force."""
        found = self._tallies[kind]
        return frozenset(each for each in found if self.is_waived(kind, each, shares))

    def values(self, kind: str, demand: Demand) -> Counter[str]:
        """The values that do not meet a demand, with the number of their documents."""
        return Counter(self._tallies[kind][demand].values.values())

    def shared(self, kind: str) -> frozenset[tuple[Demand, str]]:
        """The values outside of the choices that several documents have: they are the team's."""
        return frozenset(
            (demand, value)
            for demand in self._tallies[kind]
            if demand.rule in _VALUES
            for value, count in self.values(kind, demand).items()
            if value and count >= _SHARED
        )

    def paths(self, kind: str, demands: Iterable[Demand]) -> set[str]:
        """The documents that do not meet some demands, drafts included."""
        found = self._tallies[kind]
        return {path for each in demands if each in found for path in found[each].values}

    def _count(self, entry: Entry, step: int) -> None:
        """Add or remove an entry."""
        if not entry.evidence:
            return
        present, unmet = packed.unpack(entry.evidence)
        is_finished = _is_finished(entry)
        if is_finished:
            counts = self._present[entry.kind]
            for slot in ("", *present):
                counts[slot] += step
        tallies = self._tallies[entry.kind]
        for *demand, value in unmet:
            key = Demand(*demand)
            tally = tallies.setdefault(key, _Tally())
            if step > 0:
                tally.values[entry.path] = value
            else:
                del tally.values[entry.path]
            if is_finished:
                tally.finished += step
                tally.without += step if key.slot and key.slot not in present else 0
            if not tally.values:
                del tallies[key]


def is_same(before: Entry | None, after: Entry | None) -> bool:
    """Whether two versions of an entry count the same."""
    if not before or not after:
        return before is after
    one, other = (
        (each.evidence, each.kind, _is_finished(each), each.path) for each in (before, after)
    )
    return one == other


def pack_evidence(present: tuple[str, ...], unmet: Iterable[tuple[Demand, str]]) -> bytes:
    """The evidence of a document: the slots that it has, and the demands that it does not meet.

    Each demand has the value that was found.
    """
    found = dict(sorted(unmet))
    rows = tuple((*demand, value) for demand, value in found.items())
    return packed.pack((present, rows))


def _is_finished(entry: Entry) -> bool:
    """Whether a document is past its draft; many kinds have no status."""
    return entry.stage not in ("draft", "dropped")


def _limit(rule: str, shares: Shares) -> float:
    if rule in _VALUES:
        return shares.values
    return shares.text if rule in _TEXT else shares.missing
