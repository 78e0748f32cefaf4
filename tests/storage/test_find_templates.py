"""The templates that `init` finds in a folder, and what it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage.discover import template_paths
from spec_lsp.storage.find_templates import find_templates
from tests.storage.trees import git, grow

RECORD = "# Record: [Title]\n\n## Context\n"
OTHER_RECORD = "# Record: [Title]\n\n## Forces\n"


def test_a_folder_of_templates_is_one_glob(tmp_path: Path) -> None:
    files = {"templates/record.md": RECORD, "templates/rfc.md": RECORD, "templates/README.md": "#"}
    found = find_templates(grow(tmp_path, files))
    assert found.globs == ["templates/*.md"]


def test_a_folder_that_holds_other_files_is_not(tmp_path: Path) -> None:
    files = {"templates/record.md": RECORD, "templates/use.md": "# Use\n\n## Now\n\nOpen it.\n"}
    found = find_templates(grow(tmp_path, files))
    assert found.globs == ["templates/record.md"]
    assert found.left_out == {"templates/use.md": "it has nothing to fill in"}


def test_the_outermost_of_equal_copies_counts(tmp_path: Path) -> None:
    files = {"docs/templates/record.md": RECORD, "packages/a/docs/templates/record.md": RECORD}
    found = find_templates(grow(tmp_path, files))
    assert [template.path for template in found.templates] == ["docs/templates/record.md"]
    assert found.left_out == {
        "packages/a/docs/templates/record.md": "it is a copy of docs/templates/record.md"
    }


def test_a_differing_template_belongs_to_its_own_folder(tmp_path: Path) -> None:
    files = {"templates/record.md": RECORD, "packages/a/templates/record.md": OTHER_RECORD}
    found = find_templates(grow(tmp_path, files))
    assert found.globs == ["templates/*.md"]
    assert found.left_out == {
        "packages/a/templates/record.md": "templates/record.md is of the same kind;"
        " run `spec-lsp init` in the folder of this one"
    }


def test_differing_templates_of_two_packages_do_not_count_above_them(tmp_path: Path) -> None:
    files = {"a/templates/record.md": RECORD, "b/templates/record.md": OTHER_RECORD}
    found = find_templates(grow(tmp_path, files))
    assert found.globs is None
    assert found.left_out.keys() == files.keys()


def test_two_of_a_kind_in_one_folder(tmp_path: Path) -> None:
    files = {"record-template.md": RECORD, "template-record.md": OTHER_RECORD}
    found = find_templates(grow(tmp_path, files))
    assert found.globs == ["record-template.md"]
    assert found.left_out == {"template-record.md": "record-template.md is of the same kind"}


def test_our_own_folder_comes_first_and_any_file_in_it_is_a_template(tmp_path: Path) -> None:
    files = {".spec-lsp/templates/note.md": "# Note\n", "templates/note.md": RECORD}
    found = find_templates(grow(tmp_path, files))
    assert found.globs == [".spec-lsp/templates/*.md"]


def test_a_template_of_our_own_folder_with_an_error_is_left_out(tmp_path: Path) -> None:
    folder = grow(tmp_path, {".spec-lsp/templates/note.md": "No heading.\n"})
    assert find_templates(folder).globs == []


@pytest.mark.parametrize(
    "path", ["[a]-template.md", "#1 template.md", "!x-template.md", "[x]/templates/record.md"]
)
def test_names_may_have_characters_of_globs(tmp_path: Path, path: str) -> None:
    folder = grow(tmp_path, {path: RECORD, f"below/{path}": RECORD})
    assert template_paths(folder, find_templates(folder).globs or []) == [path]


def test_a_glob_does_not_take_in_links_and_ignored_files(tmp_path: Path) -> None:
    files = {"templates/a.md": RECORD, "templates/b.md": RECORD, ".gitignore": "b.md\n"}
    assert find_templates(grow(tmp_path, files)).globs == ["templates/a.md"]


def test_a_template_with_an_error_is_left_out(tmp_path: Path) -> None:
    faulty = "---\nspec-lsp:\n  required: [Goal]\n---\n# Plan: [Title]\n\n## Steps\n"
    found = find_templates(grow(tmp_path, {"plan-template.md": faulty}))
    assert found.left_out == {
        "plan-template.md": "“Goal” is not a section or field of this template"
    }


def test_what_git_ignores_is_not_read_nor_what_has_a_configuration(tmp_path: Path) -> None:
    folder = grow(
        tmp_path,
        {
            ".gitignore": "/cache/\nlocal-template.md\n",
            "cache/templates/record.md": RECORD,
            "local-template.md": RECORD,
            "inner/spec-lsp.toml": "",
            "inner/templates/record.md": RECORD,
        },
    )
    git(folder, "init", "-q")
    assert find_templates(folder).templates == ()
