"""The executed examples of `docs/write-a-template.md`.

Each heading with a document is a case, as in the tests of rules and features: carets show what is
reported, `$0` is the cursor, and the other fences show what an editor answers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.features.reading import CURSOR, scene_of
from tests.features.test_writing import ANSWERS
from tests.harness.casefile import Case, Fence, read_cases

_PAGE = Path(__file__).parents[2] / "docs/write-a-template.md"
CASES = [
    case for case in read_cases(_PAGE) if not any(fence.kind == "console" for fence in case.fences)
]


def plain(case: Case) -> Case:
    """A case without its cursor."""
    fences = tuple(replace(each, text=each.text.replace(CURSOR, "")) for each in case.fences)
    return replace(case, fences=fences)


def answer(case: Case, fence: Fence) -> str:
    """What an editor gets at the cursor."""
    return ANSWERS[fence.kind](scene_of(case), fence)
