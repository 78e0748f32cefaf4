"""Edits for renamed files: links to and from them, and IDs in file names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from spec_lsp.features.rename.id import id_edits, named
from spec_lsp.features.shared.results import FileChange
from spec_lsp.features.shared.steps import Steps
from spec_lsp.features.shared.update_links import Edits, Read, followed
from spec_lsp.identifiers import prefix_of
from spec_lsp.text import Edit
from spec_lsp.workspace.workspace import Workspace


def renamed(
    workspace: Workspace, read: Read, pairs: Iterable[tuple[str, str]]
) -> Steps[FileChange]:
    """Return the edits that update links and IDs when files or folders are renamed.

    The edits refer to the files before the rename, under their old paths.
    """
    moves = _files(workspace, pairs)
    edits: dict[str, set[Edit]] = {}
    for old, new in moves.items():
        renumbered = yield from _renumbered(workspace, read, old, new, moves)
        for path, each in renumbered.items():
            edits.setdefault(path, set()).update(each)
    return FileChange((yield from followed(workspace, read, edits, moves)))


def _files(workspace: Workspace, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return every renamed file; for a folder all known files in it."""
    moves: dict[str, str] = {}
    for old, new in pairs:
        source, target = old.rstrip("/"), new.rstrip("/")
        inside = [path for path in workspace.index.entries if path.startswith(f"{source}/")]
        moves.update((path, target + path.removeprefix(source)) for path in inside)
        moves.setdefault(source, target)
    return moves


def _renumbered(
    workspace: Workspace, read: Read, old: str, new: str, moves: Mapping[str, str]
) -> Steps[Edits]:
    """Return the edits for a changed ID in a file name."""
    entry = workspace.entry(old)
    if not entry or not entry.id or not _id_in_name(old, entry.id, entry.id):
        return {}
    name = _id_in_name(new, entry.id, "")
    target = named(workspace, old) if name and name != entry.id else None
    return (yield from id_edits(workspace, read, target, name, moves)) if target else {}


def _id_in_name(path: str, like: str, wanted: str) -> str:
    """Return the ID at the start of a file name: `wanted`, or one with the prefix of `like`."""
    prefix = prefix_of(like)
    shape = re.escape(wanted) if wanted else rf"{re.escape(prefix)}(?P<number>\d+(?:\.\d+)*)"
    if prefix == like:
        # An ID without a number is the whole file name.
        stem = posixpath.splitext(posixpath.basename(path))[0]
        return stem if not wanted or stem == wanted else ""
    match = re.match(rf"{shape}(?![^\W_])", posixpath.basename(path), re.IGNORECASE)
    if not match:
        return ""
    return wanted or f"{prefix}{match['number']}"
