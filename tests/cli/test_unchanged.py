"""A check of an unchanged folder reports the same again, without reading a document."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from spec_lsp.cli import folders
from spec_lsp.cli.check.report import RuleSelection
from spec_lsp.rules.engine.diagnose import Diagnosis
from spec_lsp.storage.clock import VARIABLE as DAY
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import read_all
from spec_lsp.storage.store import VARIABLE, cache_of
from tests.cli.checked import checked, uncached
from tests.storage.trees import commit, git, grow

FIRST, SECOND = "1773446400", "1773532800"
SPEC = """\
# Note: One

**ID**: NOTE-001
**Status**: Aproved
**Author**: [Name]
**Date**: [Date]

See NOTE-009, [two](NOTE-002.md#nowhere), [notes](../notes.txt) and ![the plan](plan.png).
"""
OTHER = SPEC.replace("NOTE-001", "NOTE-002").replace("One", "Two").replace("Aproved", "Draft")
TEMPLATE = """\
# Note: [Title]

**ID**: NOTE-NNN
**Status**: Draft | Approved
**Author**: [Name]
**Date**: [Date]
"""
SETTINGS = """\
[rules]
overdue = "warning"
unknown = "error"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that has been checked once."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv(DAY, FIRST)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    # Files may be written and trusted at once.
    monkeypatch.setattr("spec_lsp.storage.store._TICK", 0)
    files = {
        "docs/NOTE-001.md": SPEC,
        "docs/NOTE-002.md": OTHER,
        "docs/plan.png": "",
        "spec-lsp.toml": SETTINGS,
        ".spec-lsp/templates/note.md": TEMPLATE,
    }
    folder = tmp_path.resolve() / "project"
    commit(folder, files)
    git(folder, "config", "user.name", "Ada Lovelace")
    monkeypatch.chdir(folder)
    checked(folder)
    return folder


@pytest.fixture
def read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The projects whose documents are read."""
    found: list[str] = []
    original = read_all

    def noted(folder: Folder, *rest) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN002
        if folder.to_read:
            found.append(folder.root.name)
        original(folder, *rest)

    monkeypatch.setattr(folders, "read_all", noted)
    return found


@pytest.fixture
def diagnosed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are diagnosed."""
    found: list[str] = []
    original = Folder.diagnose

    def noted(folder: Folder, path: str, today: str) -> Diagnosis:
        found.append(path)
        return original(folder, path, today)

    monkeypatch.setattr(Folder, "diagnose", noted)
    return found


def test_no_document_is_read_again(folder: Path, read: list[str]) -> None:
    again = checked(folder)
    assert read == []
    assert again == uncached(folder)
    for title in (
        "Replace with “Approved”",
        "Fill in “Ada Lovelace”",
        "Fill in “2026-03-14”",
        "Change to NOTE-002",
    ):
        assert title in again


def _edit(folder: Path) -> None:
    grow(folder, {"docs/NOTE-001.md": SPEC.replace("Aproved", "Approved")})


def _add_a_document(folder: Path) -> None:
    grow(folder, {"docs/NOTE-009.md": OTHER.replace("NOTE-002", "NOTE-009")})


def _remove_a_document(folder: Path) -> None:
    (folder / "docs/NOTE-002.md").unlink()


def _add_what_a_link_names(folder: Path) -> None:
    grow(folder, {"notes.txt": ""})


def _add_a_file_that_is_called_alike(folder: Path) -> None:
    grow(folder, {"note.txt": ""})


def _remove_a_picture(folder: Path) -> None:
    (folder / "docs/plan.png").unlink()


def _comment_the_configuration(folder: Path) -> None:
    grow(folder, {"spec-lsp.toml": f"# Ours.\n{SETTINGS}"})


def _raise_a_level(folder: Path) -> None:
    grow(folder, {"spec-lsp.toml": f"{SETTINGS}broken-link = 'hint'\n"})


def _extend_the_template(folder: Path) -> None:
    grow(folder, {".spec-lsp/templates/note.md": f"{TEMPLATE}\n## Why\n\n[Reason]\n"})


def _spoil_a_template(folder: Path) -> None:
    (folder / ".spec-lsp/templates/other.md").write_bytes(b"\xff")


def _use_a_baseline(folder: Path) -> None:
    config = f'baseline = "known.json"\n{SETTINGS}'
    grow(folder, {"spec-lsp.toml": config, "known.json": '{"version": 1, "files": {}}'})
    checked(folder)
    gone = '[{"rule": "invalid-value", "message": "mended", "line": ""}]'
    grow(folder, {"known.json": f'{{"version": 1, "files": {{"docs/NOTE-001.md": {gone}}}}}'})


def _change_the_author(folder: Path) -> None:
    git(folder, "config", "user.name", "Grace Hopper")


def _wait_a_day(_folder: Path) -> None:
    os.environ[DAY] = SECOND


def _stand_elsewhere(folder: Path) -> None:
    os.chdir(folder / "docs")


def _ignore_a_document(folder: Path) -> None:
    git(folder, "rm", "-q", "--cached", "docs/NOTE-002.md")
    grow(folder, {".gitignore": "NOTE-002.md\n"})


CHANGES = [
    _edit,
    _add_a_document,
    _remove_a_document,
    _add_what_a_link_names,
    _add_a_file_that_is_called_alike,
    _remove_a_picture,
    _comment_the_configuration,
    _raise_a_level,
    _extend_the_template,
    _spoil_a_template,
    _use_a_baseline,
    _change_the_author,
    _wait_a_day,
    _stand_elsewhere,
    _ignore_a_document,
]


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_detected(
    folder: Path, read: list[str], change: Callable[[Path], None]
) -> None:
    before = checked(folder)
    change(folder)
    read.clear()
    after = checked(folder)
    assert read == ["project"]
    assert after == uncached(folder)
    assert after != before


def test_only_affected_files_are_diagnosed_again(folder: Path, diagnosed: list[str]) -> None:
    grow(folder, {f"docs/NOTE-10{n}.md": f"# Note: {n}\n\n**ID**: NOTE-10{n}\n" for n in range(5)})
    checked(folder)
    diagnosed.clear()
    _edit(folder)
    after = checked(folder)
    assert {each for each in diagnosed if each.startswith("docs")} == {"docs/NOTE-001.md"}
    assert after == uncached(folder)


def test_a_problem_elsewhere_shows_the_line_as_it_is_now(folder: Path) -> None:
    other = {"docs/NOTE-010.md": OTHER.replace("NOTE-002", "NOTE-001")}
    grow(folder, other)
    assert "NOTE-001 is also defined in docs/NOTE-010.md" in checked(folder)
    grow(
        folder,
        {path: text.replace("# Note: Two\n", "# Note: Two\n\n") for path, text in other.items()},
    )
    assert checked(folder) == uncached(folder)


def test_the_selected_rules_are_part_of_the_cache_key(folder: Path, read: list[str]) -> None:
    only = checked(folder, RuleSelection(select=frozenset({"orphan"})))
    assert "invalid-value" not in only
    assert read == ["project"]
    assert "invalid-value" in checked(folder)


def test_unreadable_files_are_read_each_time(folder: Path, read: list[str]) -> None:
    (folder / "docs/lost.md").symlink_to("../../far.md")
    assert "its symbolic link is broken" in checked(folder)
    read.clear()
    grow(folder.parent, {"far.md": "# Far\n"})
    assert "it points outside the workspace" in checked(folder)
    assert read == ["project"]


def test_an_answer_that_changes_meanwhile_is_not_cached(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _edit(folder)
    asked: list[str] = []
    original = Path.exists

    def wavering(path: Path) -> bool:
        if path.name == "notes.txt":
            asked.append(path.name)
            return len(asked) > 1
        return original(path)

    with monkeypatch.context() as moment:
        moment.setattr(Path, "exists", wavering)
        checked(folder)
    assert len(asked) > 1
    read.clear()
    again = checked(folder)
    assert read == ["project"]
    assert again == uncached(folder)


def test_a_damaged_report_is_recomputed(folder: Path) -> None:
    expected = checked(folder)
    file = cache_of(folder).file
    assert file
    for damage in (b"", b"\xff" * 100):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("update facts set value = ?", (damage,))
        assert checked(folder) == expected
