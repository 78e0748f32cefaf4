"""Reading: the text exactly as it is, or the reason why there is none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.storage.files import Disk, read
from spec_lsp.text import LONGEST

NOBODY = 65534


def test_a_text_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xef\xbb\xbf# A\r\nb\rc\x0c\xe2\x80\xa8d")
    assert read(file).text == "\ufeff# A\r\nb\rc\x0c\u2028d"


@given(st.binary(max_size=60))
def test_reading_never_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("bytes") / "a.md"
    file.write_bytes(data)
    reading = read(file)
    assert (reading.text is None) == bool(reading.reason)
    if reading.text is not None:
        assert reading.text.encode() == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"one\ntwo\nthr\xe9e", "not UTF-8 (byte 0xE9 in line 3)"),
        (b"a\0b", "not a text file (NUL byte)"),
        (b"\xff\xfea\0", "not a text file (NUL byte)"),
    ],
)
def test_a_file_that_is_not_text_is_reported(tmp_path: Path, data: bytes, reason: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    assert read(file).reason == reason


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    assert read(file).reason == ("too large (50.0 MB, limit 4 MB)")


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    assert read(tmp_path / "a.md").reason == "no such file"
    assert read(tmp_path).reason == "not a regular file"
    assert read(tmp_path / "a\0b").reason == "not a valid file name"
    assert read(tmp_path / ("x" * 300)).reason == "its name is too long"


def test_a_file_that_is_deleted_while_it_is_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text("text")

    def vanish(_self: Path) -> bytes:
        file.unlink()
        return file.open("rb").read()

    monkeypatch.setattr(Path, "read_bytes", vanish)
    assert read(file).reason == "no such file"


def test_a_file_that_grows_too_large_while_it_is_read_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text("text")
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"x" * (LONGEST + 1))
    assert "too large" in read(file).reason


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can change the user")
def test_a_file_without_read_permission_is_reported() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.md").write_text("secret")
        (folder / "a.md").chmod(0o600)
        with as_nobody():
            assert read(folder / "a.md").reason == "permission denied"


def test_a_disk_reads_only_files_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "in"
    folder.mkdir()
    (tmp_path / "out.md").write_text("secret")
    (folder / "link.md").symlink_to("../out.md")
    (folder / "a.md").symlink_to("b.md")
    (folder / "b.md").symlink_to("a.md")
    disk = Disk(folder)
    assert disk.read("../out.md").reason == "it points outside the workspace"
    assert disk.read("link.md").reason == "it points outside the workspace"
    assert disk.read("a.md").reason == "its symbolic links form a cycle"
    assert list(disk.nearby("..")) == []
    assert disk.exists("../out.md")


def test_unsaved_texts_come_first(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    disk = Disk(tmp_path.resolve(), {"a.md": "new", "b.md": "only here"})
    assert disk.text("a.md") == "new"
    assert disk.exists("b.md")
    assert disk.text("c.md") is None


@contextmanager
def as_nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
