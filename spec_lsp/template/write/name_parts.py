"""The parts of file names: `{id}`, `{number}`, `{slug}`, `{date}` and, without hyphens, `{day}`.

A number may have a width, `{number:4}`, and a slug a style: `{slug:_}` joins words by underscores,
`{slug:A-}` keeps capitals.
"""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r"[^\w]+")
_LONGEST_SLUG = 60  # characters of a slug, cut at a hyphen
_NUMBER = re.compile(r"\d+")
_PART = re.compile(
    r"\{(?:(?P<name>id|date|day)|number(?::(?P<width>[1-9]))?"
    r"|slug(?::(?P<capitals>A?)(?P<joint>[-_ ]))?)\}"
)


def filled(pattern: str, title: str, id: str, date: str) -> str:  # noqa: A002 -- as in Values.
    """A file name with its parts filled in; hyphens around empty parts are left out."""
    # A document without a title is named by its ID.
    is_named = bool(title or not id)
    number = _NUMBER.search(id)

    def part(match: re.Match[str]) -> str:
        if match[0].startswith("{number"):
            return number[0].zfill(int(match["width"] or 1)) if number else ""
        if match[0].startswith("{slug"):
            return _styled(title, match) if is_named else ""
        fixed = {"id": id or slug_of(title), "date": date}
        return fixed.get(match["name"], date.replace("-", ""))

    name = _PART.sub(part, pattern)
    return re.sub(r"-+(?=-|\.md$)", "", name).strip("-") or "untitled"


def slug_of(title: str, joint: str = "-", *, keeps_case: bool = False) -> str:
    """A title as part of a file name: lower case, words joined by hyphens."""
    plain_title = unicodedata.normalize("NFKD", title)
    kept = "".join(char for char in plain_title if not unicodedata.combining(char))
    kept = kept if keeps_case else kept.casefold()
    slug = _UNSAFE.sub("-", kept.replace("_", "-")).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug.replace("-", joint) or "untitled"


def _styled(title: str, match: re.Match[str]) -> str:
    return slug_of(title, match["joint"] or "-", keeps_case=bool(match["capitals"]))
