"""Markdown in, the parsed parts out: the files beside this one show how each construct is parsed.

Below a `markdown` fence are fences named after the parts that they show: `fields`, `links`.
"""

from pathlib import Path

import pytest

from spec_lsp.markdown.parse import parse
from tests.harness.casefile import Case, read_cases
from tests.markdown.show import show, source

CASES = [
    pytest.param(case, id=f"{path.stem}:{case.line} {case.name}")
    for path in sorted(Path(__file__).parent.glob("*.md"))
    for case in read_cases(path)
]


@pytest.mark.parametrize("case", CASES)
def test_example(case: Case) -> None:
    [example] = case.of("markdown")
    document = parse("example.md", source(example.text))
    expected = [fence for fence in case.fences if fence is not example]
    assert expected, "a case without an expectation"
    for fence in expected:
        assert show(document, fence.kind) == fence.text, fence.kind
