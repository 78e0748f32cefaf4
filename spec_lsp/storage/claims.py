"""Paths of documents that are not in this working tree: on other branches, and in other worktrees.

A number that is taken there, or was taken by a document that is deleted now, is not free.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from threading import Thread

from spec_lsp.storage import node
from spec_lsp.storage.file_filter import git_top
from spec_lsp.storage.host.git import git, git_text

_SECONDS = 5.0  # for the history of all branches; without an answer, only this tree counts
_FRESH = 60.0  # seconds in which a client's requests use the same answer
_PATIENCE = 0.3  # seconds that a client's first request waits for the history
_MOST_FILES = 50_000  # files of other worktrees that are listed
_SKIPPED = frozenset({".git", "node_modules", "__pycache__", ".venv"})


class Claims:
    """The paths, read when first asked for; in a server, again when branches have changed."""

    def __init__(self, folder: Path, *, is_live: bool) -> None:
        self._folder = folder
        self._is_live = is_live
        self._refs = ""
        self._added = ""
        self._text = ""
        self._until = -1.0

    def text(self) -> str:
        """The paths, relative to the folder, one a line."""
        now = time.monotonic()
        is_first = self._until < 0
        if is_first or (self._is_live and now > self._until):
            self._until = now + _FRESH
            if node.IS_HERE:  # There are no threads.
                if is_first:
                    self._read()
                else:
                    node.later(self._read)
                return self._text
            reading = Thread(target=self._read, daemon=True)
            reading.start()
            # Ten thousand commits take 2 s: requests of a client do not wait for them.
            reading.join(_PATIENCE if self._is_live else None)
        return self._text

    def _read(self) -> None:
        top = git_top(self._folder)
        if not top:
            return
        refs = git_text(self._folder, "for-each-ref", "--format=%(objectname)")
        refs += git_text(self._folder, "rev-parse", "--verify", "--quiet", "HEAD")
        if refs != self._refs:
            self._refs, self._added = refs, _ever_added(self._folder)
        inside = self._folder.relative_to(top)
        others = [path for path in _worktrees(self._folder) if path != top]
        untracked = (path for other in others for path in _documents(other / inside))
        self._text = "\n".join((self._added, *islice(untracked, _MOST_FILES)))


def _ever_added(folder: Path) -> str:
    """The documents that a commit of any branch has added, one call for all branches."""
    log = git(
        folder, "log", "--all", "--relative", "--no-renames", "--diff-filter=A", "--name-only",
        "--no-ext-diff", "--no-textconv", "-z", "--format=", "--", "*.md", seconds=_SECONDS,
    )  # fmt: skip
    return os.fsdecode(log or b"").replace("\n", "").replace("\0", "\n")


def _worktrees(folder: Path) -> list[Path]:
    lines = git_text(folder, "worktree", "list", "--porcelain").splitlines()
    names = (line.removeprefix("worktree ") for line in lines if line.startswith("worktree "))
    return [Path(name).resolve() for name in names]


def _documents(folder: Path) -> Iterator[str]:
    """The Markdown files below a folder, committed or not."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        place = Path(at).relative_to(folder).as_posix()
        for name in names:
            if name.endswith(".md"):
                yield name if place == "." else f"{place}/{name}"
