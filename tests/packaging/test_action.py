"""The action of `action.yml`: its steps in a repository on this disk."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.packaging.steps import bash, parsed, programs
from tests.storage.trees import commit, git

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")

TEMPLATE = "# Note: [Title]\n\n**ID**: NOTE-XXX\n**Status**: Open | Done\n"
NOTES = {
    ".spec-lsp/templates/note.md": TEMPLATE,
    "my notes/NOTE-001-größe.md": "# Note: Größe\n\n**ID**: NOTE-001\n**Status**: Größer\n\n"
    "See NOTE-002.\n",
    "NOTE-002-two.md": "# Note: Two\n\n**ID**: NOTE-002\n**Status**: Open\n",
    "NOTE-003-old.md": "# Note: Old\n\n**ID**: NOTE-003\n**Status**: Opne\n",
}
ACTION = parsed("action.yml")


class Run(NamedTuple):
    """What a run of the check leaves for the host."""

    code: int
    annotations: list[str]
    outputs: dict[str, str]
    summary: str


def check(folder: Path, environment: dict[str, str] | None = None, **inputs: str) -> Run:
    """Run the step that checks, with inputs; names have an underscore for a hyphen."""
    work = folder.parent
    step = next(each for each in ACTION["runs"]["steps"] if each.get("id") == "check")
    given = {name: str(value["default"]) for name, value in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    named = {name: re.search(r"inputs\.([\w-]+)", value) for name, value in step["env"].items()}
    variables = {name: given[match[1]] if match else "" for name, match in named.items()}
    variables |= {
        "BIN": str(work / "bin"),
        "RUNNER_TEMP": str(work),
        "GITHUB_OUTPUT": str(work / "outputs"),
        "GITHUB_STEP_SUMMARY": str(work / "summary"),
        "SPEC_LSP_CACHE": str(work / "cache"),
    }
    result = bash(step["run"], folder, variables | (environment or {}), "-o", "pipefail")
    assert result.returncode == 2 or result.stderr == ""
    outputs = (work / "outputs").read_text(encoding="utf-8") if (work / "outputs").exists() else ""
    summary = work / "summary"
    return Run(
        result.returncode,
        result.stdout.splitlines(),
        dict(line.split("=", 1) for line in outputs.splitlines()),
        summary.read_text(encoding="utf-8") if summary.exists() else "",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    programs(tmp_path / "bin")
    commit(tmp_path / "work", NOTES)
    return tmp_path / "work"


def test_one_run_gives_annotations_outputs_and_a_summary(folder: Path) -> None:
    run = check(folder)
    assert run.code == 1
    assert [line.partition(",endLine")[0] for line in run.annotations] == [
        "::error file=NOTE-003-old.md,line=4",
        "::error file=my notes/NOTE-001-größe.md,line=4",
    ]
    assert (run.outputs["errors"], run.outputs["warnings"]) == ("2", "0")
    assert '"version": "2.1.0"' in Path(run.outputs["sarif"]).read_text(encoding="utf-8")
    assert run.summary.startswith("<!-- made by spec-lsp -->")
    assert "| error | `NOTE-003-old.md:4:13` |" in run.summary


def test_paths_and_arguments_are_one_a_line(folder: Path) -> None:
    paths, arguments = "my notes\r\nNOTE-002-two.md\n", "--select\nunresolved-id\n"
    run = check(folder, paths=paths, arguments=arguments, sarif="out put.sarif")
    assert (run.code, run.annotations) == (0, [])
    assert run.outputs == {"errors": "0", "warnings": "0", "sarif": "out put.sarif"}
    assert (folder / "out put.sarif").exists()


def test_machine_formats_are_utf_8_on_another_console(folder: Path) -> None:
    run = check(folder, {"PYTHONIOENCODING": "cp1252"})
    assert "my notes/NOTE-001-größe.md" in run.annotations[1]
    assert "größe" in run.summary


def test_a_change_is_checked_with_what_it_breaks_elsewhere(folder: Path) -> None:
    base = git(folder, "rev-parse", "HEAD")
    git(folder, "rm", "-q", "NOTE-002-two.md")
    git(folder, "commit", "-q", "-m", "Drop a note")
    run = check(folder, {"BASE": base}, changed_only="true")
    assert run.code == 1
    assert [line.rpartition("::")[2] for line in run.annotations] == [
        "NOTE-002 is not defined in any document"
    ]


def test_a_shallow_clone_is_reported(folder: Path) -> None:
    base = git(folder, "rev-parse", "HEAD")
    commit(folder, {"NOTE-003-old.md": NOTES["NOTE-003-old.md"] + "\nMore.\n"})
    clone = folder.parent / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", folder.as_uri(), str(clone)], check=True)
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    run = check(clone, {"BASE": base}, changed_only="true")
    assert "history needs fetch-depth: 0" in run.annotations[0]
    assert [line.split(",")[0] for line in run.annotations[1:]] == ["::error file=NOTE-003-old.md"]


def test_a_check_that_could_not_run_fails_the_step(folder: Path) -> None:
    assert check(folder, paths="gone").code == 2
    assert check(folder, arguments="--ignore=no-such-rule").code == 2


def test_inputs_reach_scripts_as_variables_only() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 3
    assert not [script for script in scripts if "${{" in script]
