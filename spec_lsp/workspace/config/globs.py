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
    """Whether a path fits one of some globs; `!glob` takes back."""
    return _spec(tuple(globs)).match_file(path)


def is_glob(text: str) -> bool:
    """Whether a text can be read as a glob."""
    try:
        with warnings.catch_warnings():
            # Python warns of `[[` and `--` in sets, which mean here what they say.
            warnings.simplefilter("ignore", FutureWarning)
            GitIgnoreSpec.from_lines([text])
    except (GitIgnorePatternError, re.error):
        return False
    return True


def glob_spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Globs as one thing to match paths with; what is no glob is left out, as git does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines([line for line in lines if is_glob(line)])


def inside(path: str) -> str:
    """A path below the workspace's folder in its plainest form; nothing for any other."""
    plain = posixpath.normpath(path.replace("\\", "/"))
    is_outside = plain in ("", ".", "..") or plain.startswith(("../", "/"))
    return "" if is_outside or plain[1:2] == ":" or "\0" in plain else plain


@lru_cache(maxsize=256)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    return glob_spec(globs)
