"""The Markdown files of this folder: every heading with a document is a case."""

from pathlib import Path

import pytest

from tests.harness.casefile import Case, read_cases
from tests.harness.rulecase import run_case

_FOLDER = Path(__file__).parent
_CASES = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(_FOLDER.glob("*.md"))
    for case in read_cases(path)
]


@pytest.mark.parametrize("case", _CASES)
def test_findings_are_those_that_the_carets_show(case: Case) -> None:
    run_case(case)
