"""Which folder a file belongs to, and what that folder says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage.discover import find_root, load, own_findings
from tests.storage.trees import git, grow

TEMPLATE = "# Note: [Title]\n\n## Summary\n"


def test_the_nearest_configuration_wins(tmp_path: Path) -> None:
    folder = grow(
        tmp_path,
        {
            "spec-lsp.toml": "",
            "a/pyproject.toml": "[project]\nname = 'x'\n",
            "a/b/pyproject.toml": "[tool.spec-lsp]\n",
            "c/.spec-lsp/templates/t.md": TEMPLATE,
        },
    )
    git(folder, "init", "-q")
    assert find_root(grow(folder / "a" / "x", {"d.md": ""})) == folder
    assert find_root(folder / "a" / "b") == folder / "a" / "b"
    assert find_root(grow(folder / "c", {"d.md": ""}) / "d.md") == folder / "c"


def test_without_one_the_repository_is_the_workspace(tmp_path: Path) -> None:
    folder = grow(tmp_path, {"top/a/b/c.md": ""})
    git(folder / "top", "init", "-q")
    assert find_root(folder / "top" / "a" / "b" / "c.md") == folder / "top"


def test_without_a_repository_it_is_the_folder_where_the_user_works(tmp_path: Path) -> None:
    folder = grow(tmp_path, {"a/b/c.md": "", "d/e.md": ""})
    assert find_root(folder / "a" / "b" / "c.md", folder / "a") == folder / "a"
    assert find_root(folder / "d" / "e.md", folder / "a") == folder / "d"
    assert find_root(folder / "d") == folder / "d"


def test_templates_come_from_paths_and_globs_in_their_order(tmp_path: Path) -> None:
    folder = grow(
        tmp_path,
        {
            "spec-lsp.toml": 'builtin = false\ntemplates = ["b/one.md", "a/**/*.md"]\n',
            **dict.fromkeys(
                ("a/x/t.md", "a/t2.md", "a/README.md", "b/one.md", "b/two.md"), TEMPLATE
            ),
        },
    )
    kinds = [template.kind for template in load(folder).settings.templates]
    assert kinds == ["one", "t2", "t"]


def test_templates_of_the_usual_folder_need_no_configuration(tmp_path: Path) -> None:
    folder = grow(tmp_path, {".spec-lsp/templates/adr.md": TEMPLATE})
    own = load(folder).settings.own_templates
    assert [(each.kind, each.path) for each in own] == [("adr", ".spec-lsp/templates/adr.md")]


def test_unsaved_texts_of_configuration_and_templates_count(tmp_path: Path) -> None:
    folder = grow(tmp_path, {"spec-lsp.toml": "builtin = true", ".spec-lsp/templates/a.md": "# A"})
    from spec_lsp.storage.files import Disk

    unsaved = {"spec-lsp.toml": "builtin = false", ".spec-lsp/templates/a.md": TEMPLATE}
    loaded = load(folder, Disk(folder, unsaved).read)
    assert [each.name for each in loaded.settings.templates] == ["Note"]


@pytest.mark.parametrize("text", ["[", "colour = 'red'", "templates = 3"])
def test_while_a_configuration_is_faulty_the_last_good_one_stays(tmp_path: Path, text: str) -> None:
    folder = grow(tmp_path, {"spec-lsp.toml": "builtin = false\n"})
    good = load(folder)
    grow(folder, {"spec-lsp.toml": text})
    faulty = load(folder, previous=good.settings.config)
    assert own_findings(faulty)
    assert faulty.settings.config == good.settings.config


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = grow(tmp_path, {".spec-lsp/templates/a.md": TEMPLATE})
    (folder / ".spec-lsp/templates/b.md").write_bytes(b"caf\xe9")
    (folder / "spec-lsp.toml").write_bytes(b"\0")
    loaded = load(folder)
    assert [each.kind for each in loaded.settings.own_templates] == ["a"]
    assert loaded.unread == {
        "spec-lsp.toml": "not a text file (NUL byte)",
        ".spec-lsp/templates/b.md": "not UTF-8 (byte 0xE9 in line 1)",
    }


def test_templates_outside_are_not_read(tmp_path: Path) -> None:
    grow(tmp_path, {"out/t.md": TEMPLATE})
    folder = grow(tmp_path / "in", {"spec-lsp.toml": 'templates = ["../out/*.md", "../out/t.md"]'})
    loaded = load(folder)
    assert loaded.settings.own_templates == ()
