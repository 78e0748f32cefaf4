"""The transcripts in this folder show the actual output."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.transcript import Story, stories, tell


@pytest.mark.parametrize(("path", "story"), stories(Path(__file__).parent))
def test_transcript(
    path: Path, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(path, story, tmp_path.resolve() / "project", monkeypatch)
