"""Findings between files are cached, until something changes that they depend on."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.model import FixContext
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.kept_report import keep_findings
from spec_lsp.storage.read import open_folder
from spec_lsp.storage.store import VARIABLE
from tests.storage.cached import PATHS, TEXTS
from tests.storage.trees import grow

TODAY = "2026-11-21"
ONE = """\
# Technical Specification: One

**ID**: SPEC-001
**Status**: Approved
**Next Review**: 2026-11-22

## Summary

See SPEC-009, [two](SPEC-002.md#nowhere), ![the plan](plan.png) and [notes](../notes.txt).
"""
TWO = ONE.replace("SPEC-001", "SPEC-002").replace("One", "Two")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents with trusted stamps and cached findings."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    folder = grow(
        tmp_path / "project",
        {
            "docs/SPEC-001.md": ONE,
            "docs/SPEC-002.md": TWO,
            "docs/plan.png": "",
            "spec-lsp.toml": "[rules]\noverdue = 'warning'\n",
        },
    )
    monkeypatch.setattr("spec_lsp.storage.store._TICK", 0)
    judged(folder)
    return folder


@pytest.fixture
def looked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose findings between files are recomputed."""
    found: list[str] = []
    from spec_lsp.storage import findings_cache

    original = findings_cache.find_across  # type: ignore[attr-defined]

    def noted(view, *rest, **more):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        found.append(view.entry.path)
        return original(view, *rest, **more)

    monkeypatch.setattr(findings_cache, "find_across", noted)
    return found


def test_unchanged_findings_are_not_recomputed(folder: Path, looked: list[str]) -> None:
    again = judged(folder)
    assert looked == []
    assert again == uncached(folder)
    assert "docs/SPEC-001.md unresolved-id SPEC-009" in again
    assert "docs/SPEC-002.md broken-link ../notes.txt" in again


def test_fixes_are_computed_on_demand(folder: Path, looked: list[str]) -> None:
    project = open_folder(folder)
    desk = FixContext(project.workspace, TODAY)
    titles = [
        f.title for d in project.diagnose("docs/SPEC-001.md", TODAY).shown for f in d.fixes(desk)
    ]
    assert "Change to SPEC-002" in titles
    assert set(looked) == {"docs/SPEC-001.md"}


def test_each_change_is_detected(folder: Path, looked: list[str]) -> None:
    changes = {
        "a document": {"docs/SPEC-002.md": TWO.replace("Two", "Deux")},
        "a new document": {"docs/SPEC-009.md": TWO.replace("SPEC-002", "SPEC-009")},
        "a file that a link names": {"notes.txt": "here"},
        "the configuration": {"spec-lsp.toml": "[ids]\nexternal = {'SPEC-' = ''}\n"},
        "a template": {".spec-lsp/templates/note.md": "# Note: [Title]\n\n**ID**: SPEC-NNN\n"},
    }
    for name, files in changes.items():
        grow(folder, files)
        found = judged(folder)
        assert looked, name
        assert found == uncached(folder), name
        looked.clear()
        assert judged(folder) == found
        assert looked == [], name
    (folder / "docs/plan.png").unlink()
    assert "docs/SPEC-001.md broken-link plan.png" in judged(folder)


def test_only_affected_files_are_recomputed(folder: Path, looked: list[str]) -> None:
    others = {f"docs/SPEC-10{n}.md": TWO.replace("SPEC-002", f"SPEC-10{n}") for n in range(5)}
    grow(folder, {**others, "docs/SPEC-110.md": ONE.replace("SPEC-001", "SPEC-110")})
    judged(folder)
    looked.clear()
    grow(folder, {"docs/SPEC-110.md": ONE.replace("SPEC-001", "SPEC-009")})
    found = judged(folder)
    # All others mention SPEC-009, which exists now.
    assert sorted(looked) == sorted(f"docs/{file.name}" for file in (folder / "docs").glob("*.md"))
    assert found == uncached(folder)
    looked.clear()
    grow(folder, {"docs/SPEC-101.md": others["docs/SPEC-101.md"].replace("Summary", "Overview")})
    found = judged(folder)
    assert looked == ["docs/SPEC-101.md"]
    assert found == uncached(folder)


def test_the_cached_text_of_a_changed_file_must_be_complete(folder: Path, tmp_path: Path) -> None:
    """Without the old text, the affected files are unknown."""
    grow(folder, {"docs/nine.md": TWO.replace("SPEC-002", "SPEC-009")})
    judged(folder)
    (kept,) = (tmp_path / "cache/spec-lsp").glob("*.sqlite")
    with closing(sqlite3.connect(kept)) as connection, connection:
        connection.execute("update files set digest = x'00' where path like '%nine.md'")
    grow(folder, {"docs/nine.md": TWO.replace("SPEC-002", "SPEC-010")})
    found = judged(folder)
    assert "docs/SPEC-001.md unresolved-id SPEC-009" in found
    assert found == uncached(folder)


def test_diagnosing_one_file_keeps_cached_findings_of_the_others(
    folder: Path, looked: list[str]
) -> None:
    grow(folder, {"docs/SPEC-002.md": TWO.replace("notes", "words")})
    project = open_folder(folder)
    project.diagnose("docs/SPEC-002.md", TODAY)
    keep_findings(project)
    assert looked == ["docs/SPEC-002.md"]
    again = judged(folder)
    assert looked == ["docs/SPEC-002.md"]
    assert again == uncached(folder)


def test_a_watched_change_affects_the_same_files(folder: Path, looked: list[str]) -> None:
    """As with `check --watch`."""
    project = open_folder(folder)
    told(project)
    assert looked == []
    grow(folder, {"docs/SPEC-002.md": TWO.replace("SPEC-009", "SPEC-003")})
    project.refresh(["docs/SPEC-002.md"])
    again = told(project)
    assert looked == ["docs/SPEC-002.md"]
    assert again == uncached(folder)
    (folder / "docs/plan.png").unlink()
    (folder / "docs/SPEC-002.md").unlink()
    project.refresh(["docs/SPEC-002.md"])
    assert told(project) == uncached(folder)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_after_any_changes_cached_findings_equal_those_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr("spec_lsp.storage.store._TICK", 0)
    home = Path(tempfile.mkdtemp(dir=tmp_path))
    monkeypatch.setenv(VARIABLE, str(home / "cache"))
    folder = grow(home / "project", {path: data.draw(TEXTS) for path in PATHS})
    judged(folder)
    for _ in range(3):
        for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=2)):
            text = data.draw(TEXTS | st.none())
            if text is None:
                (folder / path).unlink(missing_ok=True)
            else:
                grow(folder, {path: text})
        assert judged(folder) == uncached(folder)


