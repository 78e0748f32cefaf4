"""On a terminal, `new` asks for what is not given."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminal import on_terminal
from tests.storage.trees import grow

FILES = {
    "spec-lsp.toml": "builtin = false\n",
    ".spec-lsp/templates/bug.md": "# Bug: [Title]\n\n**Severity**: High | Low\n**Team**: [Name]\n",
    ".spec-lsp/templates/note.md": "# Note: [Title]\n\n## Text\n",
}


def test_kind_title_and_fields(tmp_path: Path) -> None:
    folder = grow(tmp_path, FILES)
    shown, code = on_terminal(folder, "3\nbug\nIt fails\nmedium\nlo\n\n", "new")
    assert code == 0, shown
    assert "1  bug  Bug" in shown
    assert "Choose one of bug, note" in shown
    assert "Severity (High, Low): " in shown
    assert "Choose one of High, Low" in shown
    text = (folder / "it-fails.md").read_text()
    assert text == "# Bug: It fails\n\n**Severity**: Low\n**Team**: [Name]\n"


def test_only_the_title(tmp_path: Path) -> None:
    folder = grow(tmp_path, FILES)
    shown, code = on_terminal(folder, "\nA thought\n", "new", "note")
    assert code == 0, shown
    assert "Title must not be empty" in shown
    assert (folder / "a-thought.md").exists()


def test_the_end_of_the_input_writes_nothing(tmp_path: Path) -> None:
    folder = grow(tmp_path, FILES)
    shown, code = on_terminal(folder, "bug\n\x04", "new")
    assert code == 2
    assert "error: Stopped; nothing was written" in shown
    assert not [*folder.glob("*.md")]
