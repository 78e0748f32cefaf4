"""The transcripts here and in `docs/first-screens` show what families tell of small trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.transcript import Story, stories, tell

SCREENS = Path(__file__).parents[2] / "docs/first-screens"


@pytest.mark.parametrize(("path", "story"), [*stories(Path(__file__).parent), *stories(SCREENS)])
def test_family(path: Path, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(path, story, tmp_path.resolve() / "project", monkeypatch)
