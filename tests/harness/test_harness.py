"""A test that cannot fail is none: whatever a case shows wrongly fails."""

import pytest

from tests.harness.casefile import cases_of
from tests.harness.rulecase import run_case

_TEMPLATE = """
```template
# Note: [Title]

**Status**: Draft | Approved
```
"""
_WRONG = "# Note: A\n\n**Status**: Nonsense\n"
_CARETS = "            ^^^^^^^^ error[invalid-value]: Expected one of Draft, Approved\n"


def _run(fences: str) -> None:
    for case in cases_of(f"## Case\n{_TEMPLATE}{fences}"):
        run_case(case)


def test_a_finding_under_its_carets_passes() -> None:
    _run(f"```markdown\n{_WRONG}{_CARETS}```\n")


@pytest.mark.parametrize(
    "fences",
    [
        pytest.param(f"```markdown\n{_WRONG}```\n", id="a finding without carets"),
        pytest.param(
            f"```markdown\n{_WRONG.replace('Nonsense', 'Draft')}{_CARETS}```\n",
            id="carets without a finding",
        ),
        pytest.param(f"```markdown\n{_WRONG} {_CARETS}```\n", id="carets under another place"),
        pytest.param(
            f"```markdown\n{_WRONG}{_CARETS.replace('error', 'hint')}```\n", id="another level"
        ),
        pytest.param(
            f'```markdown\n{_WRONG}{_CARETS}```\n```fixed "No such fix"\n```\n', id="no such fix"
        ),
    ],
)
def test_a_case_that_is_wrong_fails(fences: str) -> None:
    with pytest.raises(AssertionError):
        _run(fences)
