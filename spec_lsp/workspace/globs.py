"""Globs of paths, as in `.gitignore`: `docs/*.md`, `**/adr/*.md`, `drafts/`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path fits one of some globs; `!glob` takes back."""
    return _spec(tuple(globs)).match_file(path)


@lru_cache(maxsize=256)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(globs)
