"""What a tool's own configuration says of folders and values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spec_lsp.storage.discover import filter_of, load
from spec_lsp.workspace.families.kinds import base_of
from tests.storage.trees import grow

_STORY = "# Story 1.1: Borrow\n\n## Story\n\nAs a reader, I borrow.\n"


def _placed(folder: Path, path: str) -> str:
    placed = load(folder).settings.families.place(path)
    return placed.kind.name if placed else ""


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("implementation_artifacts: docs/work", "docs/work/1-1-a.md"),
        ('implementation_artifacts: "{project-root}/docs/work/"', "docs/work/1-1-a.md"),
        ("---\n# Made by a tool\nuser: x\nimplementation_artifacts: work\n", "work/1-1-a.md"),
        ("implementation_artifacts: ../outside", "_bmad-output/implementation-artifacts/1-1-a.md"),
        ("implementation_artifacts: a*{b", "_bmad-output/implementation-artifacts/1-1-a.md"),
        ("implementation_artifacts:", "_bmad-output/implementation-artifacts/1-1-a.md"),
        ("a: [", "_bmad-output/implementation-artifacts/1-1-a.md"),
        (f"implementation_artifacts: w\n#{'x' * 300_000}", "_bmad-output/a/1-1-a.md"),
    ],
)
def test_a_folder_is_read_or_the_usual_one_counts(tmp_path: Path, said: str, path: str) -> None:
    grow(tmp_path, {"_bmad/bmm/config.yaml": said})
    assert _placed(tmp_path, path) == "story"
    assert _placed(tmp_path, "other/1-1-a.md") == ""


def test_another_folder_is_noticed(tmp_path: Path) -> None:
    config = "_bmad/bmm/config.yaml"
    grow(tmp_path, {config: "implementation_artifacts: a\n", "b/1-1-x.md": _STORY})
    loaded = load(tmp_path)
    files = filter_of(tmp_path, loaded)
    assert not files.shows_family([config])
    grow(tmp_path, {config: "implementation_artifacts: b\n"})
    assert files.shows_family([config])


def test_workers_know_the_same(tmp_path: Path) -> None:
    statuses = json.dumps(["Idea", "Shipped"])
    grow(tmp_path, {"backlog/config.yml": f"statuses: {statuses}\n"})
    (base,) = load(tmp_path).settings.families.bases
    again = base_of(base.texts)
    assert again.facts == base.facts == (("status", "Idea"), ("status", "Shipped"))
    field = again.templates["task"].field("status")
    assert field
    assert field.values == ("Idea", "Shipped")
