"""The blocks of the page on CI: they are valid, and their commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests.cli.transcript import Step, enter, perform

ROOT = Path(__file__).parents[2]
_YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"\bspec-lsp (?:check|report|list)\b[^'\n|&]*")
_PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
_COMMANDS = sorted({shlex.join(shlex.split(each)) for each in _COMMAND.findall(_PAGE)} - {""})


@pytest.mark.parametrize("command", [each for each in _COMMANDS if "`" not in each])
def test_a_command_of_a_block_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(tmp_path / "project", monkeypatch)
    Path("README.md").write_text("# Project\n")
    said = perform(Step(command, "", 0, 0), tmp_path)
    assert "[exit" not in said
    outputs = re.findall(r"--output \w+=(\S+)", command)
    assert all(Path(each).stat().st_size for each in outputs)


def test_blocks_are_valid_and_the_inputs_of_the_action_are_all_listed() -> None:
    blocks = [yaml.safe_load(each) for each in _YAML.findall(_PAGE)]
    assert len(blocks) > 4
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert re.findall(r"^\| `([\w-]+)` \|", _PAGE, re.MULTILINE) == [*inputs]
    jobs = [job for block in blocks for job in block.get("jobs", {}).values()]
    ours = [step for job in jobs for step in job["steps"] if "/spec-lsp@" in step.get("uses", "")]
    assert {name for step in ours for name in step["with"]} <= {*inputs}
