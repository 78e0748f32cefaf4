"""Paths inside the workspace, and globs as in `.gitignore`: `docs/*.md`, `**/adr/*.md`."""

from __future__ import annotations

import posixpath
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.base import GitIgnorePatternError

if TYPE_CHECKING:
    from collections.abc import Iterable


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path matches some globs; `!glob` excludes what an earlier one matches."""
    return _spec(tuple(globs)).match_file(path)


def is_glob(text: str) -> bool:
    """Whether a text is a valid glob."""
    try:
        with warnings.catch_warnings():
            # Python warns about `[[` and `--` in sets, which are literal here.
            warnings.simplefilter("ignore", FutureWarning)
            GitIgnoreSpec.from_lines([text])
    except (GitIgnorePatternError, re.error):
        return False
    return True


def glob_spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Compile globs to one matcher; invalid ones are skipped, as git does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines([line for line in lines if is_glob(line)])


def inside(path: str) -> str:
    """The normalised form of a path below the workspace's folder; empty for other paths."""
    plain = posixpath.normpath(path.replace("\\", "/"))
    is_outside = plain in ("", ".", "..") or plain.startswith(("../", "/"))
    return "" if is_outside or plain[1:2] == ":" or "\0" in plain else plain


@lru_cache(maxsize=256)  # Globs alone determine the result, so nothing invalidates it.
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    return glob_spec(globs)
