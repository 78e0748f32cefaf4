"""Writing: whole or not at all, inside the folder, and never over what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage.write import RefusedError, create, move, replace_text


def test_a_new_file_gets_the_folders_it_needs(tmp_path: Path) -> None:
    create(tmp_path, "docs/bugs/a.md", "ä\r\n")
    assert (tmp_path / "docs/bugs/a.md").read_bytes() == "ä\r\n".encode()


def test_a_file_in_the_way_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "b.md").write_text("other")
    with pytest.raises(RefusedError, match=r"a\.md exists already; nothing was written"):
        create(tmp_path, "a.md", "new")
    with pytest.raises(RefusedError, match=r"b\.md exists already; nothing was renamed"):
        move(tmp_path, "a.md", "b.md")
    assert (tmp_path / "a.md").read_text() == "old"
    assert (tmp_path / "b.md").read_text() == "other"


@pytest.mark.parametrize("path", ["../a.md", "docs/../../a.md", "/a.md", "link/a.md"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    (folder / "b.md").write_text("b")
    with pytest.raises(RefusedError, match="lies outside of"):
        create(folder, path, "new")
    with pytest.raises(RefusedError, match="lies outside of"):
        replace_text(folder, path, "new")
    with pytest.raises(RefusedError, match="lies outside of"):
        move(folder, "b.md", path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in"]


def test_a_replaced_file_keeps_its_permissions_and_leaves_nothing_behind(tmp_path: Path) -> None:
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
    move(tmp_path, "a.md", "docs/b.md")
    assert (tmp_path / "docs/b.md").read_text() == "text"
    assert not (tmp_path / "a.md").exists()
