"""Plant all defects, and print the results: `python -m tests.planted`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from spec_lsp.template.builtin import templates
from tests.planted.everything import every_defect
from tests.planted.ground import Ground
from tests.planted.holes import documents_with_holes
from tests.planted.run import Scores, play
from tests.planted.stories import stories


def table(scores: Scores) -> str:
    """The scores by rule, with missed and unexpected problems below."""
    lines = [f"{'rule':24}{'planted':>9}{'found':>9}{'too much':>10}"]
    for rule, score in sorted(scores.items()):
        found = score.planted - len(score.missed)
        lines.append(f"{rule:24}{score.planted:9}{found:9}{len(score.surplus):10}")
    planted = sum(score.planted for score in scores.values())
    missed = [line for score in scores.values() for line in score.missed]
    surplus = [line for score in scores.values() for line in score.surplus]
    lines.append(f"{'together':24}{planted:9}{planted - len(missed):9}{len(surplus):10}")
    lines += (f"missed: {line}" for line in missed)
    lines += (f"too much: {line}" for line in surplus)
    return "\n".join(lines) + "\n"


def leave_holes(scores: Scores) -> None:
    """Count the placeholders of all templates, each left once."""
    score = scores["leftover-placeholder"]
    for template in templates():
        for left in documents_with_holes(template):
            score.planted += len(left.holes)
            score.missed += (f"{template.kind}: {hole}" for hole in left.missed())
            score.surplus += (f"{template.kind}: {said}" for said in left.surplus())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        seed = int(sys.argv[1]) if sys.argv[1:] else 1
        ground = Ground(Path(folder), documents=300, seed=seed)
        scores = play(ground, every_defect(), stories())
        leave_holes(scores)
        sys.stdout.write(table(scores))
