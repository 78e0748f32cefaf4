"""Finished documents revoke demands of their template, in a folder that changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.kept_report import keep_findings
from spec_lsp.storage.read import open_folder

_DAY = "2026-03-14"
_TEMPLATE = "templates/note.md"
_CONFIG = """\
builtin = false
templates = ["templates/*.md"]

[[documents]]
paths = ["notes/**"]
template = "templates/note.md"
"""
_WITH = (
    "# Note: Passkeys\n\n**Status**: Final\n\n## Reason\n\nSafer.\n\n## Risks\n\nA lost device.\n"
)
_WITHOUT = _WITH.partition("## Risks")[0]
_MISSING = "missing-section: Section “Risks” is missing"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Twelve finished notes, of which the last four lack a section."""
    template = "# Note: [Title]\n\n**Status**: Draft | Final\n\n## Reason\n\n## Risks\n"
    _write(tmp_path, "spec-lsp.toml", _CONFIG)
    _write(tmp_path, _TEMPLATE, template)
    for number in range(12):
        _write(tmp_path, _note(number), _WITH if number < 8 else _WITHOUT)
    return tmp_path


def test_a_third_is_not_more_than_a_third(notes: Path) -> None:
    folder = open_folder(notes)
    assert _said(folder) == {_note(number): [_MISSING] for number in range(8, 12)}


def test_one_document_more_revokes_the_demand(notes: Path) -> None:
    folder = open_folder(notes)
    affected = folder.edit(parse(_note(0), _WITHOUT))
    assert affected >= {_TEMPLATE, *map(_note, (0, 8, 9, 10, 11))}
    said = "unmet-requirement: 7 of 12 documents have “Risks” (58%); mark it optional?"
    assert _said(folder) == {_TEMPLATE: [said]}


def test_a_key_that_crosses_no_limit_affects_no_other_document(notes: Path) -> None:
    folder = open_folder(notes)
    assert folder.edit(parse(_note(8), _WITHOUT + "Text.\n")) == {_note(8)}


def test_a_document_that_goes_or_becomes_a_draft_counts_no_more(notes: Path) -> None:
    folder = open_folder(notes)
    folder.edit(parse(_note(0), _WITHOUT))
    folder.edit(parse(_note(1), _WITHOUT.replace("Final", "Draft")))
    assert _TEMPLATE in _said(folder)
    folder.remove(_note(0))
    assert _TEMPLATE in _said(folder)
    (notes / _note(11)).unlink()
    folder.refresh([_note(11)])
    assert _said(folder) == {_note(number): [_MISSING] for number in (1, 8, 9, 10)}


def test_edits_lead_to_the_state_of_a_new_start(notes: Path) -> None:
    folder = open_folder(notes)
    for number, text in ((0, _WITHOUT), (1, _WITHOUT), (8, _WITH), (0, _WITH), (2, _WITHOUT)):
        folder.edit(parse(_note(number), text))
        _write(notes, _note(number), text)
        assert _said(folder) == _said(open_folder(notes))
    for number in range(12):
        folder.close(_note(number))
        assert _said(folder) == _said(open_folder(notes))


def test_the_cache_holds_what_is_revoked_later(notes: Path) -> None:
    """The cached findings of closed files are filtered when they are read."""
    keep_findings(open_folder(notes))
    _write(notes, _note(0), _WITHOUT)
    folder = open_folder(notes)
    assert [*_said(folder)] == [_TEMPLATE]
    keep_findings(folder)
    _write(notes, _note(0), _WITH)
    assert _said(open_folder(notes)) == {_note(number): [_MISSING] for number in range(8, 12)}


def test_the_shares_are_settings(notes: Path) -> None:
    _write(notes, "spec-lsp.toml", f"{_CONFIG}\n[evidence]\nmissing = 0.25\n")
    assert [*_said(open_folder(notes))] == [_TEMPLATE]
    _write(notes, "spec-lsp.toml", f"{_CONFIG}\n[evidence]\nmissing = 0.25\ndocuments = 13\n")
    assert [*_said(open_folder(notes))] == [_note(number) for number in range(8, 12)]


def _note(number: int) -> str:
    return f"notes/{number:02}.md"


def _write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def _said(folder: Folder) -> dict[str, list[str]]:
    found = {path: folder.diagnose(path, _DAY).shown for path in folder.paths}
    return {
        path: [f"{e.code}: {e.message}" for e in every] for path, every in found.items() if every
    }
