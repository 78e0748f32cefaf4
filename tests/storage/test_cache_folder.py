"""The cache uses only files of its own, in a folder where no other user can write."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from spec_lsp.storage.cache import VARIABLE, cache_of
from spec_lsp.storage.project import open_project
from tests.storage.cached import cold, told, write

pytestmark = pytest.mark.usefixtures("cache_folder")
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no owners and modes in `stat`")


def _database(folder: Path) -> Path:
    file = cache_of(folder).file
    assert file
    return file


def _foreign(file: Path) -> Path:
    """A database of another program, which was not used for years."""
    file.parent.mkdir(exist_ok=True)
    with sqlite3.connect(file) as connection:
        connection.execute("create table photos (name text)")
    os.utime(file, (0, 0))
    return file


def test_databases_of_others_in_a_shared_folder_are_left_alone(
    folder: Path, cache_folder: Path
) -> None:
    names = ["history.sqlite", "photos.sqlite-wal", "0123456789abcdef0123-3-3.11.sqlite"]
    others = [_foreign(cache_folder / name) for name in names]
    open_project(folder)
    assert [file for file in others if not file.exists()] == []


def test_only_unused_databases_of_our_own_are_removed(folder: Path, cache_folder: Path) -> None:
    open_project(folder)
    ours = cache_folder / "spec-lsp"
    other = shutil.copytree(folder, folder.with_name("other"))
    unused = _database(folder)
    os.utime(unused, (0, 0))
    kept = [
        _foreign(ours / "0123456789abcdef0123-3-3.11.sqlite"),
        _foreign(ours / "photos.sqlite"),
    ]
    kept[0].chmod(0o600)
    open_project(other)
    assert not unused.exists()
    assert _database(other).exists()
    assert all(file.exists() for file in kept)


def test_a_file_of_our_name_that_is_not_ours_is_left_alone(
    folder: Path, read: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    open_project(folder)
    file = _database(folder)
    for make in (_foreign, lambda file: file.write_text("my notes\n" * 100)):
        file.unlink()
        make(file)
        file.chmod(0o600)
        before = file.read_bytes()
        read.clear()
        assert told(open_project(folder)) == cold(folder)
        assert file.read_bytes() == before
        assert "docs/SPEC-001.md" in read
    assert caplog.text.count("is not a cache of spec-lsp") == 1


def test_the_folder_is_marked_as_a_cache(folder: Path, cache_folder: Path) -> None:
    open_project(folder)
    tag = (cache_folder / "spec-lsp/CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_a_folder_with_other_files_is_neither_marked_nor_used(
    folder: Path, cache_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder called spec-lsp may also be a clone of this repository."""
    write(cache_folder / "spec-lsp/README.md", "# Sources\n")
    assert told(open_project(folder)) == cold(folder)
    assert [file.name for file in (cache_folder / "spec-lsp").iterdir()] == ["README.md"]
    assert caplog.text.count("holds files of other programs") == 1


@posix
def test_what_is_kept_is_private(folder: Path, cache_folder: Path) -> None:
    before = os.umask(0)
    try:
        open_project(folder)
    finally:
        os.umask(before)
    modes = {
        file.name.rpartition(".")[2]: stat.S_IMODE(file.stat().st_mode)
        for file in (cache_folder / "spec-lsp").iterdir()
    }
    assert modes == {"sqlite": 0o600, "key": 0o400, "TAG": 0o400}
    assert stat.S_IMODE((cache_folder / "spec-lsp").stat().st_mode) == 0o700


def _open_to_others(folder: Path) -> None:
    folder.chmod(0o770)


def _a_link(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))


def _of_another_user(folder: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give a folder to another user")
    os.chown(folder, 12345, -1)


def _key_for_all(folder: Path) -> None:
    (folder / "key").chmod(0o444)


def _key_from_a_clone(folder: Path) -> None:
    """Git makes files that their owner can write, whatever the umask."""
    (folder / "key").chmod(0o600)


def _key_is_a_link(folder: Path) -> None:
    (folder / "key").rename(folder.with_name("elsewhere"))
    (folder / "key").symlink_to(folder.with_name("elsewhere"))


def _key_is_a_pipe(folder: Path) -> None:
    (folder / "key").unlink()
    os.mkfifo(folder / "key", 0o400)


def _database_for_all(folder: Path) -> None:
    next(folder.glob("*.sqlite")).chmod(0o644)


def _database_is_a_link(folder: Path) -> None:
    file = next(folder.glob("*.sqlite"))
    file.rename(folder.with_name("elsewhere"))
    file.symlink_to(folder.with_name("elsewhere"))


@posix
@pytest.mark.parametrize(
    "change",
    [
        _open_to_others,
        _a_link,
        _of_another_user,
        _key_for_all,
        _key_from_a_clone,
        _key_is_a_link,
        _key_is_a_pipe,
        _database_for_all,
        _database_is_a_link,
    ],
)
def test_what_others_could_have_written_is_not_used_which_is_said_once(
    folder: Path,
    cache_folder: Path,
    read: list[str],
    caplog: pytest.LogCaptureFixture,
    change: Callable[[Path], None],
) -> None:
    open_project(folder)
    change(cache_folder / "spec-lsp")
    for _ in range(2):
        read.clear()
        open_project(folder)
        assert read == ["docs/SPEC-001.md", "docs/SPEC-002.md"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_rows_that_another_key_signed_are_not_read(
    folder: Path, cache_folder: Path, read: list[str]
) -> None:
    open_project(folder)
    key = cache_folder / "spec-lsp/key"
    for damaged in (os.urandom(32), b"short"):
        key.unlink()
        key.write_bytes(damaged)
        key.chmod(0o400)
        read.clear()
        open_project(folder)
        assert len(read) == 2
        read.clear()
        open_project(folder)
        assert read == []


@pytest.mark.parametrize("column", ["path", "born", "mark", "digest", "size", "seal"])
def test_a_changed_row_is_not_read(folder: Path, read: list[str], column: str) -> None:
    open_project(folder)
    read.clear()
    with sqlite3.connect(_database(folder)) as connection:
        connection.execute(f"update files set {column} = x'00' where path like '%1.md'")  # noqa: S608
    assert told(open_project(folder)) == cold(folder)
    assert "docs/SPEC-001.md" in read


def test_a_database_without_tables_is_filled(folder: Path, read: list[str]) -> None:
    """A process was killed right after it had created the file."""
    open_project(folder)
    with sqlite3.connect(_database(folder)) as connection:
        connection.execute("drop table files")
    open_project(folder)
    read.clear()
    open_project(folder)
    assert read == []


@pytest.mark.parametrize("variable", [VARIABLE, "XDG_CACHE_HOME"])
def test_a_relative_folder_is_ignored_with_a_word(
    folder: Path, tmp_path: Path, variable: str
) -> None:
    if os.name == "nt" and variable != VARIABLE:
        pytest.skip("Windows has no XDG_CACHE_HOME")
    home = tmp_path / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "LOCALAPPDATA": str(home)}
    environment = {k: v for k, v in environment.items() if k not in (VARIABLE, "XDG_CACHE_HOME")}
    run = subprocess.run(
        [sys.executable, "-m", "spec_lsp", "check"],
        cwd=folder,
        env={**environment, variable: "kept/here"},
        capture_output=True,
        text=True,
        check=False,
    )
    word = f"cache: {variable} is ignored: 'kept/here' is not an absolute path\n"
    assert run.stderr == word
    assert not (folder / "kept").exists()
    assert list(home.rglob("CACHEDIR.TAG"))
