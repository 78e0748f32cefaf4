"""Start the user's editor, as git does: without a shell, and never a program of the workspace."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from spec_lsp.storage import node
from spec_lsp.storage.host.programs import program_outside


def editor_command(folder: Path) -> list[str] | None:
    """The command in VISUAL or EDITOR, by the absolute path of its program; None if not found."""
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        # Backslashes separate folders on Windows.
        words = shlex.split(given, posix=os.name != "nt")
    except ValueError:
        return None
    if not words:
        return None
    name, *options = (word.strip('"') for word in words)
    program = name if Path(name).is_absolute() else program_outside(name, folder)
    return [program, *options] if program else None


def run_editor(command: list[str], file: Path) -> int:
    """Open a file and wait until the editor ends; return its exit code."""
    words = [*command, str(file)]
    if node.IS_HERE:
        return node.run(words, None)[0]
    return subprocess.run(words, check=False).returncode
