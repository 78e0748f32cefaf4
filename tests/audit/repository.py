"""A copy of a repository, with its history, in which `init` may write."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def copy_into(folder: Path, target: Path) -> None:
    """Copy a folder: a repository as a clone that shares its objects, else all its files."""
    if not _is_repository(folder):
        shutil.copytree(folder, target, symlinks=True)
        return
    source = str(folder.resolve())
    _git("clone", "--quiet", "--shared", "--no-checkout", source, str(target))
    _git("-C", str(target), "read-tree", "HEAD")
    # Snapshots may lack their largest files; all others are checked out nevertheless.
    _git("-C", str(target), "checkout-index", "--all", "--quiet", must_succeed=False)


def _is_repository(folder: Path) -> bool:
    """Whether a folder is a work tree or a bare repository itself, not only inside of one."""
    return (folder / ".git").exists() or (
        (folder / "HEAD").is_file() and (folder / "refs").is_dir()
    )


def _git(*arguments: str, must_succeed: bool = True) -> None:
    command = ["git", "-c", "core.autocrlf=false", "-c", "core.hooksPath=", *arguments]
    subprocess.run(command, check=must_succeed, capture_output=True)
