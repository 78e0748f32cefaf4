"""What a branch changed: the files that differ from where it began."""

from __future__ import annotations

import os
from pathlib import Path

from spec_lsp.markdown.parse import parse
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.host.git import contents, git, git_text


def changed_since(folder: Path, revision: str) -> dict[str, str] | None:
    """The files of a folder that differ from a revision, with its commit and path in git.

    A branch is compared with the place where it left the revision, uncommitted and new files
    included. None when git does not know the revision.
    """
    commit = git_text(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        return None
    base = git_text(folder, "merge-base", commit, "HEAD") or commit
    differing = git(
        folder, "diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--relative", base
    )
    fresh = git(folder, "ls-files", "--others", "--exclude-standard", "-z")
    prefix = git_text(folder, "rev-parse", "--show-prefix")
    paths = os.fsdecode((differing or b"") + (fresh or b"")).split("\0")
    return {path: f"{base}:{prefix}{path}" for path in paths if path}


def affected_by(folder: Folder, changed: dict[str, str]) -> set[str]:
    """The other documents that may be judged differently now than before some files changed."""
    documents = {path: name for path, name in changed.items() if folder.holds(path)}
    before = contents(folder.root, documents.values())
    found: set[str] = set()
    for path, name in documents.items():
        if name in before:
            text = before[name].decode("utf-8", "replace")
            found |= folder.edit(parse(path, text))
        found |= folder.close(path)
    return found - set(changed)
