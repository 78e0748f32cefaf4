"""A second start reads what has changed, and says the same as a first one, whatever the cache."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from spec_lsp.rules.model import Desk
from spec_lsp.storage import cache
from spec_lsp.storage.cache import VARIABLE, cache_of
from spec_lsp.storage.digest import digest
from spec_lsp.storage.project import Project, open_project

TODAY = "2026-11-21"

SPEC = """\
# Technical Specification: Log in

**ID**: SPEC-001
**Date**: 2026-11-02
**Status**: Aproved
**Type**: Feature

## Summary

People log in with a key, see BUG-001 and [the other](SPEC-002.md#sumary).
"""

OTHER = """\
# Technical Specification: Log out

**ID**: SPEC-002
**Date**: 2026-11-03
**Status**: Draft
**Type**: Feature

## Summary

The way back of SPEC-001. <!-- spec-lsp: ignore dangling-id --> SPEC-009
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents that were written a while ago."""
    folder = (tmp_path / "project").resolve()
    _write(folder / "docs/SPEC-001.md", SPEC)
    _write(folder / "docs/SPEC-002.md", OTHER)
    return folder


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are read anew."""
    found: list[str] = []

    def noted(document, *rest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        found.append(document.path)
        return digest(document, *rest)

    monkeypatch.setattr("spec_lsp.storage.gather.digest", noted)
    return found


def test_a_second_start_reads_nothing_anew(folder: Path, read: list[str]) -> None:
    first = _told(open_project(folder))
    assert read == ["docs/SPEC-001.md", "docs/SPEC-002.md"]
    read.clear()
    assert _told(open_project(folder)) == first
    assert read == []
    assert "docs/SPEC-001.md invalid-value Aproved" in "\n".join(first)


def test_what_changed_appeared_and_went_is_noticed(folder: Path, read: list[str]) -> None:
    open_project(folder)
    read.clear()
    _write(folder / "docs/SPEC-001.md", SPEC.replace("Aproved", "Approved"))
    _write(folder / "docs/SPEC-003.md", OTHER.replace("SPEC-002", "SPEC-003"))
    (folder / "docs/SPEC-002.md").unlink()
    warm = _told(open_project(folder))
    assert sorted(read) == ["docs/SPEC-001.md", "docs/SPEC-003.md"]
    assert warm == _cold(folder)


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


def test_a_file_that_has_changed_just_now_is_not_kept(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What was written within a minute counts as now; a date in the future says nothing.
    monkeypatch.setattr(cache, "_TICK", 60_000_000_000)
    later = time.time() + 86_400
    os.utime(folder / "docs/SPEC-001.md", (later, later))
    open_project(folder)
    read.clear()
    open_project(folder)
    assert read == ["docs/SPEC-001.md", "docs/SPEC-002.md"]


@pytest.mark.parametrize("changed", ["template", "configuration"])
def test_other_settings_are_another_cache(folder: Path, read: list[str], changed: str) -> None:
    open_project(folder)
    read.clear()
    if changed == "template":
        _write(folder / ".spec-lsp/templates/note.md", "# Note: [Title]\n\n## Why\n\n[Reason]\n")
    else:
        _write(folder / "spec-lsp.toml", 'lifecycle = { final = ["Signed"] }\n')
    warm = _told(open_project(folder))
    assert len(read) == 2
    assert warm == _cold(folder)


def test_a_name_that_is_no_text_costs_the_others_nothing(folder: Path, read: list[str]) -> None:
    try:
        _write(folder / "docs" / os.fsdecode(b"caf\xe9.md"), OTHER)
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
    _told(project)
    project.remember()
    read.clear()
    _write(folder / "spec-lsp.toml", settings)
    warm = _levels(open_project(folder))
    assert read == []
    assert warm == _cold(folder, _levels)
    read.clear()
    (folder / "spec-lsp.toml").unlink()
    open_project(folder)
    assert read == []


def _garbage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 1000)


def _half(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def _holes(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(4096, len(data), 97):
        data[at] ^= 0x5A
    file.write_bytes(bytes(data))


def _other_tables(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("drop table files")
        connection.execute("create table files (something text)")


def _wrong_digest(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("update files set digest = ?", (b"\xff" * 100,))


def _wrong_shape(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        for path, data in connection.execute("select path, digest from files").fetchall():
            other = data.replace(b"Draft", b"Graft")
            connection.execute("update files set digest = ? where path = ?", (other, path))


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE = [_garbage, _half, _holes, _other_tables, _wrong_digest, _wrong_shape, _folder]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_is_as_good_as_none(folder: Path, damage: Callable[[Path], None]) -> None:
    open_project(folder)
    file = cache_of(folder).file
    assert file
    for tail in ("-wal", "-shm"):
        file.with_name(file.name + tail).unlink(missing_ok=True)
    damage(file)
    expected = _cold(folder)
    assert _told(open_project(folder)) == expected
    assert _told(open_project(folder)) == expected


def test_a_cache_that_nobody_may_write_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "below"))
    assert _told(open_project(folder)) == _cold(folder)


def test_a_cache_that_somebody_else_holds_is_done_without(folder: Path) -> None:
    open_project(folder)
    file = cache_of(folder).file
    assert file
    _write(folder / "docs/SPEC-001.md", SPEC.replace("Aproved", "Approved"))
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("begin exclusive")
        assert _told(open_project(folder)) == _cold(folder)
        other.execute("rollback")


def test_on_a_full_disk_nothing_is_kept_and_nothing_fails(
    folder: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def small(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("pragma max_page_count = 3")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    assert _told(open_project(folder)) == _cold(folder)
    assert cache_folder.exists()


def test_two_at_once_do_not_disturb_each_other(folder: Path) -> None:
    for number in range(3, 60):
        _write(folder / f"docs/SPEC-{number:03}.md", OTHER.replace("SPEC-002", f"SPEC-{number:03}"))
    command = [sys.executable, "-m", "spec_lsp", "check", "--format", "json"]
    runs = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    outputs = [run.communicate()[0] for run in runs]
    assert outputs[0] == outputs[1] == outputs[2]
    assert b"invalid-value" in outputs[0]


def test_being_killed_while_writing_leaves_a_cache_that_is_right(folder: Path) -> None:
    for number in range(3, 120):
        _write(folder / f"docs/SPEC-{number:03}.md", OTHER.replace("SPEC-002", f"SPEC-{number:03}"))
    file = cache_of(folder).file
    assert file
    script = (
        "import sys; from pathlib import Path; from spec_lsp.storage.project import open_project\n"
        "while True: open_project(Path(sys.argv[1])); Path(sys.argv[2]).unlink(missing_ok=True)"
    )
    for pause in (0.01, 0.05, 0.2):
        run = subprocess.Popen([sys.executable, "-c", script, str(folder), str(file)])
        until = time.monotonic() + 30
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(pause)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert _told(open_project(folder)) == _cold(folder)


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


def test_caches_of_folders_that_nobody_opens_any_more_are_removed(
    folder: Path, cache_folder: Path
) -> None:
    old = cache_folder / "0000-1-3.11.sqlite"
    _write(old, "old")
    os.utime(old, (0, 0))
    open_project(folder)
    assert not old.exists()


def test_nothing_is_kept_where_the_user_wants_no_cache(
    folder: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    open_project(folder)
    assert not cache_folder.exists()
    assert cache_of(folder).file is None


def _told(project: Project) -> list[str]:
    """Everything a project says, with the text it says it of."""
    return [
        f"{path} {each.code} {each.span.of(project.disk.text(path) or '')}: {each.message}"
        for path in project.paths
        for each in project.check(path, TODAY)
    ]


def _levels(project: Project) -> list[str]:
    """The same with levels."""
    return [
        f"{path} {each.level} {each.code}: {each.message}"
        for path in project.paths
        for each in project.check(path, TODAY)
    ]


def _cold(folder: Path, tell: Callable[[Project], list[str]] = _told) -> list[str]:
    """What is said of an equal folder that nobody has opened before."""
    other = folder.with_name("cold")
    shutil.copytree(folder, other, dirs_exist_ok=False)
    try:
        return tell(open_project(other))
    finally:
        shutil.rmtree(other)


def _write(file: Path, text: str) -> None:
    """A file that was written long enough ago for its stamp to be trusted."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    time.sleep(0.025)
