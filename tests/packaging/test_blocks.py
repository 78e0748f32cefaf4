"""Blocks to paste from README and pages meet the schemas of their hosts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.packaging.steps import linted, text_of

_BLOCK = re.compile(r"```yaml\n# (?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)
_SCHEMAS = {
    ".github/workflows/specs.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}
BLOCKS = [
    pytest.param(each["path"], each["text"], id=f"{page}:{each.start()}:{each['path']}")
    for page in ("README.md", "docs/ci.md")
    for each in _BLOCK.finditer(text_of(page))
]


@pytest.mark.parametrize(("path", "text"), BLOCKS)
def test_a_block_is_what_its_host_expects(path: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / Path(path).name
    file.write_text(text, encoding="utf-8")
    checked: tuple[str, ...]
    if path in _SCHEMAS:
        checked = ("check-jsonschema", "--builtin-schema", _SCHEMAS[path], str(file))
    elif path == ".pre-commit-config.yaml":
        checked = ("pre-commit", "validate-config", str(file))
    else:
        assert path == ".mega-linter.yml"
        return
    assert linted(*checked) == ""


@pytest.mark.parametrize(("path", "text"), BLOCKS)
def test_a_workflow_has_no_slip(path: str, text: str, tmp_path: Path) -> None:
    if path in _SCHEMAS and ".github" in path:
        file = tmp_path / "specs.yml"
        file.write_text(text, encoding="utf-8")
        assert linted("actionlint", str(file)) == ""
