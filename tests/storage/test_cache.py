"""A second start reads what has changed, and says the same as a first one."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from spec_lsp.rules.model import Desk
from spec_lsp.storage import cache
from spec_lsp.storage.cache import VARIABLE, cache_of
from spec_lsp.storage.project import Project, open_project
from tests.storage.cached import OTHER, SPEC, TODAY, cold, levels, told, write

pytestmark = pytest.mark.usefixtures("cache_folder")


def test_a_second_start_reads_nothing_anew(folder: Path, read: list[str]) -> None:
    first = told(open_project(folder))
    assert read == ["docs/SPEC-001.md", "docs/SPEC-002.md"]
    read.clear()
    assert told(open_project(folder)) == first
    assert read == []
    assert "docs/SPEC-001.md invalid-value Aproved" in "\n".join(first)


def test_what_changed_appeared_and_went_is_noticed(folder: Path, read: list[str]) -> None:
    open_project(folder)
    read.clear()
    write(folder / "docs/SPEC-001.md", SPEC.replace("Aproved", "Approved"))
    write(folder / "docs/SPEC-003.md", OTHER.replace("SPEC-002", "SPEC-003"))
    (folder / "docs/SPEC-002.md").unlink()
    warm = told(open_project(folder))
    assert sorted(read) == ["docs/SPEC-001.md", "docs/SPEC-003.md"]
    assert warm == cold(folder)


def test_a_file_of_the_same_length_and_time_is_another_file(folder: Path, read: list[str]) -> None:
    file = folder / "docs/SPEC-001.md"
    open_project(folder)
    read.clear()
    before = file.stat()
    file.write_text(SPEC.replace("Aproved", "Abroved"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    open_project(folder)
    assert read == ["docs/SPEC-001.md"]


def test_a_file_that_has_changed_just_now_goes_by_its_text(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stamp may be that of one more change."""
    # What was written within a minute counts as now; a date in the future says nothing.
    monkeypatch.setattr(cache, "_TICK", 60_000_000_000)
    later = time.time() + 86_400
    os.utime(folder / "docs/SPEC-001.md", (later, later))
    open_project(folder)
    monkeypatch.setattr(cache, "stamp_of", lambda _: cache.Stamp(1, 1, 1))
    read.clear()
    open_project(folder)
    assert read == []
    (folder / "docs/SPEC-001.md").write_text(SPEC.replace("Aproved", "Abroved"), encoding="utf-8")
    open_project(folder)
    assert read == ["docs/SPEC-001.md"]


def test_a_file_that_was_only_written_again_is_not_read_anew(folder: Path, read: list[str]) -> None:
    """As when a branch is checked out and left again, or the cache comes to a fresh clone."""
    first = told(open_project(folder))
    for file in sorted((folder / "docs").iterdir()):
        text = file.read_bytes()
        file.unlink()
        file.write_bytes(text)
    read.clear()
    assert told(open_project(folder)) == first
    assert read == []


def test_what_is_not_on_the_disk_does_not_come_into_the_cache(folder: Path) -> None:
    path = "docs/SPEC-001.md"
    project = open_project(folder, unsaved=[(path, SPEC.replace("Aproved", "Approved"))])
    assert "Aproved" not in "\n".join(told(project))
    assert told(open_project(folder)) == cold(folder)


@pytest.mark.parametrize("changed", ["template", "configuration"])
def test_other_settings_are_another_cache(folder: Path, read: list[str], changed: str) -> None:
    open_project(folder)
    read.clear()
    if changed == "template":
        write(folder / ".spec-lsp/templates/note.md", "# Note: [Title]\n\n## Why\n\n[Reason]\n")
    else:
        write(folder / "spec-lsp.toml", 'lifecycle = { final = ["Signed"] }\n')
    warm = told(open_project(folder))
    assert len(read) == 2
    assert warm == cold(folder)


def test_a_name_that_is_no_text_costs_the_others_nothing(folder: Path, read: list[str]) -> None:
    try:
        write(folder / "docs" / os.fsdecode(b"caf\xe9.md"), OTHER)
    except OSError:
        pytest.skip("this file system knows no such names")
    open_project(folder)
    read.clear()
    open_project(folder)
    assert read == ["docs/caf\udce9.md"]


@pytest.mark.parametrize(
    "settings",
    [
        "[rules]\ninvalid-value = 'hint'\norphan = 'error'\n",
        "[[overrides]]\npaths = ['docs/*']\nrules = { invalid-value = 'off', orphan = 'hint' }\n",
        "baseline = 'known.json'\n",
    ],
)
def test_levels_and_the_baseline_leave_what_is_kept_alone(
    folder: Path, read: list[str], settings: str
) -> None:
    project = open_project(folder)
    told(project)
    project.remember()
    read.clear()
    write(folder / "spec-lsp.toml", settings)
    warm = levels(open_project(folder))
    assert read == []
    assert warm == cold(folder, levels)
    read.clear()
    (folder / "spec-lsp.toml").unlink()
    open_project(folder)
    assert read == []


def test_the_fixes_of_a_finding_from_the_cache_are_those_of_a_fresh_one(folder: Path) -> None:
    def titles(project: Project) -> list[str]:
        desk = Desk(project.workspace, TODAY)
        return [
            f"{each.code}: {fix.title}"
            for path in project.paths
            for each in project.check(path, TODAY)
            for fix in each.fixes(desk)
        ]

    first = titles(open_project(folder))
    assert any(each.startswith("invalid-value: ") for each in first)
    assert titles(open_project(folder)) == first


def test_nothing_is_kept_where_the_user_wants_no_cache(
    folder: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    open_project(folder)
    assert not cache_folder.exists()
    assert cache_of(folder).file is None
