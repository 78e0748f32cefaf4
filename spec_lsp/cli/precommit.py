"""What `check --changed-since HEAD` compares with when pre-commit runs it.

pre-commit hands over no file names here, because it leaves out deleted files, and a hook that gets
no name of any is not run. What it checks is said by environment variables, or by the index.
"""

from __future__ import annotations

import os
from pathlib import Path

from spec_lsp.storage.changes import has_staged
from spec_lsp.storage.git import git_text

_HEAD = "HEAD"


def revision_for(folder: Path, asked: str) -> str:
    """The revision to compare with; empty if everything is to be checked.

    Only HEAD under pre-commit is special. It is the start of the range for a push or `--from-ref`,
    and everything if nothing is staged (`run --all-files`) or nothing was ever committed.
    """
    if asked != _HEAD or not os.environ.get("PRE_COMMIT"):
        return asked
    start, end = (os.environ.get(f"PRE_COMMIT_{name}_REF", "") for name in ("FROM", "TO"))
    if start and end:
        # The range ends at a commit that need not be HEAD; it began where the two branches parted.
        return git_text(folder, "merge-base", "--end-of-options", start, end) or start
    has_commit = git_text(folder, "rev-parse", "--verify", "--quiet", _HEAD)
    return asked if has_commit and has_staged(folder) else ""
