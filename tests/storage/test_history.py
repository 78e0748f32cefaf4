"""A document is judged by the template of the day it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spec_lsp.storage import children
from spec_lsp.storage.cache import Cache
from spec_lsp.storage.discover import load
from spec_lsp.storage.history import author, history_of
from tests.storage.trees import commit, git, grow

TEMPLATE = ".spec-lsp/templates/note.md"
COMMANDS = ("rev-parse", "log", "cat-file", "config")
OLD = "# Note: [Title]\n\n## Summary\n"
NEW = "# Note: [Title]\n\n## Summary\n\n## Risks\n"
NEWER = "# Note: [Title]\n\n## Summary\n\n## Risks\n\n## Costs\n"


def born(folder: Path, path: str) -> list[str] | None:
    """The sections of the template that a document was made from, where they are not today's."""
    settings = load(folder).settings
    found = history_of(folder, settings, Cache(None)).template_of(path, settings.own_templates[0])
    return [slot.title for slot in found.slots] if found else None


def test_the_template_of_the_first_commit_counts(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "a"})
    commit(folder, {TEMPLATE: NEW})
    commit(folder, {"b.md": "b", "a.md": "a, much later"})
    commit(folder, {TEMPLATE: NEWER})
    assert born(folder, "a.md") == ["Summary"]
    assert born(folder, "b.md") == ["Summary", "Risks"]


def test_what_was_made_today_is_judged_by_today(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "a"})
    commit(folder, {TEMPLATE: NEW, "b.md": "b"})
    grow(folder, {"c.md": "not committed"})
    assert born(folder, "b.md") is None
    assert born(folder, "c.md") is None


def test_a_renamed_document_keeps_its_birth_and_a_renamed_template_its_past(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {".spec-lsp/templates/memo.md": OLD, "drafts/a.md": "a document\n" * 20})
    git(folder, "mv", ".spec-lsp/templates/memo.md", TEMPLATE)
    (folder / "done").mkdir()
    git(folder, "mv", "drafts/a.md", "done/a.md")
    commit(folder, {"done/a.md": "a document\n" * 20 + "done\n"})
    commit(folder, {TEMPLATE: NEW})
    assert born(folder, "done/a.md") == ["Summary"]


def test_a_document_that_was_dropped_and_written_anew_is_as_old_as_its_second_life(
    tmp_path: Path,
) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "first"})
    git(folder, "rm", "-q", "a.md")
    commit(folder, {TEMPLATE: NEW})
    commit(folder, {"a.md": "second"})
    commit(folder, {TEMPLATE: NEWER})
    assert born(folder, "a.md") == ["Summary", "Risks"]


def test_a_document_of_a_branch_knows_the_template_of_its_branch(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD})
    git(folder, "checkout", "-q", "-b", "work")
    commit(folder, {"a.md": "a"})
    git(folder, "checkout", "-q", "main")
    commit(folder, {TEMPLATE: NEW})
    git(folder, "merge", "-q", "work", "-m", "Join")
    assert born(folder, "a.md") == ["Summary"]


def test_a_workspace_inside_a_repository(tmp_path: Path) -> None:
    top = tmp_path.resolve()
    commit(top, {f"docs/ü/{TEMPLATE}": OLD, "docs/ü/a.md": "a"})
    commit(top, {f"docs/ü/{TEMPLATE}": NEW})
    assert born(top / "docs" / "ü", "a.md") == ["Summary"]


def test_history_can_be_switched_off(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "a", "spec-lsp.toml": "history = false"})
    commit(folder, {TEMPLATE: NEW})
    assert born(folder, "a.md") is None


def test_a_shallow_clone_knows_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    commit(source, {TEMPLATE: OLD, "a.md": "a"})
    commit(source, {TEMPLATE: NEW})
    git(tmp_path, "clone", "-q", "--depth=1", source.as_uri(), "copy")
    assert born((tmp_path / "copy").resolve(), "a.md") is None


def test_without_a_repository_without_commits_and_without_git_there_is_no_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = grow(tmp_path, {TEMPLATE: OLD, "a.md": "a"})
    assert born(folder, "a.md") is None
    git(folder, "init", "-q")
    assert born(folder, "a.md") is None
    monkeypatch.setenv("PATH", "")
    assert born(folder, "a.md") is None
    assert author(folder) == ""


def test_git_is_asked_as_often_for_many_documents_as_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, **{f"{number}.md": str(number) for number in range(30)}})
    commit(folder, {TEMPLATE: NEW, **{f"{number}.md": str(number) for number in range(30, 60)}})
    commit(folder, {TEMPLATE: NEWER})
    asked: list[str] = []
    run = children.run

    def count(command: list[str], *given: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        asked.append(next(word for word in command if word in COMMANDS))
        return run(command, *given, **options)

    monkeypatch.setattr(children, "run", count)
    settings = load(folder).settings
    cache = Cache(tmp_path / "cache/cache.sqlite")
    found = history_of(folder, settings, cache)
    texts = [found.template_of(f"{number}.md", settings.own_templates[0]) for number in range(60)]
    assert all(texts)
    assert asked == ["rev-parse", "log", "cat-file", "cat-file"]
    assert history_of(folder, settings, cache) == found
    assert asked[4:] == ["rev-parse"]


def test_the_author_is_who_commits(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Grace Hopper")
    assert author(tmp_path) == "Grace Hopper"
