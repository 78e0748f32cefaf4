"""A cache that is damaged, held, full or half written is as good as none, and never wrong."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from spec_lsp.storage.cache import UNSURE, VARIABLE, Row, cache_of
from spec_lsp.storage.project import open_project
from tests.storage import flipped, killed
from tests.storage.cached import OTHER, SPEC, cold, told, write

pytestmark = pytest.mark.usefixtures("cache_folder")


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
    expected = cold(folder)
    assert told(open_project(folder)) == expected
    assert told(open_project(folder)) == expected


def test_a_cache_that_nobody_may_write_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "below"))
    assert told(open_project(folder)) == cold(folder)


def test_a_cache_that_somebody_else_holds_is_done_without(folder: Path) -> None:
    open_project(folder)
    file = cache_of(folder).file
    assert file
    write(folder / "docs/SPEC-001.md", SPEC.replace("Aproved", "Approved"))
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("begin exclusive")
        assert told(open_project(folder)) == cold(folder)
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
    assert told(open_project(folder)) == cold(folder)
    assert cache_folder.exists()


def test_two_at_once_do_not_disturb_each_other(folder: Path) -> None:
    for number in range(3, 60):
        write(folder / f"docs/SPEC-{number:03}.md", OTHER.replace("SPEC-002", f"SPEC-{number:03}"))
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
        write(folder / f"docs/SPEC-{number:03}.md", OTHER.replace("SPEC-002", f"SPEC-{number:03}"))
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
        assert told(open_project(folder)) == cold(folder)


def test_a_flipped_bit_changes_no_report(tmp_path: Path) -> None:
    """`python -m tests.storage.flipped` flips more of them."""
    assert list(flipped.wrong_reports(tmp_path, count=12, seed=1)) == []


@pytest.mark.skipif(not killed.can_trace(), reason="there is no `strace`, or it may not trace")
def test_being_killed_at_any_write_leaves_a_cache_that_is_right(tmp_path: Path) -> None:
    """`python -m tests.storage.killed` tries every write."""
    found = dict(killed.kills(tmp_path, step=24, calls=["pwrite64", "?unlink"]))
    assert len(found) > 4
    assert [name for name, is_right in found.items() if not is_right] == []


def test_rows_are_read_a_few_at_a_time_whatever_lies_between_them(folder: Path) -> None:
    """As when most of what the cache knows is on another branch."""
    cache = cache_of(folder)
    row = Row(UNSURE, "", b"mark", b"digest" * 2_000)
    cache.keep("signed", ((f"{number:04}.md", row) for number in range(1_000)), ())
    tracemalloc.start()
    found = cache.rows("signed", ["0000.md", "0999.md"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == {"0000.md": row, "0999.md": row}
    assert peak < 1_000_000
