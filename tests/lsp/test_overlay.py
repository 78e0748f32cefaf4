"""What stands on the disk is asked of at every key, and need not be looked up each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.lsp import overlay
from spec_lsp.lsp.root import Root


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A folder in which nothing stands yet."""
    return Root(tmp_path.as_posix())


def test_an_answer_holds_until_somebody_tells_of_a_change(
    root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlay, "_MOMENT", 60)
    files = root.workspace.files
    assert not files.exists("plan.png")
    (tmp_path / "plan.png").touch()
    assert not files.exists("plan.png")
    root.refresh("docs/SPEC-001.md")
    assert files.exists("plan.png")


def test_and_no_longer_than_a_moment(
    root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlay, "_MOMENT", -1)
    files = root.workspace.files
    assert not files.exists("plan.png")
    (tmp_path / "plan.png").touch()
    assert files.exists("plan.png")
