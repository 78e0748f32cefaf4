"""Where the documents of a kind are and how they are named, so that a new one fits in."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spec_lsp.identifiers import prefix_of
from spec_lsp.memo import once
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.notation.status_words import DROPPED, FINAL
from spec_lsp.workspace.copies import is_archived
from spec_lsp.workspace.name_shapes import is_shaped, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.workspace import Workspace

_DIGITS = re.compile(r"\d+")
_FINISHED = frozenset((*FINAL, *DROPPED))


@dataclass(frozen=True)
class Habit:
    """The folder and the file name of new documents, as patterns, and the pattern of their IDs."""

    directory: str
    filename: str
    id: IdPattern | None


def habit_of(workspace: Workspace, template: Template, besides: str = "") -> Habit | None:
    """The habit of a kind: that of most documents, then of the newest; None without documents.

    The document at the path `besides` does not count.
    """
    if not besides:
        return once(workspace.index.names, _habit, workspace, template)
    entries = _in_use(workspace, template)
    return _habit_in([each for each in entries if each.path != besides], template)


def _habit(_state: object, workspace: Workspace, template: Template) -> Habit | None:
    return _habit_in(_in_use(workspace, template), template)


def _habit_in(entries: Sequence[Entry], template: Template) -> Habit | None:
    if not entries:
        return None
    pattern = _id_pattern(template.id, entries)
    name = _name_in_units(entries)
    if name:
        paths = [posixpath.dirname(each.path) for each in entries if each.path.endswith(f"/{name}")]
    else:
        paths = [posixpath.splitext(each.path)[0] for each in entries]
    folder = _folder(paths, template.directory)
    names = [posixpath.basename(each) for each in paths if posixpath.dirname(each) == folder]
    names.sort(key=_age)
    if name:
        usual = posixpath.basename(template.directory)
        return Habit(posixpath.join(folder, shape_of(names, pattern, usual)), name, pattern)
    known = template.filename.removesuffix(".md")
    is_known = known and 2 * sum(is_shaped(each, known, pattern) for each in names) > len(names)
    return Habit(folder, f"{known if is_known else shape_of(names, pattern)}.md", pattern)


def _in_use(workspace: Workspace, template: Template) -> list[Entry]:
    """The documents of a kind that are not put away; all of them if no other place is known."""
    found = [each for each in workspace.index.entries.values() if each.kind == template.kind]
    used = [each for each in found if not _is_put_away(posixpath.dirname(each.path))]
    return used if used or (template.family and template.directory) else found


def _is_put_away(folder: str) -> bool:
    """Whether a folder is for old documents, or named for a status of finished ones."""
    return is_archived(folder) or posixpath.basename(folder).casefold() in _FINISHED


def _name_in_units(entries: Sequence[Entry]) -> str:
    """The file name of all documents of the kind if each is in a folder of its own; else empty."""
    names = Counter(posixpath.basename(each.path) for each in entries)
    name, count = names.most_common(1)[0]
    own = [each for each in entries if posixpath.basename(each.path) == name]
    if all(each.unit and each.unit == posixpath.dirname(each.path) for each in own):
        return name
    folders = {posixpath.basename(posixpath.dirname(each.path)) for each in own}
    return name if count > 1 and 2 * count > len(entries) and len(folders) == count else ""


def _folder(paths: Sequence[str], usual: str) -> str:
    """The most frequent folder; of several, the usual one, else that of the newest document."""
    counts = Counter(map(posixpath.dirname, paths))
    newest = posixpath.dirname(max(paths, key=lambda path: _age(posixpath.basename(path))))
    return max(counts, key=lambda each: (counts[each], each == usual, each == newest))


def _age(name: str) -> list[int]:
    """The numbers in a name: those of a newer document are higher."""
    return [int(number) for number in _DIGITS.findall(name)[:4]]


def _id_pattern(own: IdPattern | None, entries: Sequence[Entry]) -> IdPattern | None:
    """The pattern of the template's IDs, or of those that the documents have, in their width."""
    is_free = own and not own.prefix and not own.digits
    ids = [each.id for each in entries if each.id[-1:].isdigit()]
    prefixes = Counter(prefix_of(each) for each in ids)
    if is_free:
        # Free names may be numbered nevertheless: `LIB-12`.
        if 2 * prefixes.total() <= len(entries):
            return own
        own = None
    prefix = own.prefix if own else next((each for each, _ in prefixes.most_common(1)), "")
    numbers = [each[len(prefix) :] for each in ids if prefix_of(each) == prefix]
    if not own and not prefix:
        return None
    pattern = own or IdPattern(prefix, 1, "workspace")
    return replace(pattern, digits=_width(numbers, pattern.digits)) if numbers else pattern


def _width(numbers: Iterable[str], usual: int) -> int:
    """The width of numbers: with leading zeros their length, else at most that of the shortest."""
    found = list(numbers)
    padded = [len(number) for number in found if number.startswith("0")]
    return max(padded) if padded else min(usual, *map(len, found))
