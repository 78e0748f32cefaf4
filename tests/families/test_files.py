"""The family files that come with the program, and the patterns of any."""

from __future__ import annotations

import pytest

from spec_lsp.template import builtin
from spec_lsp.workspace.families.checked import read_family
from spec_lsp.workspace.families.marks import FILE, builtin_marks, marks_of
from spec_lsp.workspace.families.patterns import patterns
from spec_lsp.workspace.families.reader import builtin_family


@pytest.mark.parametrize("name", builtin.family_names())
def test_a_family_file_has_no_faults(name: str) -> None:
    family, faults = read_family(builtin.family_text(name, FILE), name)
    assert faults == ()
    assert repr(family) == repr(builtin_family(name))
    assert marks_of(family) == builtin_marks(name)


@pytest.mark.parametrize("name", builtin.family_names())
def test_the_templates_beside_it_exist(name: str) -> None:
    for kind in builtin_family(name).kinds:
        paths = [each.replace("./", f"{builtin.SCHEME}{name}/") for each in kind.templates]
        ours = [each.partition(":")[2] for each in paths if each.startswith(builtin.SCHEME)]
        assert all(builtin.family_text(*each.split("/", 1)) for each in ours), kind.name
        assert bool(ours) == bool(kind.templates), kind.name


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("**/specs/{number:3}-{slug}", "specs/001-a", True),
        ("**/specs/{number:3}-{slug}", "docs/specs/0012-a-b", True),
        ("**/specs/{number:3}-{slug}", "specs/01-a", False),
        ("**/specs/{number:3}-{slug}", "specs/001-a/b", False),
        ("phases/{number:2}-{slug}", "phases/02.1-fix", True),
        ("specs/{date}-{time}-{slug}", "specs/20260301-101500-a", True),
        ("specs/{date}-{slug}", "specs/2026-03-01-a", True),
        ("tracks/{slug}_{date}", "tracks/login_form_20260301", True),
        ("{research,data-model}.md", "data-model.md", True),
        ("contracts/**/*.md", "contracts/a.md", True),
        ("contracts/**/*.md", "contracts/a/b/c.md", True),
        ("a/**/b/**/c.md", "a/x/b/b/y/c.md", True),
        ("*-a-*.md", "b-a-a-c.md", True),
        ("leave/**", "leave/a/b.md", True),
        ("leave/**", "leave", False),
    ],
)
def test_a_pattern_matches_whole_paths(pattern: str, path: str, fits: bool) -> None:
    assert any(each.matches(path) for each in patterns(pattern)) is fits
