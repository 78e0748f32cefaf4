"""Which files may carry an ID that another file carries too, and which files are put away."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spec_lsp.workspace.collect.links import ANY_ANCHOR
from spec_lsp.workspace.known_ids import path_keys

if TYPE_CHECKING:
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Defined

_ARCHIVE = re.compile(
    r"(?:^|[-_ .\d])(?:archived?|attic|backup|deprecated|drafts?|graveyard|legacy|obsoleted?|old|"
    r"outdated|rejected|removed|retired|superseded|templates?|examples?|samples?|trash|withdrawn)$",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:_?index|readme|summary|toc|overview|changelog|contents)", re.IGNORECASE)
_FORMER = re.compile(r"(?:archived?|deprecated|draft|expired|obsolete|old|superseded|withdrawn)")
_ISSUE = re.compile(r"(?:#|/issues/)0*(\d{1,9})\b")
_UNGIVEN = re.compile(r"(?:^|.*[^\d.])00+", re.DOTALL)
_LANGUAGE = re.compile(r"(?<=[/._-])[a-z]{2}(?:[-_][A-Za-z]{2,4})?(?=[/.])")


@lru_cache(maxsize=4096)
def is_archived(folder: str) -> bool:
    """Whether a folder, or one around it, keeps what is put away, or patterns and examples."""
    return any(_ARCHIVE.search(name) for name in folder.split("/"))


def are_rivals(one: Entry, own: Defined, other: Entry, theirs: Defined) -> bool:
    """Whether two files cannot both carry an ID.

    Archived files, lists of documents, translations, mirrored copies, pages that say where their
    contents are now, and the files of one folder that carries the ID itself may. So may documents
    that are not numbered yet: 0000. Documents of two kinds are rivals if both name it in a field.
    Files in two units may, if their names begin with it: numbers start again in each unit.
    A number in two file names is shared on purpose if one document links to the other, or if both
    name the issue with that number.
    """
    if _UNGIVEN.fullmatch(own.text):
        return False
    if own.form == theirs.form == "file" and _is_shared(one, other):
        return False
    if one.unit != other.unit and _is_in_unit(one, own) and _is_in_unit(other, theirs):
        return False
    is_equal = one.kind == other.kind or own.form == theirs.form == "field"
    return is_equal and not (
        _is_aside(one, own)
        or _is_aside(other, theirs)
        or _is_mirror(one, other)
        or _untranslated(one.path) == _untranslated(other.path)
    )


def _is_in_unit(entry: Entry, own: Defined) -> bool:
    return bool(entry.unit) and own.key in path_keys(posixpath.basename(entry.path))


def _is_aside(entry: Entry, own: Defined) -> bool:
    folder, name = posixpath.split(entry.path)
    stem = posixpath.splitext(name)[0]
    if is_archived(folder) or _LISTS.fullmatch(stem) or _FORMER.fullmatch(stem.rpartition(".")[2]):
        return True
    if ANY_ANCHOR in entry.anchors:
        return True
    return any(own.key in path_keys(each) for each in folder.split("/"))


def names_issue(entry: Entry) -> bool:
    """Whether the number of a document is that of an issue which its header names."""
    number = entry.id.lstrip("0")
    fields = (value for name, value in entry.fields.items() if "issue" in name)
    return number.isdecimal() and any(number in _ISSUE.findall(value) for value in fields)


def _is_shared(one: Entry, other: Entry) -> bool:
    is_named = names_issue(one) and names_issue(other)
    return is_named or _links_to(one, other.path) or _links_to(other, one.path)


def _links_to(entry: Entry, path: str) -> bool:
    return any(entry.references_where(lambda each: each.path == path))


def _is_mirror(one: Entry, other: Entry) -> bool:
    is_named = posixpath.basename(one.path) == posixpath.basename(other.path)
    return is_named and one.title == other.title


def _untranslated(path: str) -> str:
    """A path without the codes of languages: `docs/zh-CN/x.md`, `x.de.md`."""
    return _LANGUAGE.sub("", f"/{path}").replace("//", "/").replace("..", ".")