def test_a_date_passes_without_a_change(folder: Path, looked: list[str]) -> None:
    assert "docs/SPEC-001.md overdue 2026-11-22" not in judged(folder)
    assert "docs/SPEC-001.md overdue 2026-11-22" in judged(folder, "2026-11-23")
    assert looked == []


def test_an_enabled_rule_is_run(folder: Path) -> None:
    project = open_folder(folder)
    project.set_levels({"orphan": "warning"})
    assert "docs/SPEC-001.md orphan Technical Specification: One" in told(project)


def test_findings_of_unsaved_text_are_not_cached(folder: Path) -> None:
    before = judged(folder)
    project = open_folder(folder)
    project.edit(parse("docs/SPEC-001.md", ONE.replace("SPEC-009", "SPEC-008")))
    assert "docs/SPEC-001.md unresolved-id" in "\n".join(told(project))
    keep_findings(project)
    assert judged(folder) == before


def judged(folder: Path, today: str = TODAY) -> list[str]:
    """The findings of a folder, all diagnosed and cached."""
    project = open_folder(folder)
    found = told(project, today)
    keep_findings(project)
    return found


def uncached(folder: Path) -> list[str]:
    """The findings of an equal folder without a cache."""
    other = folder.with_name("other")
    shutil.copytree(folder, other, copy_function=shutil.copy2)
    try:
        return told(open_folder(other))
    finally:
        shutil.rmtree(other)


def told(project: Folder, today: str = TODAY) -> list[str]:
    """The findings, with the text that they are about."""
    return [
        f"{path} {each.code} {each.span.of(project.texts.text(path) or '')}"
        for path in project.documents
        for each in project.diagnose(path, today).shown
    ]
