"""Help pages look alike, shells complete values, and the version takes no option parser."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

import spec_lsp
from tests.command import COMMAND, PATIENCE
from tests.storage.trees import grow

COMMANDS = (
    "check", "explain", "new", "list", "rename", "graph", "report", "init", "migrate", "doctor",
    "why", "serve", "template", "template list", "template show", "template export",
    "template lint", "template diff",
)  # fmt: skip
FILES = {
    "spec-lsp.toml": "builtin = false\n",
    ".spec-lsp/templates/bug.md": (
        '---\nspec-lsp:\n  id: "BUG-###"\n---\n\n# Bug: [Title]\n\n**Status**: Draft | In Review\n'
    ),
    "docs/BUG-001.md": "# Bug: It fails, and its title is too long for the terminal\n\n"
    "**Status**: Draft\n",
    "docs/notes.txt": "",
}


def run(folder: Path, *arguments: str, **environment: str) -> str:
    """What a command prints, in a process of its own."""
    result = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1]),
            "NO_COLOR": "1",
            "COLUMNS": "100",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return result.stdout + result.stderr


def completed(folder: Path, line: str) -> list[str]:
    """What a shell offers after a line."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return run(folder, **words, _SPEC_LSP_COMPLETE="complete_bash").split("\n")[:-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_pages_look_alike(tmp_path: Path, command: str) -> None:
    said = run(tmp_path, *command.split(), "--help")
    assert f"Usage: spec-lsp {command} " in said
    assert re.search(r"╭─ Options ─.*--help +-h +Show this message and exit\.", said, re.DOTALL)
    assert not re.search(r"<bool>|<str>|<path>|\{|Value error", said)
    usage = re.search(rf"Usage: spec-lsp {command} (.*)\n", said)
    assert usage
    assert usage[1] == usage[1].upper()


def test_all_commands_are_listed(tmp_path: Path) -> None:
    said = run(tmp_path, "--help")
    assert all(f"│ {name} " in said for name in COMMANDS if " " not in name)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check", "--level", "high"], "'high' is not one of 'hint', 'info', 'warning', 'error'"),
        (["serve", "--tcp", "x"], "Invalid value for '--tcp': expected a valid integer"),
        (["list", "--stage", "old"], "'old' is not one of 'draft', 'active', 'final', 'dropped'"),
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
    ],
)
def test_usage_errors_are_in_plain_words(
    tmp_path: Path, arguments: list[str], expected: str
) -> None:
    said = " ".join(run(tmp_path, *arguments).replace("│", " ").split())
    assert expected in said
    assert "Value error" not in said


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_needs_neither_typer_nor_pydantic(tmp_path: Path, option: str) -> None:
    said = run(tmp_path, option, PYTHONPROFILEIMPORTTIME="1")
    assert f"spec-lsp {spec_lsp.__version__}" in said
    assert not re.search(r"\| +(typer|pydantic|rich)\n", said)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("spec-lsp new b", ["bug"]),
        ("spec-lsp list --kind ", ["bug"]),
        ("spec-lsp list --status ", ["Draft", "In Review"]),
        ("spec-lsp list --stage d", ["draft", "dropped"]),
        ("spec-lsp rename B", ["BUG-001"]),
        ("spec-lsp graph --around B", ["BUG-001"]),
        ("spec-lsp new bug x --from ", ["BUG-001"]),
        ("spec-lsp explain broken", ["broken-anchor", "broken-link"]),
        ("spec-lsp check --select orphan,broken-l", ["orphan,broken-link"]),
        ("spec-lsp check --format s", ["sarif"]),
        ("spec-lsp check d", ["docs/"]),
        ("spec-lsp why docs/", ["docs/BUG-001.md"]),
        ("spec-lsp template show ", ["bug", "docs/"]),
        ("spec-lsp templ", ["template"]),
    ],
)
def test_shells_complete_values(tmp_path: Path, line: str, expected: list[str]) -> None:
    assert completed(grow(tmp_path, FILES), line) == expected


def test_completion_is_silent_where_nothing_can_be_read(tmp_path: Path) -> None:
    assert completed(tmp_path, "spec-lsp why nowhere/") == [""]


def test_titles_are_cut_to_the_terminal(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "list"],
        cwd=grow(tmp_path, FILES),
        env={
            **os.environ,
            "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1]),
            "NO_COLOR": "1",
            "COLUMNS": "72",
        },
        stdin=subprocess.DEVNULL,
        stdout=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # Linux reports the end of a terminal as an error.
            pass
        process.wait(60)
    os.close(ours)
    lines = shown.decode().split("\r\n")
    assert lines[1] == "bug   BUG-001  It fails, and…  Draft   100%             docs/BUG-001.md"
    assert max(map(len, lines)) <= 72
