"""The transcripts in this folder show the actual output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.transcript import (
    ENVIRONMENT,
    UPDATE,
    Story,
    agrees,
    lay_out,
    perform,
    read_stories,
    update,
)

STORIES = [
    pytest.param(path, story, id=f"{path.stem}: {story.title}")
    for path in sorted(Path(__file__).parent.glob("*.md"))
    for story in read_stories(path)
]


@pytest.mark.parametrize(("path", "story"), STORIES)
def test_transcript(
    path: Path, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FORCE_COLOR", *(name for name in os.environ if name.startswith("GIT_"))):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path.resolve() / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    lay_out(story, folder)
    said = [perform(step, folder) for step in story.steps]
    if UPDATE:
        update(path, story, said)
        return
    for step, text in zip(story.steps, said, strict=True):
        if not agrees(step.output, text):
            assert f"$ {step.command}\n{text}" == f"$ {step.command}\n{step.output}"
