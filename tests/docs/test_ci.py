"""The blocks of the page on CI: they are valid, and their commands run."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from spec_lsp.cli.check.command import CheckFormat
from tests.packaging.steps import bash, programs
from tests.storage.trees import commit, git

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
_COMMAND = re.compile(r"\bspec-lsp check\b[^'\n]*")
_PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
_BLOCKS = [(each["kind"], each["text"]) for each in _BLOCK.finditer(_PAGE)]
_COMMANDS = sorted({each for _, text in _BLOCKS for each in _COMMAND.findall(text)})


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
@pytest.mark.parametrize("command", _COMMANDS)
def test_a_command_of_a_block_runs(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    commit(folder, {"README.md": "# Project\n"})
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    commit(folder, {"NOTES.md": "# Notes\n"})
    path = f"{programs(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"
    result = bash(command, folder, {"PATH": path, "BASE": "HEAD~1"})
    assert result.returncode == 0, result.stderr
    for output in re.findall(r"--output \w+=(\S+)", command):
        assert (folder / output).stat().st_size


def test_each_format_has_a_row_and_each_kind_of_file_a_block() -> None:
    outputs = _PAGE.partition("## Outputs")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|", outputs, re.MULTILINE)
    assert sorted(rows) == sorted(CheckFormat)
    used = {each for command in _COMMANDS for each in re.findall(r"(\w+)(?:=\S+)?", command)}
    assert {"sarif", "markdown", "github", "gitlab", "junit", "rdjson"} <= used


def test_yaml_is_valid_and_the_inputs_of_the_action_are_all_listed() -> None:
    blocks = [yaml.safe_load(text) for kind, text in _BLOCKS if kind == "yaml"]
    assert len(blocks) > 4
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    listed = re.findall(r"^\| `([\w-]+)` \|", _PAGE.partition("| input of")[2], re.MULTILINE)
    assert listed == [*inputs]
    jobs = [job for block in blocks for job in block.get("jobs", {}).values()]
    ours = [step for job in jobs for step in job["steps"] if "/spec-lsp@" in step.get("uses", "")]
    assert {name for step in ours for name in step["with"]} <= {*inputs}


def test_names_of_hooks_and_linters_are_ours() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {*re.findall(r"- id: (\S+)", _PAGE)} <= {hook["id"] for hook in hooks}
    (path,) = re.findall(r"/raw/v[\d.]+/(\S+)", _PAGE)
    descriptor = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    assert f"  - {descriptor['linters'][0]['name']}\n" in _PAGE
