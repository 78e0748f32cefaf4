"""File names in a template's text: `specs/YYYY-MM-DD_spec_feature-name.md`."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

_PATH_NAME = re.compile(
    r"file|path|location|(?:file|document)(?:name| name| path| location)|saved? (?:as|to)"
    r"|output file",
    re.IGNORECASE,
)
_PATH = re.compile(r"(?:(?P<folder>[\w./-]{1,200})/)?(?P<name>[\w.\[\]{}<>-]{1,120}\.md)")
_DATE = re.compile(r"[\[{<]?(?:YYYY-MM-DD|YYYY(?P<compact>)MMDD)[\]}>]?", re.IGNORECASE)
_NUMBER = re.compile(r"[\[{<]?(?<![A-Za-z])(?:N{2,}|X{2,}|0{3,}|#{2,})(?![A-Za-z0-9])[\]}>]?")
_SLUG = re.compile(
    r"(?:[\[{<][\w -]*[\]}>]"
    r"|(?<![A-Za-z0-9])(?:[a-z]{2,20}[-_])?(?:name|title|slug|description|topic))(?=\.md\Z)"
)


class FilePattern(NamedTuple):
    """The folder and the file name of documents, with `{date}`, `{number}` and `{slug}`."""

    directory: str
    filename: str


def names_path(name: str) -> bool:
    """Whether a field holds the path of its document, such as `File`."""
    return bool(_PATH_NAME.fullmatch(name))


def file_pattern(text: str) -> FilePattern | None:
    """The pattern in a path, if a date or a number and a title are to be filled in there."""
    path = _PATH.fullmatch(text.strip("`\"' "))
    if not path:
        return None
    dated = _DATE.sub(lambda each: "{date}" if each["compact"] is None else "{day}", path["name"])
    numbered = _NUMBER.sub("{number}", dated, count=1)
    name = _SLUG.sub("{slug}", numbered)
    if "{slug}" not in name or name == "{slug}.md":
        return None
    folder = posixpath.normpath(path["folder"] or ".")
    # The path counts from a file that is not known: only the folders that it names are certain.
    parts = [part for part in folder.split("/") if part not in (".", "..")]
    return FilePattern("/".join(parts), name)
