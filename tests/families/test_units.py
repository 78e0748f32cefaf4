"""IDs of a unit: the folder of one feature is one space of numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.features.completion.complete import complete
from spec_lsp.features.navigate.call_hierarchy import incoming, outgoing
from spec_lsp.features.navigate.definition import definitions
from spec_lsp.features.navigate.graph import graph
from spec_lsp.features.navigate.implementation import implementations
from spec_lsp.features.navigate.references import references
from spec_lsp.features.rename.rename import rename
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.steps import finish, flat
from spec_lsp.markdown.parse import parse
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder

_FILES = {
    ".specify/memory/constitution.md": "# Constitution\n",
    "specs/001-lend/spec.md": "# Feature Specification: Lend\n\n- **FR-001**: Lend.\n",
    "specs/001-lend/tasks.md": "# Tasks: Lend\n\n- [ ] T001 Lend (FR-001)\n",
    "specs/002-mend/spec.md": "# Feature Specification: Mend\n\n- **FR-001**: Mend.\n",
    "specs/002-mend/tasks.md": "# Tasks: Mend\n\n- [ ] T001 Mend (FR-001)\n- [ ] T002 FR-\n",
}
_SPEC, _TASKS = "specs/001-lend/spec.md", "specs/001-lend/tasks.md"


_MAIN = "openspec/specs/loans/spec.md"
_DELTA = "openspec/changes/note/specs/loans/spec.md"
_TITLED = "### Requirement: Record a loan\n\nIt SHALL.\n\n#### Scenario: A\n\n- **WHEN** x\n"
_CHANGE = {
    "openspec/config.yaml": "schema: spec-driven\n",
    _MAIN: f"# loans\n\n## Purpose\n\nLoans.\n\n## Requirements\n\n{_TITLED}",
    _DELTA: f"## MODIFIED Requirements\n\n{_TITLED}",
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return _grown(tmp_path, _FILES)


def test_a_mention_leads_to_the_definition_in_its_unit(folder: Folder) -> None:
    assert [each.path for each in definitions(_place(folder, _TASKS, "FR-001"))] == [_SPEC]


def test_references_stay_in_the_unit(folder: Folder) -> None:
    found = flat(references(_place(folder, _SPEC, "FR-001"), declaration=True))
    assert {each.path for each in found} == {_SPEC, _TASKS}


def test_a_rename_stays_in_the_unit(folder: Folder) -> None:
    changed = finish(rename(_place(folder, _SPEC, "FR-001"), "FR-007"))
    assert changed.edits.keys() == {_SPEC, _TASKS}


def test_the_ids_of_the_unit_are_offered(folder: Folder) -> None:
    place = _place(folder, "specs/002-mend/tasks.md", "FR-\n", after=3)
    found = complete(place, snippets=False)
    labels = [(each.label, each.description) for each in found.items]
    assert labels == [("FR-001", "Mend.")]


def test_an_edit_affects_its_unit_only(folder: Folder) -> None:
    text = _FILES[_SPEC].replace("FR-001", "FR-002")
    affected = folder.edit(parse(_SPEC, text))
    assert affected == {_SPEC, _TASKS}
    (problem,) = folder.diagnose(_TASKS, "2026-03-14").shown
    assert problem.message == "FR-001 is not defined here"
    assert not folder.diagnose("specs/002-mend/tasks.md", "2026-03-14").shown


def test_only_the_kind_that_the_family_names_defines_an_id(folder: Folder) -> None:
    folder.edit(parse(_TASKS, "# Tasks: Lend\n\n- [ ] T001 Lend\n- **FR-001**: Lend again.\n"))
    codes = [each.code for each in folder.diagnose(_SPEC, "2026-03-14").shown]
    assert "duplicate-id" not in codes


def test_a_name_before_an_id_means_another_unit(folder: Folder) -> None:
    path = "specs/002-mend/plan.md"
    folder.edit(parse(path, "# Plan\n\nAs in 001-lend/FR-001, 001/FR-009 and 24/FR-001.\n"))
    assert [each.path for each in definitions(_place(folder, path, "FR-001"))] == [_SPEC]
    messages = [each.message for each in folder.diagnose(path, "2026-03-14").shown]
    assert "FR-009 is not defined in 001" in messages
    assert not any("FR-001" in each for each in messages)
    assert path in {
        each.path for each in flat(references(_place(folder, _SPEC, "FR-001"), declaration=True))
    }
    changed = finish(rename(_place(folder, _SPEC, "FR-001"), "FR-007"))
    assert changed.edits.keys() == {_SPEC, _TASKS, path}
    assert path in folder.edit(parse(_SPEC, _FILES[_SPEC].replace("FR-001", "FR-009")))


def test_tasks_carry_out_the_plan_else_the_spec(folder: Folder) -> None:
    plan = "specs/001-lend/plan.md"
    title = _place(folder, _SPEC, "Lend")
    assert [each.path for each in flat(implementations(title))] == [_TASKS]
    assert [each.path for each in outgoing(folder.workspace, _TASKS)] == [_SPEC]
    assert _TASKS in folder.edit(parse(plan, "# Implementation Plan: Lend\n"))
    assert [each.path for each in flat(implementations(_place(folder, _SPEC, "Lend")))] == [plan]
    assert [each.path for each in flat(incoming(folder.workspace, plan))] == [_TASKS]
    assert [each.path for each in outgoing(folder.workspace, _TASKS)] == [plan]
    edges = graph(folder.workspace).edges
    assert ("specs/001-lend/tasks.md", plan) in {(e.source, e.target) for e in edges}


def test_what_carries_out_a_draft_cannot_be_final(folder: Folder) -> None:
    draft = _FILES[_SPEC].replace("- **FR", "**Status**: Draft\n\n- **FR")
    folder.edit(parse(_SPEC, draft))
    folder.edit(parse(_TASKS, "# Tasks: Lend\n\n**Status**: Done\n\n- [x] T001 Lend (FR-001)\n"))
    problems = [each.message for each in folder.diagnose(_TASKS, "2026-03-14").shown]
    assert "This document is Done, but Lend is still Draft" in problems


def test_a_title_leads_to_the_requirement_that_a_change_changes(tmp_path: Path) -> None:
    folder = _grown(tmp_path, _CHANGE)
    place = _place(folder, _DELTA, "Record a loan")
    assert [each.path for each in definitions(place)] == [_MAIN]
    assert {each.path for each in flat(references(place, declaration=True))} == {_MAIN, _DELTA}


def test_a_new_title_affects_the_changes_that_use_it(tmp_path: Path) -> None:
    folder = _grown(tmp_path, _CHANGE)
    affected = folder.edit(parse(_MAIN, _CHANGE[_MAIN].replace("Record a loan", "Note a loan")))
    assert affected == {_MAIN, _DELTA}
    (problem,) = folder.diagnose(_DELTA, "2026-03-14").shown
    assert problem.message == "Requirement: Record a loan is not defined in loans"


def _grown(root: Path, files: dict[str, str]) -> Folder:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return open_folder(root)


def _place(folder: Folder, path: str, text: str, after: int = 0) -> Place:
    document, entry = folder.texts.document(path), folder.workspace.entry(path)
    assert document
    assert entry
    binding = folder.binding(document)
    page = Page(folder.workspace, document, binding, entry, folder.texts.document)
    return Place(page, document.text.index(text) + after)
