"""`exists` and `nearby` are cached, because every keystroke calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage.folder import Folder


@pytest.fixture
def opened(tmp_path: Path) -> Folder:
    """A folder that holds nothing yet."""
    return Folder(tmp_path, is_live=True)


def test_answers_are_cached_until_a_change_is_reported(
    opened: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened.texts, "_seconds", 60)
    files = opened.workspace.files
    assert not files.exists("plan.png")
    (tmp_path / "plan.png").touch()
    assert not files.exists("plan.png")
    opened.refresh(["docs/SPEC-001.md"])
    assert files.exists("plan.png")


def test_answers_expire_after_the_given_seconds(
    opened: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened.texts, "_seconds", -1)
    files = opened.workspace.files
    assert not files.exists("plan.png")
    (tmp_path / "plan.png").touch()
    assert files.exists("plan.png")
