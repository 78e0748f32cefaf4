"""Writing: atomically, inside the folder, and never over an unread text."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from spec_lsp.storage import write
from spec_lsp.storage.write import RefusedError, create, replace_text, save


def test_a_new_file_gets_the_folders_it_needs(tmp_path: Path) -> None:
    create(tmp_path, "docs/bugs/a.md", "ä\r\n")
    assert (tmp_path / "docs/bugs/a.md").read_bytes() == "ä\r\n".encode()


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "b.md").write_text("other")
    with pytest.raises(RefusedError, match=r"a\.md already exists; nothing was written"):
        create(tmp_path, "a.md", "new")
    with pytest.raises(RefusedError, match=r"b\.md already exists; nothing was renamed"):
        save(tmp_path, {}, [("a.md", "b.md")])
    assert (tmp_path / "a.md").read_text() == "old"
    assert (tmp_path / "b.md").read_text() == "other"


@pytest.mark.parametrize("path", ["../a.md", "docs/../../a.md", "/a.md", "link/a.md"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    (folder / "b.md").write_text("b")
    with pytest.raises(RefusedError, match="is outside"):
        create(folder, path, "new")
    with pytest.raises(RefusedError, match="is outside"):
        replace_text(folder, path, "new")
    with pytest.raises(RefusedError, match="is outside"):
        save(folder, {}, [("b.md", path)])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in"]


def test_a_replaced_file_keeps_its_permissions_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    file.chmod(0o640)
    replace_text(tmp_path, "a.md", "new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_write_that_fails_leaves_the_old_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("old")

    def fail(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(RefusedError, match=r"a\.md was not written: the disk is full"):
        replace_text(tmp_path, "a.md", "new")
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]
    assert (tmp_path / "a.md").read_text() == "old"


def test_a_link_inside_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "b.md").symlink_to("a.md")
    replace_text(tmp_path, "b.md", "new")
    assert (tmp_path / "b.md").is_symlink()
    assert (tmp_path / "a.md").read_text() == "new"


def test_a_file_moves(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    save(tmp_path, {}, [("a.md", "docs/b.md")])
    assert (tmp_path / "docs/b.md").read_text() == "text"
    assert not (tmp_path / "a.md").exists()


def test_texts_are_named_by_the_paths_that_files_have_before_they_are_renamed(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.md").write_text("old")
    save(tmp_path, {"a.md": ("old", "new")}, [("a.md", "b.md"), ("b.md", "c.md")])
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("c.md", "new")]


def test_nothing_is_written_if_one_of_several_files_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    with pytest.raises(RefusedError, match=r"b\.md was not written: no such file"):
        save(tmp_path, {"a.md": ("old", "new"), "b.md": ("old", "new"), "c/d.md": (None, "new")})
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.md", "old")]


def test_a_link_is_renamed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    (tmp_path / "b.md").symlink_to("a.md")
    save(tmp_path, {}, [("b.md", "c.md")])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.md", "c.md"]
    assert (tmp_path / "c.md").is_symlink()


def test_a_broken_link_is_not_replaced_by_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("b.md")
    with pytest.raises(RefusedError, match=r"a\.md already exists"):
        create(tmp_path, "a.md", "new")
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows renames without links")
@pytest.mark.parametrize(
    "error", [OSError(errno.EPERM, "Operation not permitted"), NotImplementedError()]
)
def test_a_file_system_without_hard_links_is_as_safe(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise error

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    create(tmp_path, "a.md", "a")
    save(tmp_path, {}, [("a.md", "b.md")])
    monkeypatch.setattr(write, "_check", lambda *_: None)  # The file was created after the check.
    with pytest.raises(RefusedError, match=r"b\.md already exists"):
        create(tmp_path, "b.md", "new")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("b.md", "a")]
