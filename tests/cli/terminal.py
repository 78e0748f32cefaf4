"""The program on a terminal."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import spec_lsp
from tests.command import COMMAND, PATIENCE

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")


def on_terminal(folder: Path, answers: str, *arguments: str, term: str = "dumb") -> tuple[str, int]:
    """What a command shows on a terminal on which some answers are typed, and its exit code."""
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1]),
        "TERM": term,
        "SPEC_LSP_CACHE": "off",
    }
    command = [*COMMAND, *arguments]
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
    code = process.wait(PATIENCE)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), code
