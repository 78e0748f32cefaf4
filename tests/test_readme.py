"""The README shows the actual output, and what it names is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_EXCERPT = re.compile(r"\$ spec-lsp check examples\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\((?P<path>[^)#\s]*)(?:#[\w-]+)?\)")
_YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def test_the_findings_in_the_readme_are_those_of_the_example_project() -> None:
    excerpt = _EXCERPT.search(README)
    assert excerpt
    said = subprocess.run(
        [sys.executable, "-m", "spec_lsp", "check", "examples"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    ).stdout
    shown = excerpt[1].strip().split("\n\n")
    assert len(shown) > 2
    for finding in shown:
        assert finding in said


def test_links_and_pictures_are_there() -> None:
    paths = {link["path"] for link in _LINK.finditer(README) if "://" not in link["path"]}
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_rows_of_the_notation_are_those_of_its_page() -> None:
    page = (ROOT / "docs/write-a-template.md").read_text(encoding="utf-8").split("\n")
    rows = [row for row in README.split("\n") if "](docs/write-a-template.md#" in row]
    assert len(rows) > 10
    assert [row for row in rows if row.replace("docs/write-a-template.md#", "#") not in page] == []


def test_blocks_to_paste_name_what_is_there() -> None:
    action, hooks = map(yaml.safe_load, _YAML.findall(README))
    assert "/spec-lsp@v" in action["jobs"]["specs"]["steps"][-1]["uses"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    wanted = {hook["id"] for repository in hooks["repos"] for hook in repository["hooks"]}
    assert wanted <= {hook["id"] for hook in offered}
