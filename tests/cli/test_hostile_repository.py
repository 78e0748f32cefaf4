"""Nothing that a repository configures is run by a command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from spec_lsp.storage import git
from tests.cli.transcript import ENVIRONMENT, Step, perform
from tests.storage.hostile import TEMPLATE, Hostile, hostile_repository

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the traps are shell scripts")

COMMANDS = (
    "check", "check --changed-since HEAD", "check --changed-since HEAD~1", "check --fix --diff",
    "check --fix --unsafe-fixes --changed-since HEAD~1", "check --write-baseline",
    "check NOTE-001-first.md", "list", 'new note "A note"', "graph",
    "report --output report.html", "rename NOTE-001 NOTE-007", "init", "template list",
    f"template show {TEMPLATE}", f"template lint {TEMPLATE}", "template export decision",
    "explain broken-link",
)  # fmt: skip
INHERITED = ("GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_SSH", "GIT_PAGER", "GIT_EDITOR",
             "GIT_ASKPASS", "GIT_PROXY_COMMAND")  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """The repository as the current folder, with an empty cache."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SPEC_LSP_CACHE", str(tmp_path / "cache"))
    made = hostile_repository(tmp_path.resolve())
    made.marked.unlink(missing_ok=True)
    monkeypatch.chdir(made.folder)
    return made


def test_git_itself_does_run_what_this_repository_names(hostile: Hostile) -> None:
    commands = (
        "status", "diff NOTE-002-second.md", "log -p --ext-diff", "read-tree HEAD",
        "update-ref refs/heads/other HEAD",
    )  # fmt: skip
    for command in commands:
        subprocess.run(["git", *command.split()], capture_output=True, check=False, timeout=60)
    expected = {
        "core.fsmonitor", "diff.external", "diff.trap.command", "ext", "filter.talk.process",
        "filter.trap.clean", "filter.trap.smudge", "gpg.program", "hook:post-index-change",
        "hook:reference-transaction",
    }  # fmt: skip
    assert expected - hostile.marks == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_nothing_that_the_repository_names(hostile: Hostile, command: str) -> None:
    said = perform(Step(f"spec-lsp {command}", "", 0, 0), hostile.folder)
    assert "Traceback" not in said
    assert "[exit 2]" not in said
    assert hostile.marks == set()


def test_nor_what_the_variables_of_a_hook_name(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in INHERITED:
        monkeypatch.setenv(name, hostile.trap(name))
    hostile.trap("git-exec", hostile.programs / "exec" / "git-fetch")
    monkeypatch.setenv("GIT_EXEC_PATH", str(hostile.programs / "exec"))
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.fsmonitor={hostile.trap('parameter')}'")
    said = perform(Step("spec-lsp check --changed-since HEAD~1", "", 0, 0), hostile.folder)
    assert "NOTE-001" in said
    assert hostile.marks == set()


def test_a_git_that_fetches_what_a_partial_clone_lacks_starts_no_transport(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Git before 2.44 knows no such variable, apart from later security releases.
    monkeypatch.delitem(git._ENVIRONMENT, "GIT_NO_LAZY_FETCH")  # noqa: SLF001 -- as older git does.
    perform(Step("spec-lsp check", "", 0, 0), hostile.folder)
    assert hostile.marks == set()
    monkeypatch.delitem(git._ENVIRONMENT, "GIT_ALLOW_PROTOCOL")  # noqa: SLF001
    monkeypatch.setenv("SPEC_LSP_CACHE", "off")
    perform(Step("spec-lsp check", "", 0, 0), hostile.folder)
    assert hostile.marks == {"ext"}
