"""A new document is placed, named and numbered like the documents of its kind that are there."""

from __future__ import annotations

import pytest

from spec_lsp.features.shared.new_document import DocumentRequest, new_file
from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.infer import infer
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.read import read_config
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace

PLAIN = "# Case: [Title]\n\n## Findings\n"
NUMBERED = """\
---
spec-lsp:
  id: "CASE-###"
  filename: "{id}-{slug}.md"
  directory: docs/cases
---

# Case: [Title]

## Findings
"""
TEXT = "# Case: Old\n\n## Findings\n\nNone.\n"


class Elsewhere:
    """The files of a folder in which other branches have documents."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def exists(self, _path: str) -> bool:
        return False

    def nearby(self, _folder: str) -> tuple[str, ...]:
        return ()

    def claimed(self) -> str:
        return "\n".join(self.paths)


def workspace_of(
    paths: tuple[str, ...], template: str = NUMBERED, toml: str = "", files: Elsewhere | None = None
) -> Workspace:
    config = read_config("spec-lsp.toml", toml)[0] if toml else Config(builtin=False)
    own = infer(parse("templates/case.md", template))
    workspace = Workspace(Settings(config, known_templates([own])), files)
    for path in paths:
        workspace.put(parse(path, TEXT))
    return workspace


def path_of(workspace: Workspace) -> str:
    (template, *_) = workspace.settings.own_templates
    return new_file(workspace, DocumentRequest(template, "New One", today="2026-03-14")).path


@pytest.mark.parametrize(
    ("paths", "path"),
    [
        ((), "docs/cases/CASE-001-new-one.md"),
        (("a/CASE-004-x.md", "b/CASE-002-x.md", "b/CASE-003-x.md"), "b/CASE-005-new-one.md"),
        (("a/CASE-004-x.md", "b/CASE-002-x.md"), "a/CASE-005-new-one.md"),
        (("docs/cases/CASE-001-x.md", "a/CASE-002-x.md"), "docs/cases/CASE-003-new-one.md"),
        (("a/CASE-0041-x.md",), "a/CASE-0042-new-one.md"),
        (("a/CASE-8-x.md", "a/CASE-12-x.md"), "a/CASE-13-new-one.md"),
        (("a/case-007-x.md", "a/case-008-y.md"), "a/case-009-new-one.md"),
        (("a/CASE-007_an_old_one.md",), "a/CASE-008_new_one.md"),
        (("a/CASE-007-An-Old-One.md",), "a/CASE-008-new-one.md"),
        (("a/done/CASE-001-x.md", "a/done/CASE-002-x.md", "a/CASE-003.md"), "a/CASE-004.md"),
        (("done/CASE-001-x.md", "done/CASE-002-x.md"), "done/CASE-003-new-one.md"),
        (("c/001-a/case.md", "c/002-b/case.md"), "c/003-new-one/case.md"),
    ],
)  # fmt: skip
def test_documents_come_before_the_template(paths: tuple[str, ...], path: str) -> None:
    assert path_of(workspace_of(paths)) == path


@pytest.mark.parametrize(
    ("paths", "path"),
    [
        (("log/case-old.md", "log/case-older.md"), "log/new-one.md"),
        (("log/0009-case.md", "log/0010-case.md"), "log/0011-new-one.md"),
        (("log/2026-01-02-case.md", "log/2026-01-03-case.md"), "log/2026-03-14-new-one.md"),
        (("log/20260102_case.md",), "log/20260314_new-one.md"),
        (("log/CASE-021-a.md", "log/CASE-022-b.md"), "log/CASE-023-new-one.md"),
        (("log/Old_Case.md", "log/Older_Case.md"), "log/New_One.md"),
        (("log/old_case_20260102.md",), "log/new_one_20260314.md"),
        (("log/case-01KTS86B.md", "log/old-01KX1W65.md"), "log/new-one.md"),
        (("log/WP09-case.md", "log/WP10-old.md"), "log/WP11-new-one.md"),
    ],
)
def test_names_are_learnt_where_the_template_has_none(paths: tuple[str, ...], path: str) -> None:
    assert path_of(workspace_of(paths, PLAIN)) == path


def test_configuration_comes_first() -> None:
    toml = 'builtin = false\n[new.case]\ndirectory = "inbox"\n'
    assert path_of(workspace_of(("a/CASE-004-x.md",), toml=toml)) == "inbox/CASE-005-new-one.md"


def test_an_id_in_the_file_name_counts_although_the_template_has_none() -> None:
    workspace = workspace_of(("log/CASE-021-a.md", "log/CASE-022-b.md"), PLAIN)
    assert [each.id for each in workspace.index.entries.values()] == ["CASE-021", "CASE-022"]
    assert workspace.index.is_closed("CASE-")


def test_numbers_of_other_branches_are_taken() -> None:
    elsewhere = Elsewhere("a/CASE-030-x.md", "b/case-031-y/notes.md", "c/SHOWCASE-050.md")
    workspace = workspace_of(("a/CASE-004-x.md",), files=elsewhere)
    assert path_of(workspace) == "a/CASE-032-new-one.md"


def test_bare_numbers_are_taken_by_folder() -> None:
    elsewhere = Elsewhere("log/0012-x.md", "other/0040-y.md", "log/2026-01-01-z.md")
    workspace = workspace_of(("log/0009-a.md", "log/0010-b.md"), PLAIN, files=elsewhere)
    assert path_of(workspace) == "log/0013-new-one.md"
