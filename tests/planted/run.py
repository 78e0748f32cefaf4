"""Plant many defects at a time, each in its own document, and count the problems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.planted.defects import Defect
from tests.planted.ground import Ground, Lot, Said
from tests.planted.stories import Story

HARMLESS = "(harmless)"


@dataclass
class Score:
    """The results of a rule's defects; `nowhere` are those that no document can have."""

    planted: int = 0
    missed: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)


Scores = defaultdict[str, Score]


@dataclass
class _Round:
    """Texts with one defect each, their expected problems, and the defects by path."""

    texts: dict[str, str] = field(default_factory=dict)
    expected: dict[Said, Defect] = field(default_factory=dict)
    planted: dict[str, Defect] = field(default_factory=dict)


def play(ground: Ground, defects: Iterable[Defect], stories: Iterable[Story] = ()) -> Scores:
    """Plant everything; count by rule what was planted, missed and unexpected."""
    scores: Scores = defaultdict(Score)
    waiting = list(defects)
    while waiting:
        this, waiting = _round(ground.lots, waiting, scores)
        _count(ground.found(this.texts), this, scores)
    for story in stories:
        told = story.tell(ground)
        score = scores[story.rule]
        score.planted += 1
        score.missed += (f"{story.name}: {each}" for each in told.expected - told.found)
        score.surplus += (f"{story.name}: {each}" for each in told.found - told.expected)
    return scores


def _round(
    lots: Iterable[Lot], waiting: list[Defect], scores: Scores
) -> tuple[_Round, list[Defect]]:
    """As many defects as there are documents for, and those that have to wait."""
    this, later = _Round(), []
    free: dict[str, list[Lot]] = defaultdict(list)
    for lot in lots:
        free[lot.planned.kind].append(lot)
    counts = {kind: len(found) for kind, found in free.items()}
    for defect in waiting:
        if _plant(defect, free[defect.kind], this):
            continue
        if len(free[defect.kind]) < counts[defect.kind]:
            later.append(defect)
        else:
            scores[defect.rule or HARMLESS].nowhere.append(f"{defect.kind}: {defect.name}")
    return this, later


def _plant(defect: Defect, free: list[Lot], this: _Round) -> bool:
    """Plant a defect in the first document that can have it."""
    for lot in free:
        if sown := defect.plant(lot):
            this.texts[lot.path] = sown.text
            this.planted[lot.path] = defect
            if defect.rule:
                this.expected[Said(lot.path, defect.rule, sown.marked)] = defect
            free.remove(lot)
            return True
    return False


def _count(found: Counter[Said], this: _Round, scores: Scores) -> None:
    for defect in this.planted.values():
        scores[defect.rule or HARMLESS].planted += 1
    for said, defect in this.expected.items():
        if not found[said]:
            scores[defect.rule].missed.append(f"{defect.kind}: {defect.name}: {said}")
    for said in found - Counter(this.expected.keys()):
        by = this.planted.get(said.path)
        rule = (by.rule or HARMLESS) if by else said.rule
        scores[rule].surplus.append(f"{f'{by.kind}: {by.name}' if by else 'elsewhere'}: {said}")
