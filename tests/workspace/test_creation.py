"""New documents go where the team wants them, inside the workspace, and never over a file."""

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.infer import infer
from spec_lsp.template.write.values import Values
from spec_lsp.workspace.config.globs import inside
from spec_lsp.workspace.config.read import read_config
from spec_lsp.workspace.new_path import new_path
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace

_TEMPLATE = """\
---
spec-lsp:
  kind: bug
  directory: docs/bugs
---
# Bug: [Title]

**ID**: BUG-XXX
"""
_VALUES = Values("Login fails", "BUG-012")


def path_of(toml: str = "", values: Values = _VALUES, *standing: str) -> str:
    """Where a new bug goes in a workspace with some files."""
    template = infer(parse("templates/bug.md", _TEMPLATE))
    workspace = Workspace(
        Settings(read_config("spec-lsp.toml", toml)[0], known_templates([template]))
    )
    for path in standing:
        workspace.put(parse(path, "# Notes\n"))
    return new_path(workspace, template, values)


def test_the_template_decides_the_path() -> None:
    assert path_of() == "docs/bugs/BUG-012-login-fails.md"


def test_configuration_comes_first() -> None:
    toml = '[new.bug]\ndirectory = "bugs/open"\nfilename = "{number}_{slug}.md"\n'
    assert path_of(toml) == "bugs/open/012_login-fails.md"


def test_nothing_is_overwritten() -> None:
    taken = "docs/bugs/BUG-012-login-fails.md", "docs/bugs/BUG-012-login-fails-2.md"
    assert path_of("", _VALUES, *taken) == "docs/bugs/BUG-012-login-fails-3.md"


@pytest.mark.parametrize("id", ["../../x", "/etc/x", "..\\x", "C:\\x"])
def test_an_id_cannot_lead_elsewhere(id: str) -> None:  # noqa: A002 -- it is what is tested.
    assert path_of("", Values("Login", id)).startswith("docs/bugs/")


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("a/b.md", "a/b.md"),
        ("./a//b.md", "a/b.md"),
        ("a/../b.md", "b.md"),
        ("a\\b.md", "a/b.md"),
        ("../a.md", ""),
        ("a/../../b.md", ""),
        ("/etc/passwd", ""),
        ("C:/a.md", ""),
        ("a\0.md", ""),
        (".", ""),
        ("", ""),
    ],
)
def test_a_path_is_inside_or_nothing(path: str, plain: str) -> None:
    assert inside(path) == plain
