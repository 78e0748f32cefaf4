"""Globs of `.gitignore`, `include` and others: stars cost time linear in the path's length."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from spec_lsp.workspace.config.globs import LinearPattern, glob_spec, is_glob, matches
from tests.expressions.growth import with_deep_stack
from tests.expressions.steps import Matcher

HARD = [
    ("*a" * 30 + "b", "a" * 100),
    ("*?" * 30 + "b", "a" * 100),
    ("*[!b]" * 30 + "b", "a" * 100),
    ("**/a*/" * 30 + "b", "a/" * 50),
    ("a/**/" * 30 + "b", "a/" * 50),
    ("*/**/" * 20 + "b", "aaaa/" * 20),
    ("**/" + "*a*/" * 10 + "**/" * 5 + "x", ("a" * 19 + "/") * 5),
]
_GLOBS = st.lists(
    st.sampled_from(["a", "b", "*", "**", "/", "/**/", "?", "[ab]", r"\*", "!"]), max_size=9
).map("".join)
_PATHS = st.lists(st.text("ab*", min_size=1, max_size=4), min_size=1, max_size=6).map("/".join)


@pytest.mark.parametrize(("glob", "path"), HARD)
def test_steps_grow_with_the_path_and_no_faster(glob: str, path: str) -> None:
    regex, _ = LinearPattern.pattern_to_regex(glob)
    assert regex
    counts: list[int] = []

    def count() -> None:
        matcher = Matcher(re.compile(regex))
        for times in (4, 16):
            assert not matcher.spans(path * times, "match", 10_000_000)
            counts.append(matcher.steps)

    with_deep_stack(count)
    assert len(counts) == 2
    assert counts[1] < 6 * counts[0]


@given(_GLOBS, _PATHS, st.booleans())
def test_paths_match_as_pathspec_says(glob: str, path: str, is_folder: bool) -> None:
    if is_glob(glob):
        path += "/" * is_folder
        plain = GitIgnoreSpec.from_lines([glob], backend="simple").check_file(path)
        assert glob_spec([glob]).check_file(path) == plain


def test_sets_match_no_slash_as_in_git(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("x[!a]y\nu[+-9]v\n")
    command = ["git", "-C", str(tmp_path), "check-ignore", "--no-index"]
    for path, is_ignored in (("x/y", False), ("xby", True), ("u/v", False), ("u5v", True)):
        git = subprocess.run([*command, path], capture_output=True, check=False)
        assert (git.returncode == 0) is is_ignored is matches(path, ["x[!a]y", "u[+-9]v"])
