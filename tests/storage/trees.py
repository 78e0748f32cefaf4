"""Folders for tests, written as an outline."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path


def grow(folder: Path, files: Mapping[str, str]) -> Path:
    """Write some files into a folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return folder.resolve()


def git(folder: Path, *arguments: str) -> str:
    """The output of git."""
    result = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Ada Lovelace", "-c", "user.email=a@example.org",
         "-c", "init.defaultBranch=main", *arguments],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return result.stdout.strip()


def commit(folder: Path, files: Mapping[str, str]) -> None:
    """Write some files and commit everything."""
    grow(folder, files)
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "A step")
