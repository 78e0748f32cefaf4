"""The revision that `check --changed-since HEAD` compares with under pre-commit.

The hook takes no file names: pre-commit leaves out deleted files, and skips a hook without files.
Environment variables or the index say what is checked.
"""

from __future__ import annotations

import os
from pathlib import Path

from spec_lsp.storage.changed_files import has_staged
from spec_lsp.storage.host.git import git_text

_HEAD = "HEAD"


def revision_for(folder: Path, asked: str) -> str:
    """The revision to compare with; empty to check everything.

    Only HEAD under pre-commit is special: the start of the range for a push or `--from-ref`, and
    everything if nothing is staged (`run --all-files`) or there is no commit.
    """
    if asked != _HEAD or not os.environ.get("PRE_COMMIT"):
        return asked
    start, end = (os.environ.get(f"PRE_COMMIT_{name}_REF", "") for name in ("FROM", "TO"))
    if start and end:
        # The range may end at a commit other than HEAD; it starts at the merge base.
        return git_text(folder, "merge-base", "--end-of-options", start, end) or start
    has_commit = git_text(folder, "rev-parse", "--verify", "--quiet", _HEAD)
    return asked if has_commit and has_staged(folder) else ""
