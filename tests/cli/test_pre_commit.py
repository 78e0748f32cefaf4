"""The hook of `.pre-commit-hooks.yaml` in the real pre-commit, on a repository on this disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.transcript import ENVIRONMENT
from tests.storage.trees import commit, git, grow

TOP = Path(__file__).parents[2]
PROGRAM = shutil.which("pre-commit")

pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="there is no pre-commit here"),
    pytest.mark.skipif(os.name != "posix", reason="the program is a shell script"),
]

NOTES = {
    "spec-lsp.toml": 'rules = { orphan = "off" }\n',
    ".spec-lsp/templates/note.md": "# Note: [Title]\n\n**ID**: NOTE-XXX\n**Status**: Open | Done\n",
    "NOTE-001-one.md": "# Note: One\n\n**ID**: NOTE-001\n**Status**: Open\n\n"
    "See NOTE-002 and ![the plan](plan.svg).\n",
    "NOTE-002-two.md": "# Note: Two\n\n**ID**: NOTE-002\n**Status**: Open\n",
    "NOTE-003-old.md": "# Note: Three\n\n**ID**: NOTE-003\n**Status**: Opne\n",
    "plan.svg": "",
}
OLD_FAULT = "NOTE-003-old.md:4:13: error[invalid-value]"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the hook and one old problem, which was committed with `--no-verify`."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(TOP))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    program = grow(tmp_path / "bin", {"spec-lsp": ""}) / "spec-lsp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m spec_lsp "$@"\n')
    program.chmod(0o755)
    hooks = (TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    commit(tmp_path / "hooks", {".pre-commit-hooks.yaml": hooks})
    revision = git(tmp_path / "hooks", "rev-parse", "HEAD")
    # `system`, so that nothing is installed: the program is the one under test.
    hook = {"id": "spec-lsp", "language": "system", "verbose": True}
    repository = {"repo": str(tmp_path / "hooks"), "rev": revision, "hooks": [hook]}
    work = grow(
        tmp_path / "work", {".pre-commit-config.yaml": yaml.safe_dump({"repos": [repository]})}
    )
    commit(work, NOTES)
    assert run(work, "pre-commit", "install") == ("pre-commit installed", True)
    return work


def run(folder: Path, *command: str) -> tuple[str, bool]:
    """The findings that a command prints, or its first line, and whether it succeeds."""
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = (result.stdout + result.stderr).splitlines()
    found = [line for line in said if " error[" in line or "warning[" in line]
    first = (said or [""])[0].partition(" at ")[0]
    return "\n".join(found) or first, result.returncode == 0


def commits(folder: Path, *options: str) -> tuple[str, bool]:
    """What the hook finds in a commit, and whether the commit is made."""
    before = git(folder, "rev-parse", "HEAD")
    said, _ = run(folder, "git", "commit", "-m", "A step", *options)
    return said if "error[" in said else "", git(folder, "rev-parse", "HEAD") != before


def test_a_commit_that_only_deletes_is_checked(folder: Path) -> None:
    git(folder, "rm", "-q", "NOTE-002-two.md")
    said, is_made = commits(folder)
    assert (
        said == "NOTE-001-one.md:6:5: error[unresolved-id] NOTE-002 is not defined in any document"
    )
    assert not is_made


def test_a_commit_that_deletes_and_edits_is_checked(folder: Path) -> None:
    git(folder, "rm", "-q", "NOTE-002-two.md")
    commit_of = {"NOTE-001-one.md": NOTES["NOTE-001-one.md"].replace("NOTE-002", "NOTE-003")}
    grow(folder, commit_of)
    git(folder, "add", "-A")
    assert commits(folder) == ("", True)


def test_a_configuration_is_checked_with_all_documents(folder: Path) -> None:
    grow(folder, {"spec-lsp.toml": 'rules = { orphan = "off", invalid-value = "error" }\n'})
    git(folder, "add", "-A")
    said, is_made = commits(folder)
    assert said.startswith(OLD_FAULT)
    assert not is_made


def test_a_deleted_link_target_that_is_not_a_document_is_not_detected(folder: Path) -> None:
    git(folder, "rm", "-q", "plan.svg")
    said, is_made = commits(folder)
    assert said == "NOTE-001-one.md:6:30: error[broken-link] plan.svg does not exist"
    assert not is_made


def test_old_problems_of_other_files_are_not_reported_for_any_kind_of_commit(folder: Path) -> None:
    grow(folder, {"NOTE-002-two.md": NOTES["NOTE-002-two.md"] + "\nMore.\n"})
    assert commits(folder, "--all") == ("", True)
    grow(folder, {"NOTE-002-two.md": NOTES["NOTE-002-two.md"] + "\nMore and more.\n"})
    assert commits(folder, "NOTE-002-two.md") == ("", True)
    grow(folder, {"code.py": "pass\n"})
    git(folder, "add", "-A")
    assert commits(folder) == ("", True)


def test_all_files_are_checked_where_nothing_is_staged_or_was_committed(folder: Path) -> None:
    said, _ = run(folder, "pre-commit", "run", "--all-files")
    assert said.startswith(OLD_FAULT)
    git(folder, "checkout", "-q", "--orphan", "fresh")
    said, is_good = run(folder, "git", "commit", "-m", "Begin")
    assert said.startswith(OLD_FAULT)
    assert not is_good


def test_a_range_is_checked_from_where_it_begins(folder: Path) -> None:
    git(folder, "rm", "-q", "plan.svg")
    git(folder, "commit", "-q", "--no-verify", "-m", "Drop the plan")
    said, is_good = run(folder, "pre-commit", "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert said == "NOTE-001-one.md:6:30: error[broken-link] plan.svg does not exist"
    assert not is_good
