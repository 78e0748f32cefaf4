"""On a terminal, `new` asks for what is not given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import spec_lsp
from tests.storage.trees import grow

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

FILES = {
    "spec-lsp.toml": "builtin = false\n",
    ".spec-lsp/templates/bug.md": "# Bug: [Title]\n\n**Severity**: High | Low\n**Team**: [Name]\n",
    ".spec-lsp/templates/note.md": "# Note: [Title]\n\n## Text\n",
}


def converse(folder: Path, answers: str, *arguments: str) -> tuple[str, int]:
    """What `new` shows on a terminal on which some answers are typed, and its exit code."""
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1]),
        "TERM": "dumb",
        "SPEC_LSP_CACHE": "off",
    }
    command = [sys.executable, "-m", "spec_lsp", "new", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # Linux reports the end of a terminal as an error.
        pass
    code = process.wait(60)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), code


def test_kind_title_and_fields(tmp_path: Path) -> None:
    folder = grow(tmp_path, FILES)
    shown, code = converse(folder, "3\nbug\nIt fails\nmedium\nlo\n\n")
    assert code == 0, shown
    assert "1  bug  Bug" in shown
    assert "Choose one of bug, note" in shown
    assert "Severity (High, Low): " in shown
    assert "Choose one of High, Low" in shown
    text = (folder / "it-fails.md").read_text()
    assert text == "# Bug: It fails\n\n**Severity**: Low\n**Team**: [Name]\n"


def test_only_the_title(tmp_path: Path) -> None:
    folder = grow(tmp_path, FILES)
    shown, code = converse(folder, "\nA thought\n", "note")
    assert code == 0, shown
    assert "Title must not be empty" in shown
    assert (folder / "a-thought.md").exists()


def test_the_end_of_the_input_writes_nothing(tmp_path: Path) -> None:
    folder = grow(tmp_path, FILES)
    shown, code = converse(folder, "bug\n\x04")
    assert code == 2
    assert "error: Stopped; nothing was written" in shown
    assert not [*folder.glob("*.md")]
