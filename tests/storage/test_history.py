"""A document is checked against the template version at its creation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spec_lsp.storage.discover import load
from spec_lsp.storage.history import author, history_of
from spec_lsp.storage.host import children
from spec_lsp.storage.store import Store
from tests.storage.trees import commit, git, grow

TEMPLATE = ".spec-lsp/templates/note.md"
COMMANDS = ("rev-parse", "log", "cat-file", "config")
OLD = "# Note: [Title]\n\n## Summary\n"
NEW = "# Note: [Title]\n\n## Summary\n\n## Risks\n"
NEWER = "# Note: [Title]\n\n## Summary\n\n## Risks\n\n## Costs\n"


def creation_commit(folder: Path, path: str) -> list[str] | None:
    """The sections of the template that a document was made from, where they are not today's."""
    settings = load(folder).settings
    found = history_of(folder, settings, Store(None)).template_of(path, settings.own_templates[0])
    if found.is_later:
        return []
    return [slot.title for slot in found.slots] if found.today else None


def test_the_template_of_the_first_commit_counts(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "a"})
    commit(folder, {TEMPLATE: NEW})
    commit(folder, {"b.md": "b", "a.md": "a, much later"})
    commit(folder, {TEMPLATE: NEWER})
    assert creation_commit(folder, "a.md") == ["Summary"]
    assert creation_commit(folder, "b.md") == ["Summary", "Risks"]


def test_a_document_created_today_uses_the_current_template(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "a"})
    commit(folder, {TEMPLATE: NEW, "b.md": "b"})
    grow(folder, {"c.md": "not committed"})
    assert creation_commit(folder, "b.md") is None
    assert creation_commit(folder, "c.md") is None


def test_a_renamed_document_keeps_its_creation_and_a_renamed_template_its_history(
    tmp_path: Path,
) -> None:
    folder = tmp_path.resolve()
    commit(folder, {".spec-lsp/templates/memo.md": OLD, "drafts/a.md": "a document\n" * 20})
    git(folder, "mv", ".spec-lsp/templates/memo.md", TEMPLATE)
    (folder / "done").mkdir()
    git(folder, "mv", "drafts/a.md", "done/a.md")
    commit(folder, {"done/a.md": "a document\n" * 20 + "done\n"})
    commit(folder, {TEMPLATE: NEW})
    assert creation_commit(folder, "done/a.md") == ["Summary"]


def test_a_document_deleted_and_created_again_counts_from_its_first_creation(
    tmp_path: Path,
) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "first"})
    git(folder, "rm", "-q", "a.md")
    commit(folder, {TEMPLATE: NEW})
    commit(folder, {"a.md": "second"})
    commit(folder, {TEMPLATE: NEWER})
    assert creation_commit(folder, "a.md") == ["Summary"]


def test_a_document_that_is_older_than_its_template(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {"a.md": "a"})
    commit(folder, {TEMPLATE: OLD, "b.md": "b"})
    assert creation_commit(folder, "a.md") == []
    assert creation_commit(folder, "b.md") is None


def test_a_template_that_is_not_committed_has_no_history(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {"a.md": "a"})
    grow(folder, {TEMPLATE: OLD})
    assert creation_commit(folder, "a.md") is None


def test_a_document_that_only_a_merge_commit_adds(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD})
    git(folder, "checkout", "-q", "-b", "work")
    commit(folder, {"b.md": "b"})
    git(folder, "checkout", "-q", "main")
    commit(folder, {"c.md": "c"})
    git(folder, "merge", "-q", "--no-commit", "--no-ff", "work")
    commit(folder, {"a.md": "a"})
    commit(folder, {TEMPLATE: NEW})
    for path in ("a.md", "b.md", "c.md"):
        assert creation_commit(folder, path) == ["Summary"]


def test_a_document_made_by_renaming_the_template(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD})
    commit(folder, {TEMPLATE: NEW})
    git(folder, "mv", TEMPLATE, "a.md")
    git(folder, "commit", "-q", "-m", "A note")
    commit(folder, {TEMPLATE: NEWER})
    assert creation_commit(folder, "a.md") == ["Summary", "Risks"]


def test_a_document_of_a_branch_uses_the_template_of_its_branch(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD})
    git(folder, "checkout", "-q", "-b", "work")
    commit(folder, {"a.md": "a"})
    git(folder, "checkout", "-q", "main")
    commit(folder, {TEMPLATE: NEW})
    git(folder, "merge", "-q", "work", "-m", "Join")
    assert creation_commit(folder, "a.md") == ["Summary"]


def test_a_workspace_inside_a_repository(tmp_path: Path) -> None:
    top = tmp_path.resolve()
    commit(top, {f"docs/ü/{TEMPLATE}": OLD, "docs/ü/a.md": "a"})
    commit(top, {f"docs/ü/{TEMPLATE}": NEW})
    assert creation_commit(top / "docs" / "ü", "a.md") == ["Summary"]


def test_history_can_be_switched_off(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {TEMPLATE: OLD, "a.md": "a", "spec-lsp.toml": "history = false"})
    commit(folder, {TEMPLATE: NEW})
    assert creation_commit(folder, "a.md") is None


def test_a_shallow_clone_has_no_history(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    commit(source, {TEMPLATE: OLD, "a.md": "a"})
    commit(source, {TEMPLATE: NEW})
    git(tmp_path, "clone", "-q", "--depth=1", source.as_uri(), "copy")
    assert creation_commit((tmp_path / "copy").resolve(), "a.md") is None


def test_without_a_repository_without_commits_and_without_git_there_is_no_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = grow(tmp_path, {TEMPLATE: OLD, "a.md": "a"})
    assert creation_commit(folder, "a.md") is None
    git(folder, "init", "-q")
    assert creation_commit(folder, "a.md") is None
    monkeypatch.setenv("PATH", "")
    assert creation_commit(folder, "a.md") is None
    assert author(folder) == ""


def test_the_number_of_git_calls_does_not_depend_on_the_number_of_documents(
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
    cache = Store(tmp_path / "cache/cache.sqlite")
    found = history_of(folder, settings, cache)
    texts = [found.template_of(f"{number}.md", settings.own_templates[0]) for number in range(60)]
    assert all(each.today for each in texts)
    assert asked == ["rev-parse", "log", "cat-file"]
    assert history_of(folder, settings, cache) == found
    assert asked[3:] == ["rev-parse"]


def test_the_author_is_the_git_user(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Grace Hopper")
    assert author(tmp_path) == "Grace Hopper"
