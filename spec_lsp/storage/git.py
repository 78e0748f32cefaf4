"""Asking git. Where git is missing, fails or knows nothing, there is no answer and no error."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from spec_lsp.storage import children

# A repository's settings must not make git run programs, ask questions or use the network.
_SETTINGS = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "log.showSignature=false",
    "safe.bareRepository=explicit",
)
_ENVIRONMENT = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints, or None when it does not succeed."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    try:
        code, output = children.run(
            ["git", "-C", str(folder), *settings, *arguments],
            given,
            env={**os.environ, **_ENVIRONMENT},
        )
    except (OSError, ValueError):
        return None
    return output if code == 0 else None


def git_text(folder: Path, *arguments: str) -> str:
    """What git prints as text, without the line end; nothing when it does not succeed."""
    found = git(folder, *arguments)
    return found.decode("utf-8", "replace").strip() if found else ""


def contents(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """What stands under some names in git, such as `main:docs/a.md`, all asked for at once."""
    asked = [name for name in names if "\n" not in name]
    given = os.fsencode("".join(f"{name}\n" for name in asked))
    data = git(folder, "cat-file", "--batch", given=given) if asked else None
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
