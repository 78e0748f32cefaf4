"""Which git is called, whose settings count, and for how long its answer is awaited."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from spec_lsp.storage import git as calls
from spec_lsp.storage.cache import Cache
from spec_lsp.storage.discover import load
from spec_lsp.storage.git import git, git_text
from spec_lsp.storage.history import author, history_of
from spec_lsp.storage.programs import program_outside
from tests.storage.trees import commit, grow
from tests.storage.trees import git as run

posix = pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
TEMPLATE = ".spec-lsp/templates/note.md"


def script(file: Path, text: str) -> Path:
    """A program."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


@posix
@pytest.mark.parametrize("entry", ["", ".", "tools", "docs/../tools", "<top>", "<top>/docs/bin"])
def test_a_git_in_the_workspace_or_the_current_folder_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    top = tmp_path.resolve() / "repository"
    docs = grow(top, {"docs/a.md": ""}) / "docs"
    run(top, "init", "-q")
    run(top, "config", "user.name", "Ada")
    for folder in (top, top / "tools", docs, docs / "bin", docs / "tools"):
        script(folder / "git", "echo Mallory")
    real = Path(shutil.which("git") or "").parent
    monkeypatch.chdir(docs)
    hostile = entry.replace("<top>", str(top))
    monkeypatch.setenv("PATH", hostile)
    assert author(docs) == ""
    monkeypatch.setenv("PATH", f"{hostile}{os.pathsep}{real}")
    assert author(docs) == "Ada"


@posix
def test_a_link_into_the_workspace_is_not_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path.resolve() / "repository"
    script(folder / "git", "echo Mallory")
    (tmp_path / "bin").symlink_to(folder)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert program_outside("git", folder) is None


@posix
def test_a_git_that_hangs_is_none_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    script(tmp_path / "bin" / "git", "exec sleep 60")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    folder = grow(tmp_path / "work", {"a.md": ""})
    assert git(folder, "config", "user.name", seconds=0.2) is None
    assert "git config took longer than 0.2 s and was stopped" in caplog.text


@posix
def test_a_history_that_could_not_be_read_is_read_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path.resolve() / "work"
    commit(folder, {TEMPLATE: "# Note: [Title]\n", "a.md": "# Note: A\n"})
    commit(folder, {TEMPLATE: "# Note: [Title]\n\n## Risks\n"})
    cache, settings = Cache(tmp_path / "cache.sqlite"), load(folder).settings
    real = shutil.which("git")
    slow = f'case "$*" in *" log "*) exec sleep 60;; *) exec {real} "$@";; esac'
    script(tmp_path / "bin" / "git", slow)
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{path}")
    monkeypatch.setattr("spec_lsp.storage.history.READ_SECONDS", 0.2)
    assert history_of(folder, settings, cache).born == {}
    monkeypatch.setenv("PATH", path)
    monkeypatch.setattr("spec_lsp.storage.history.READ_SECONDS", 60)
    assert "a.md" in history_of(folder, settings, cache).born


def test_a_bare_repository_that_was_committed_is_no_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path.resolve()
    commit(top, {"a.md": ""})
    planted = top / "planted"
    run(top, "init", "-q", "--bare", str(planted))
    run(planted, "config", "user.name", "Mallory")
    # As for git before 2.38, which has no such setting.
    kept = tuple(each for each in calls._SETTINGS if "bareRepository" not in each)  # noqa: SLF001
    monkeypatch.setattr(calls, "_SETTINGS", kept)
    for folder in (planted, planted / "refs"):
        assert author(folder) == ""
    assert git_text(top, "rev-parse", "--show-prefix", "HEAD")


def test_a_working_tree_elsewhere_has_no_history(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "work"
    (tmp_path / "elsewhere").mkdir()
    commit(folder, {TEMPLATE: "# Note: [Title]\n", "a.md": "# Note: A\n"})
    settings = load(folder).settings
    assert history_of(folder, settings, Cache(None)).born
    run(folder, "config", "core.worktree", str(tmp_path / "elsewhere"))
    assert history_of(folder, settings, Cache(None)).born == {}


def test_the_repository_of_a_folder_counts_and_not_the_one_that_variables_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        commit(tmp_path / name, {f"{name}.md": ""})
        run(tmp_path / name, "config", "user.name", name)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    assert author(tmp_path / "one") == "one"
