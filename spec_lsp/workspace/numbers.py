"""The numbers of documents that are taken: here, on other branches and in other worktrees."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from spec_lsp.identifiers import key_of
from spec_lsp.workspace.known_ids import own_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.workspace.workspace import Workspace

_LEADING = r"(?!\d{4}-\d\d-\d\d)(?P<number>\d{1,6})(?=[-_. ]|$)"


def next_number(workspace: Workspace, prefix: str, besides: str = "") -> int:
    """One more than the highest number with a prefix that was ever taken; `besides` does not count.

    Keys have no leading zeros, so a longer number is higher.
    """
    lead = key_of(prefix)
    own = key_of(besides)
    numbers = [key[len(lead) :] for key, _ in workspace.index.ids(lead) if key != own]
    stem = re.escape(prefix.rstrip("-_"))
    shape = re.compile(
        rf"(?:^|/){stem}[-_ ]?(\d{{1,9}})(?=[-_. /]|$)", re.IGNORECASE | re.MULTILINE
    )
    claimed = (number for number in shape.findall(workspace.files.claimed()))
    return _highest((*filter(str.isdecimal, numbers), *claimed)) + 1


def next_number_in(
    workspace: Workspace, folder: str, kind: str = "", besides: str = "", lead: str = ""
) -> int:
    """One more than the highest number with which a file or folder in a folder ever began.

    `lead` is the text before the numbers. Bare numbers that documents of the kind have as IDs there
    count too.
    """
    own = besides.lstrip("0")
    here = (posixpath.basename(path) for path in workspace.index.tables.folders.get(folder, ()))
    start = f"{folder}/" if folder else ""
    claimed = (
        path[len(start) :].partition("/")[0]
        for path in workspace.files.claimed().splitlines()
        if path.startswith(start)
    )
    shape = re.compile(f"{re.escape(lead)}{_LEADING}", re.IGNORECASE)
    found = filter(None, map(shape.match, (*here, *claimed)))
    scope = own_key("0", f"{folder}/")[:-1] if kind else ""
    ids = (key[len(scope) :] for key, _ in workspace.index.ids(scope)) if scope else ()
    numbers = (*(each["number"] for each in found), *filter(str.isdecimal, ids))
    return _highest(each for each in numbers if each.lstrip("0") != own) + 1


def _highest(numbers: Iterable[str]) -> int:
    return max(map(int, numbers), default=0)
