"""What has changed since a revision, compared without running anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from spec_lsp.storage.changes import affected_by, changed_since, reshapes
from spec_lsp.storage.project import open_project
from tests.storage.trees import commit, git, grow

PAGES = {
    "a.md": "# A\n\nSee [B](b.md), ![a picture](images/plan.svg) and [code](../src/main.py).\n",
    "b.md": "# B\n",
    "c.md": "# C\n",
}


def changed(folder: Path, revision: str = "HEAD") -> list[str]:
    """The paths that differ, those of gone files that are no documents in brackets."""
    found = changed_since(open_project(folder), revision)
    assert found is not None
    return [*sorted(found.paths), *(f"({path})" for path in sorted(found.gone - found.paths))]


def affected(folder: Path) -> list[str]:
    """The other documents whose findings may differ."""
    project = open_project(folder)
    found = changed_since(project, "HEAD")
    assert found is not None
    return sorted(affected_by(project, found))


def test_edits_additions_and_deletions_staged_or_not(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {**PAGES, ".gitignore": "ignored.md\n", "d.md": "# D\n"})
    assert changed(folder) == []
    grow(folder, {"a.md": "# A, edited\n", "new.md": "# New\n", "ignored.md": "# I\n"})
    git(folder, "rm", "-q", "b.md")
    (folder / "c.md").unlink()
    assert changed(folder) == ["a.md", "b.md", "c.md", "new.md"]
    git(folder, "add", "-A")
    assert changed(folder) == ["a.md", "b.md", "c.md", "new.md"]


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
@pytest.mark.parametrize(("kept", "now"), [("\n", "\r\n"), ("\r\n", "\n"), ("\r\n", "\r\n")])
def test_line_ends_alone_are_no_change_whatever_attributes_say(
    tmp_path: Path, kind: str, kept: str, now: str
) -> None:
    folder = tmp_path.resolve()
    git(folder, "init", "-q", f"--object-format={kind}")
    text = "# A\n\nSome text.\n"
    commit(folder, {"a.md": text.replace("\n", kept), "b.md": text.replace("\n", kept)})
    grow(folder, {"a.md": text.replace("\n", now), ".gitattributes": "*.md text eol=crlf\n"})
    assert changed(folder) == []
    grow(folder, {"a.md": text.replace("\n", now) + "More.\n"})
    assert changed(folder) == ["a.md"]


def test_a_workspace_inside_a_repository_and_a_target_outside_of_it(tmp_path: Path) -> None:
    top = tmp_path.resolve()
    inside = {f"docs/{path}": text for path, text in PAGES.items()}
    targets = {"docs/images/plan.svg": "", "src/main.py": "", "other.py": ""}
    commit(top, {**inside, **targets, "docs/spec-lsp.toml": ""})
    assert affected(top / "docs") == []
    (top / "src" / "main.py").unlink()
    (top / "other.py").unlink()
    assert changed(top / "docs") == ["(../other.py)", "(../src/main.py)"]
    assert affected(top / "docs") == ["a.md"]


def test_a_folder_that_is_gone_concerns_those_who_link_to_it(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {"a.md": "See [pictures](images/old).\n", "images/old/plan.svg": ""})
    (folder / "images" / "old" / "plan.svg").unlink()
    (folder / "images" / "old").rmdir()
    assert changed(folder) == ["(images/old)", "(images/old/plan.svg)"]
    assert affected(folder) == ["a.md"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"spec-lsp.toml": "history = false\n"}),
        ({"spec-lsp.toml": "history = false\n"}, {"spec-lsp.toml": ""}),
        ({"spec-lsp.toml": "history = false\n"}, {"spec-lsp.toml": None}),
        ({"pyproject.toml": "[tool.spec-lsp]\n"}, {"pyproject.toml": "[project]\n"}),
        ({}, {".spec-lsp/templates/note.md": "# Note: [Title]\n"}),
        (
            {".spec-lsp/templates/note.md": "# Note: [Title]\n"},
            {".spec-lsp/templates/note.md": None},
        ),
        ({"known.json": "{}", "spec-lsp.toml": 'baseline = "known.json"\n'}, {"known.json": None}),
    ],
)
def test_configuration_templates_and_baseline_decide_about_all_documents(
    tmp_path: Path, before: dict[str, str], after: dict[str, str | None]
) -> None:
    folder = tmp_path.resolve()
    commit(folder, {**PAGES, **before})
    grow(folder, {path: text for path, text in after.items() if text is not None})
    for path in (path for path, text in after.items() if text is None):
        (folder / path).unlink()
    project = open_project(folder)
    found = changed_since(project, "HEAD")
    assert found
    assert reshapes(project, found)


def test_a_project_file_of_other_tools_decides_nothing(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {**PAGES, "pyproject.toml": "[project]\n"})
    grow(folder, {"pyproject.toml": "[project]\nname = 'a'\n"})
    project = open_project(folder)
    found = changed_since(project, "HEAD")
    assert found
    assert not reshapes(project, found)


def test_what_a_sparse_checkout_leaves_out_is_not_deleted(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    commit(folder, {**PAGES, "big/d.md": "# D\n"})
    git(folder, "sparse-checkout", "set", "--no-cone", "/*", "!/big/")
    assert not (folder / "big").exists()
    assert changed(folder) == []


def test_documents_of_submodules_and_other_repositories_are_left_to_them(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "work"
    commit(tmp_path / "library", {"d.md": "# D\n"})
    commit(folder, PAGES)
    source = str(tmp_path / "library")
    git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "sub")
    git(folder, "commit", "-q", "-m", "Add a library")
    commit(folder / "nested", {"e.md": "# E\n"})
    grow(folder, {"sub/d.md": "# D, edited\n"})
    assert changed(folder) == []


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_is_compared_by_where_it_leads(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    grow(folder, PAGES)
    (folder / "link.md").symlink_to("../nowhere.md")
    commit(folder, {})
    assert changed(folder) == []
    (folder / "link.md").unlink()
    (folder / "link.md").symlink_to("../somewhere.md")
    assert changed(folder) == ["link.md"]


def test_a_filter_is_not_run_so_its_files_count_as_changed(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    git(folder, "init", "-q")
    git(folder, "config", "filter.lower.clean", "tr A-Z a-z")
    commit(folder, {**PAGES, ".gitattributes": "b.md filter=lower\n"})
    assert changed(folder) == ["b.md"]


def test_what_a_partial_clone_lacks_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path.resolve()
    commit(folder, PAGES)
    name = git(folder, "rev-parse", "HEAD:b.md")
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    grow(folder, {"b.md": "# B, edited\n"})
    assert changed(folder) == ["b.md"]
    assert "git has no content of 1 changed files" in caplog.text


def test_no_revision_no_repository_and_no_working_tree(tmp_path: Path) -> None:
    folder = grow(tmp_path / "work", PAGES)
    assert changed_since(open_project(folder), "HEAD") is None
    commit(folder, {})
    assert changed_since(open_project(folder), "gone") is None
    git(folder, "config", "core.worktree", str(tmp_path))
    assert changed_since(open_project(folder), "HEAD") is None
