"""Calls to git. If git is missing, fails or hangs, the result is empty, without an error.

A repository's configuration names programs: filters, hooks, a pager, transports and more. Git is
only called in ways that run none of them: no command here compares the working tree, and
`_SETTINGS` and `_environment` switch off the rest.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from spec_lsp.storage.file_filter import git_top
from spec_lsp.storage.host import children
from spec_lsp.storage.host.programs import program_outside

logger = logging.getLogger(__name__)

LOOKUP_SECONDS = 10.0  # for one fact: a revision, a name, a prefix
READ_SECONDS = 60.0  # for the history, a whole tree, the index, the content of files

# `-c` overrides the repository's configuration. `/dev/null` is known to git on Windows too.
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.quotePath=false",
    "credential.helper=",
    "color.ui=false",
    "diff.orderFile=/dev/null",
    "diff.relative=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
# Most git before 2.44 ignores GIT_NO_LAZY_FETCH and fetches what a partial clone lacks. Then no
# protocol is allowed: unlike `protocol.allow`, this list overrides `protocol.X.allow` as well.
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": ":",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# All other GIT_* variables are dropped. A hook inherits those of another call, which name another
# repository, an index, programs and log files.
_KEPT = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")


def git(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    index: str = "",
    seconds: float = LOOKUP_SECONDS,
) -> bytes | None:
    """Run git; return its output, None if git fails or hangs. `index` replaces the index file."""
    program = program_outside("git", folder)
    if not program or _is_inside_bare(folder):
        return None
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    try:
        code, output = children.run(
            [program, "-C", str(folder), "--no-pager", *settings, *arguments],
            given,
            env=_environment(index),
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        logger.warning("git %s timed out after %g s", arguments[0], seconds)
        return None
    except (OSError, ValueError):
        return None
    return output if code == 0 else None


def git_text(folder: Path, *arguments: str) -> str:
    """Run git; return its output as text without the line end, empty if git fails."""
    found = git(folder, *arguments)
    return found.decode("utf-8", "replace").strip() if found else ""


def tracked_though_ignored(folder: Path) -> list[str]:
    """The files in git's index that a pattern of a `.gitignore` file matches."""
    found = git(folder, "ls-files", "-z", "--cached", "--ignored", "--exclude-standard")
    return [os.fsdecode(name) for name in (found or b"").split(b"\0") if name]


def is_top(folder: Path, top: str) -> bool:
    """Whether git's top of the working tree is the one around a folder, not a `core.worktree`."""
    expected = git_top(folder)
    try:
        return bool(expected and top) and Path(top).samefile(expected or "")
    except (OSError, ValueError):
        return False


def contents(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read the blobs of some names, such as `main:docs/a.md`, in one call."""
    asked = [name for name in names if "\n" not in name]
    given = os.fsencode("".join(f"{name}\n" for name in asked))
    data = git(folder, "cat-file", "--batch", given=given, seconds=READ_SECONDS) if asked else None
    found: dict[str, bytes] = {}
    at = 0
    for name in asked:
        end = (data or b"").find(b"\n", at)
        if not data or end < 0:
            break
        words = data[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) == 3 and words[1] == b"blob":
            size = int(words[2])
            found[name] = data[at : at + size]
            at += size + 1
    return found


def _environment(index: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or name.upper().startswith(_KEPT)
    }
    return {**kept, **_ENVIRONMENT, **({"GIT_INDEX_FILE": index} if index else {})}


def _is_inside_bare(folder: Path) -> bool:
    """Whether a folder below the top looks like a bare repository, whose configuration counts.

    Anyone can commit such a folder. Git before 2.38 has no `safe.bareRepository`.
    """
    for each in (folder, *folder.parents):
        if (each / ".git").exists():
            return False
        if (each / "HEAD").exists() and (each / "objects").is_dir() and (each / "refs").is_dir():
            return True
    return False
