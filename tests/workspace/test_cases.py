"""The Markdown files of this folder: files in, the state of the workspace out.

- `index [PATH]`: the entries of all files, or of one;
- `put PATH` and `remove PATH` change the workspace, and `affected` lists the other files whose
  findings may have changed, one on each line.
"""

from pathlib import Path

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.workspace.workspace import Workspace
from tests.harness.casefile import Case, Fence, read_cases
from tests.harness.world import world_of
from tests.workspace.render import rendered

_FOLDER = Path(__file__).parent
_CASES = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(_FOLDER.glob("*.md"))
    for case in read_cases(path)
]


@pytest.mark.parametrize("case", _CASES)
def test_the_workspace_is_as_the_case_shows(case: Case) -> None:
    workspace = world_of(case.of("markdown", "template", "file", "toml")).workspace
    affected: set[str] = set()
    assert case.of("index", "affected"), "a case needs an expectation"
    for fence in case.fences:
        if fence.kind in ("put", "remove"):
            affected = _change(workspace, fence)
        elif fence.kind == "affected":
            assert sorted(affected) == fence.text.split()
        elif fence.kind == "index":
            assert rendered(workspace, fence.path) == fence.text


def _change(workspace: Workspace, fence: Fence) -> set[str]:
    if fence.kind == "remove":
        return workspace.remove(fence.path)
    return workspace.put(parse(fence.path, fence.text))
