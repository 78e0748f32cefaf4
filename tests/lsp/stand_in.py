"""Programs that take the place of real ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest


def stand_in_for_git(tools: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script named `git` first on the `PATH`; skips the test on Windows."""
    if sys.platform == "win32":
        pytest.skip("the stand-in for git is a shell script")
    tools.mkdir()
    program = tools / "git"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
