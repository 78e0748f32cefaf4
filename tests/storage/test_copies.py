"""A team's own copies of the built-in templates work as well as these, under any file name."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.features.shared.new_document import DocumentRequest, new_file
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder
from spec_lsp.template.builtin import texts
from tests.storage.trees import grow

KINDS = ("bug-fix", "fix-plan", "technical-analysis", "feature", "technical")
NATURAL = ("bug-fix-spec", "fix-plan", "technical-spec", "feature-spec", "spec")
NUMBERED = tuple(f"{number:03}_{number}4a08b05f1c{number}e" for number in range(5))
NAMES = {
    "natural": tuple(f"{name}.md" for name in NATURAL),
    "numbered": tuple(f"{name}.md" for name in NUMBERED),
    "plain-text": tuple(f"{name}.txt" for name in NUMBERED),
}
BUG = (
    "# Bug Fix Specification: {title}\n\n**Status**: Draft\n\n## Problem Description\n\nIt fails.\n"
)
SPEC = """\
# Technical Specification

**ID**: SPEC-001
**Status**: Draft

## Summary

Shorter lines.

## Context

### Related Work

- Related Bugs: BUG-007, BUG-001
"""


def without_corrections(kind: str) -> str:
    """A built-in template as a team would write it: without the key `spec-lsp`."""
    return texts()[kind].split("---\n\n", 1)[1]


@pytest.fixture(params=NAMES)
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    """A folder with copies of the built-in templates and a few documents."""
    files = {
        f".spec-lsp/templates/{name}": without_corrections(kind)
        for kind, name in zip(KINDS, NAMES[request.param], strict=True)
    }
    files["bugs/BUG-001-login.md"] = BUG.format(title="Login")
    files["bugs/BUG-002-logout.md"] = BUG.format(title="Logout")
    files["specs/SPEC-001-lines.md"] = SPEC
    return open_folder(grow(tmp_path, files))


def codes(folder: Folder, path: str) -> list[str]:
    found = folder.diagnose(path, "2026-03-14").shown
    return [each.code for each in found if each.level == "error"]


def test_none_is_invalid(team: Folder) -> None:
    templates = [template.path for template in team.settings.own_templates]
    assert len(templates) == 5
    assert not [code for path in templates for code in codes(team, path)]


def test_each_kind_is_there_once(team: Folder) -> None:
    kinds = [template.kind for template in team.settings.templates]
    assert len(set(kinds)) == len(kinds) == 7


def test_documents_have_the_kind_and_the_id_of_the_original(team: Folder) -> None:
    entry = team.workspace.entry("bugs/BUG-001-login.md")
    assert entry
    assert (entry.id, entry.kind[:7]) == ("BUG-001", "bug-fix")
    spec = team.workspace.entry("specs/SPEC-001-lines.md")
    assert spec
    assert team.settings.template(spec.kind).id.prefix == "SPEC-"  # type: ignore[union-attr]


def test_an_id_of_an_absent_document_dangles(team: Folder) -> None:
    (found,) = [
        each
        for each in team.diagnose("specs/SPEC-001-lines.md", "2026-03-14").shown
        if each.code == "unresolved-id"
    ]
    assert found.message == "BUG-007 is not defined in any document"


@pytest.mark.parametrize(
    ("number", "path"),
    [
        (0, "bugs/BUG-003-a-title.md"),
        (1, "docs/plans/PLAN-001-a-title.md"),
        (2, "directives/spec/2026-03-14_spec_a-title.md"),
        (3, "docs/features/a_title.md"),
        (4, "specs/SPEC-002-a-title.md"),
    ],
)
def test_a_new_document_gets_a_number_and_a_place(team: Folder, number: int, path: str) -> None:
    stems = NATURAL[number], NUMBERED[number]
    template = next(t for t in team.settings.own_templates if Path(t.path).stem in stems)
    order = DocumentRequest(template, "A title", today="2026-03-14")
    assert new_file(team.workspace, order).path == path
