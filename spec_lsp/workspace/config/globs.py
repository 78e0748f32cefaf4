"""Paths inside the workspace, and globs as in `.gitignore`: `docs/*.md`, `**/adr/*.md`."""

from __future__ import annotations

import posixpath
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, AnyStr, cast

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

# What pathspec writes for `*`, for `**/` at the start of a glob, and for `/**` inside one.
_STAR = "[^/]*"
_ANY_FOLDERS_FIRST = "^(?:.+/)?"
_ANY_FOLDERS = "(?:/.+)?"
# An escaped character, a star or question mark, or a set such as `[!a-z]`.
_TOKEN = re.compile(r"\\.|\[\^/\]|(?P<set>\[\^?\]?[^\]]*\])", re.DOTALL)


class LinearPattern(GitIgnoreSpecPattern):
    """A glob whose expression takes time linear in the length of a path, with any number of stars.

    Each `*` but the last of a path segment, and each `**` but the last, stops at the first place
    where what follows up to the next one matches: later places cannot match more. Atomic groups
    say so, and keep the rest from being tried again.
    """

    __slots__ = ()

    @classmethod
    def pattern_to_regex(cls, pattern: AnyStr) -> tuple[AnyStr | None, bool | None]:
        regex, include = super().pattern_to_regex(pattern)
        return (cast("Any", _linear(regex)) if isinstance(regex, str) else regex), include


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path matches some globs; `!glob` excludes what an earlier one matches."""
    return _spec(tuple(globs)).match_file(path)


def is_glob(text: str) -> bool:
    """Whether a text is a valid glob."""
    try:
        with warnings.catch_warnings():
            # Python warns about `[[` and `--` in sets, which are literal here.
            warnings.simplefilter("ignore", FutureWarning)
            _from_lines([text])
    except (GitIgnorePatternError, re.error):
        return False
    return True


def glob_spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Compile globs to one matcher; invalid ones are skipped, as git does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return _from_lines([line for line in lines if is_glob(line)])


def inside(path: str) -> str:
    """The normalised form of a path below the workspace's folder; empty for other paths."""
    plain = posixpath.normpath(path.replace("\\", "/"))
    is_outside = plain in ("", ".", "..") or plain.startswith(("../", "/"))
    return "" if is_outside or plain[1:2] == ":" or "\0" in plain else plain


@lru_cache(maxsize=256)  # Globs alone determine the result, so nothing invalidates it.
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    return glob_spec(globs)


def _from_lines(lines: list[str]) -> GitIgnoreSpec:
    # Only `re` has atomic groups: no other backend, whatever else is installed.
    return GitIgnoreSpec.from_lines(lines, LinearPattern, backend="simple")


def _linear(regex: str) -> str:
    # As in git, a set matches no slash: `[!a]` and `[+-9]` would.
    regex = _TOKEN.sub(lambda token: ("(?!/)" if token["set"] else "") + token[0], regex)
    *chunks, last = regex.split(_ANY_FOLDERS)
    if not chunks:
        return _linear_stars(last)
    first, *inner = chunks
    if first.startswith(_ANY_FOLDERS_FIRST):
        after = _linear_stars(first.removeprefix(_ANY_FOLDERS_FIRST))
        linear = f"^(?>(?:.+?/)??{after}(?=/))"
    else:
        linear = _linear_stars(first)
    linear += "".join(f"(?>(?:/.+?)??{_linear_stars(each)}(?=/))" for each in inner)
    return f"{linear}{_ANY_FOLDERS}{_linear_stars(last)}"


def _linear_stars(regex: str) -> str:
    linear, *pieces = regex.split(_STAR)
    for number, piece in enumerate(pieces, 1):
        is_last = number == len(pieces) or "/" in piece.replace("[^/]", "").replace("(?!/)", "")
        linear += f"{_STAR}{piece}" if is_last else f"(?>{_STAR}?{piece})"
    return linear
