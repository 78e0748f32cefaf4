"""Which files are documents, for a scan and for a single path alike."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.storage.discover import filter_of, find_root, load
from spec_lsp.storage.file_filter import FileFilter
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.exact import exact
from tests.storage.trees import git, grow


def seen(folder: Path, templates: frozenset[str] = frozenset(), **config: list[str]) -> list[str]:
    """The result of a scan; for anything but a document, with its sort."""
    scope = FileFilter(folder.resolve(), exact(Config, config), templates)
    found = list(scope.scan())
    for sight in found:
        if sight.what == "document":
            assert scope.holds(sight.path), f"{sight.path} is seen by the scan alone"
    return [s.path if s.what == "document" else f"{s.path} ({s.what})" for s in found]


def files(*paths: str, **ignores: str) -> dict[str, str]:
    return {**dict.fromkeys(paths, ""), **ignores}


def test_every_markdown_file_is_a_document(tmp_path: Path) -> None:
    grow(tmp_path, files("b.md", "a/c.md", "a.txt", "a/b/d.md"))
    assert seen(tmp_path) == ["a/b/d.md", "a/c.md", "b.md"]


def test_hidden_folders_and_those_of_tools_are_not_scanned(tmp_path: Path) -> None:
    grow(
        tmp_path,
        files(
            ".git/a.md", "node_modules/x/b.md", ".venv/c.md", "a/__pycache__/d.md", ".hidden/e.md"
        ),
    )
    assert seen(tmp_path) == []


def test_a_hidden_folder_is_scanned_if_include_names_it(tmp_path: Path) -> None:
    grow(tmp_path, files(".kiro/specs/a.md", ".other/b.md", "c.md"))
    assert seen(tmp_path, include=[".kiro/**/*.md"]) == [".kiro/specs/a.md"]


def test_templates_are_not_documents(tmp_path: Path) -> None:
    grow(tmp_path, files("templates/bug.md", "docs/bug.md"))
    assert seen(tmp_path, frozenset({"templates/bug.md"})) == ["docs/bug.md"]


def test_include_and_exclude(tmp_path: Path) -> None:
    grow(tmp_path, files("docs/a.md", "docs/old/b.md", "c.md", "docs/d.markdown"))
    wanted = seen(tmp_path, include=["docs/**/*.md", "*.markdown"], exclude=["docs/old/"])
    assert wanted == ["docs/a.md", "docs/d.markdown"]


def test_gitignore_files_apply_to_their_folder(tmp_path: Path) -> None:
    grow(tmp_path, files("a/b.md", "a/c.md", "b.md", "a/keep/b.md", "out/x.md", "a/out/y.md"))
    grow(
        tmp_path,
        {
            ".gitignore": "/out/\n",
            "a/.gitignore": "b.md\n# a comment\n",
            "a/keep/.gitignore": "!b.md\n",
        },
    )
    assert seen(tmp_path) == ["a/c.md", "a/keep/b.md", "a/out/y.md", "b.md"]


def test_what_is_in_an_ignored_folder_is_ignored(tmp_path: Path) -> None:
    grow(tmp_path, {**files("out/a.md", "out/b/c.md"), ".gitignore": "out\n!c.md\n"})
    assert seen(tmp_path) == []
    assert not FileFilter(tmp_path.resolve(), Config(), frozenset()).holds("out/b/c.md")


def test_what_git_tracks_is_not_ignored(tmp_path: Path) -> None:
    grow(tmp_path, {**files("plans/a.md", "plans/b.md", "out/c.md", "d.md", "plans/e.txt")})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "plans/a.md", "plans/e.txt")
    grow(tmp_path, {".gitignore": "plans/\nout/\n"})
    scope = filter_of(tmp_path, load(tmp_path))
    assert [each.path for each in scope.scan()] == ["d.md", "plans/a.md"]
    assert [path for path in ("plans/a.md", "plans/b.md") if scope.holds(path)] == ["plans/a.md"]


def test_gitignore_files_above_count_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    grow(tmp_path, {**files("top/docs/build/a.md", "top/docs/b.md"), "top/.gitignore": "build/\n"})
    grow(tmp_path, {".gitignore": "*.md\n"})
    git(tmp_path / "top", "init", "-q")
    assert seen(tmp_path / "top" / "docs") == ["b.md"]


def test_a_gitignore_that_makes_no_sense_ignores_nothing(tmp_path: Path) -> None:
    grow(tmp_path, {**files("a.md"), ".gitignore": "!\n[z-a]\n\\\n"})
    assert seen(tmp_path) == ["a.md"]


def test_a_folder_with_its_own_configuration_is_another_workspace(tmp_path: Path) -> None:
    grow(
        tmp_path, files("a.md", "x/spec-lsp.toml", "x/b.md", "y/.spec-lsp/templates/t.md", "y/c.md")
    )
    grow(tmp_path, {"z/pyproject.toml": "[project]\n", "z/d.md": ""})
    assert seen(tmp_path) == ["a.md", "x (root)", "y (root)", "z/d.md"]
    assert not FileFilter(tmp_path.resolve(), Config(), frozenset()).holds("x/b.md")


def test_links_are_not_followed_and_links_out_of_the_folder_are_reported(tmp_path: Path) -> None:
    folder = grow(tmp_path, files("in/a.md", "in/sub/b.md", "out/c.md")) / "in"
    (folder / "same.md").symlink_to("a.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "gone.md").symlink_to("nothing.md")
    (folder / "outside.md").symlink_to("../out/c.md")
    (folder / "up").symlink_to("..")
    (folder / "sub" / "here").symlink_to(".")
    assert seen(folder) == [
        "a.md", "gone.md (link)", "loop.md (link)", "outside.md (link)", "sub/b.md",
    ]  # fmt: skip


def test_a_path_outside_of_the_folder_is_not_a_document(tmp_path: Path) -> None:
    scope = FileFilter(tmp_path.resolve(), Config(), frozenset())
    assert not scope.holds("../a.md")
    assert scope.holds("a.md")


NAMES = st.sampled_from(["a", "b", "out", ".x", "node_modules"])
PATHS = st.lists(st.builds("/".join, st.lists(NAMES, min_size=1, max_size=3)), max_size=8)
RULES = st.lists(
    st.sampled_from(["a", "b/", "/out", "!a", "*.md", "!b.md", "a/b", "**/b"]), max_size=4
)


@given(PATHS, RULES, RULES)
def test_a_scan_and_a_single_path_give_the_same_result(
    tmp_path_factory: pytest.TempPathFactory, paths: list[str], rules: list[str], inner: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("tree").resolve()
    names = [f"{path}.md" for path in paths]
    grow(folder, {**dict.fromkeys(names, ""), ".gitignore": "\n".join(rules)})
    grow(folder, {"a/.gitignore": "\n".join(inner)})
    scope = FileFilter(folder, Config(), frozenset())
    assert {sight.path for sight in scope.scan()} == {name for name in names if scope.holds(name)}


def steps(work: Callable[[], object]) -> int:
    """How many functions some work calls."""
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_the_cost_of_a_path_is_linear_in_its_depth(tmp_path: Path) -> None:
    grow(tmp_path, {".gitignore": "*.log\n"})
    folder = tmp_path.resolve()

    def at_depth(depth: int) -> int:
        path = "a/" * depth + "x.md"
        scope = FileFilter(folder, Config(), frozenset())
        return steps(lambda: (scope.holds(path), find_root(folder / path)))

    at_depth(1)
    assert at_depth(400) - at_depth(200) < 1.2 * (at_depth(300) - at_depth(100))
    assert at_depth(400) < 2.2 * at_depth(200)
