"""Heading anchors, named as GitHub and most renderers do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
# HTML in a heading is not part of its text, except in code.
_TAG = re.compile(r"(`[^`]*`)|</?[A-Za-z][^<>]*>")
_DROPPED = re.compile(r"[^\w\- ]")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")


@lru_cache(maxsize=4096)
def slug(title: str) -> str:
    """The anchor of a heading, without the number that a repeated one gets."""
    plain = _TAG.sub(r"\1", title) if "<" in title else title
    plain = _EMPHASIS.sub("", _LINK.sub(r"\1", plain).strip())
    return _DROPPED.sub("", plain.lower()).replace(" ", "-")


def slugs(titles: Iterable[str]) -> Iterator[str]:
    """The anchors of all headings of a document; repeated ones are numbered from 1."""
    taken: dict[str, int] = {}
    for title in titles:
        name = base = slug(title)
        while name in taken:
            taken[base] += 1
            name = f"{base}-{taken[base]}"
        taken[name] = 0
        yield name
