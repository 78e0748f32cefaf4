"""The state of documents that files of the tool tell: boxes, tables, files beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage.discover import filter_of, load
from spec_lsp.storage.read import open_folder
from tests.storage.trees import grow

_TRACKS = "conductor/tracks.md"
_LOANS = "conductor/tracks/loans_20260201/plan.md"
_SPRINT = "_bmad-output/implementation-artifacts/sprint-status.yaml"
_STORY = "_bmad-output/implementation-artifacts/1-1-borrow.md"
_PLAN = ".planning/phases/01-loans/01-01-PLAN.md"


_PACKAGE = "kitty-specs/001-loans/tasks/WP01-table.md"
_LANES = "kitty-specs/001-loans/status.json"

_TREE = {
    "_bmad/bmm/config.yaml": "",
    ".planning/config.json": "{}",
    _TRACKS: "# Tracks\n",
    _PLAN: "# A\n",
    _LOANS: "# A\n",
    _STORY: "# A\n",
    _PACKAGE: "# A\n",
}
_SUMMARY = ".planning/phases/01-loans/01-01-SUMMARY.md"


@pytest.mark.parametrize(
    ("teller", "text", "path", "told"),
    [
        (_TRACKS, "- [x] **A**\n  [a](./tracks/loans_20260201/)\n", _LOANS, "final"),
        (_TRACKS, "## [~] A\n*Link: [a](tracks/loans_20260201)*\n", _LOANS, "active"),
        (_TRACKS, "- [x] B\n- [ ] A [a](tracks/loans_20260201/)\n", _LOANS, ""),
        (_SPRINT, "a: b\ndevelopment_status:\n  1-1-borrow: done\n", _STORY, "final"),
        (_SPRINT, "development_status:\n\n  # c\n  1-1-borrow: review # d\n", _STORY, "active"),
        (_SPRINT, "development_status:\nx: y\n  1-1-borrow: done\n", _STORY, ""),
        (_SPRINT, "development_status: done\n1-1-borrow: done\n", _STORY, ""),
        (_LANES, '{"work_packages": {"WP01": {"lane": "done"}}}', _PACKAGE, "final"),
        (_LANES, '{"work_packages": {"WP01": {"lane": "in_progress"}}}', _PACKAGE, "active"),
        (_LANES, '{"work_packages": {"WP02": {"lane": "done"}}}', _PACKAGE, ""),
        (_LANES, '{"work_packages": ["WP01"], "WP01": {"lane": "done"}}', _PACKAGE, ""),
        (_LANES, '{"work_packages": {"WP01": {"lane": 1}}', _PACKAGE, ""),
        (_SUMMARY, "# Done\n", _PLAN, "final"),
        (_SUMMARY.replace("01-01", "01-02"), "# Done\n", _PLAN, ""),
    ],
)
def test_a_file_tells_the_state(
    tmp_path: Path, teller: str, text: str, path: str, told: str
) -> None:
    grow(tmp_path, {**_TREE, teller: text})
    entry = open_folder(tmp_path).workspace.index.entries[path]
    assert entry.stage == told


def test_the_own_word_of_a_document_comes_first(tmp_path: Path) -> None:
    told = "development_status:\n  1-1-borrow: done\n"
    grow(tmp_path, {"_bmad/bmm/config.yaml": "", _SPRINT: told, _STORY: "# A\n\nStatus: review\n"})
    entry = open_folder(tmp_path).workspace.index.entries[_STORY]
    assert (entry.status, entry.stage) == ("review", "active")


@pytest.mark.parametrize(
    ("teller", "text"),
    [
        (_SPRINT, "development_status:\n  1-1-borrow: done\n"),
        (_SUMMARY, "# Done\n"),
        (_LANES, '{"work_packages": {"WP01": {"lane": "done"}}}'),
        (_TRACKS, "- [x] A [a](./tracks/loans_20260201/)\n"),
    ],
)
def test_a_change_is_noticed(tmp_path: Path, teller: str, text: str) -> None:
    grow(tmp_path, _TREE)
    files = filter_of(tmp_path, load(tmp_path))
    assert not files.shows_family([teller])
    grow(tmp_path, {teller: text})
    assert files.shows_family([teller])
