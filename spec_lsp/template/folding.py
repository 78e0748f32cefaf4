"""When two values are the same, however they are written."""

from __future__ import annotations

import re

_DECORATION = re.compile(r"[*`~{}\[\]<>\"']+|(?<!\w)_+|_+(?!\w)")
# A bracketed remark is a remark, as in `Done [2025-11-14]`.
_REMARK = re.compile(r"(?<=\w)\s*\[(?=[^\]]*\])")
_JOINTS = str.maketrans("-_()", "    ")
_HEAD = re.compile(r"^[^\w]+")


def fold(value: str) -> str:
    """A value without case, decoration and doubled blanks; `in-progress` is `in progress`."""
    return " ".join(_HEAD.sub("", _bare(value).casefold()).translate(_JOINTS).split())


def without_decoration(value: str) -> str:
    """A value without marks around it and before it."""
    return _HEAD.sub("", _bare(value))


def _bare(value: str) -> str:
    return _DECORATION.sub("", _REMARK.sub(" (", value) if "[" in value else value)
