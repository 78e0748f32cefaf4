"""What an event for a folder means: clients report a deleted folder and nothing of its files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root


def folders_among(root: Root, paths: Iterable[str]) -> set[str]:
    """Those of some paths that may be folders, or may have been before they were deleted."""
    return {path for path in paths if root.scope and not root.scope.names_document(path)}


def is_read(root: Root, folder: str) -> bool:
    """Whether a folder is on the disk and may hold documents."""
    is_there = root.scope is not None and (Path(root.folder) / folder).is_dir()
    return is_there and root.scope is not None and root.scope.is_open(folder)


def files_below(root: Root, folders: set[str]) -> list[str]:
    """The known files in some folders, however deep."""
    return list(_below(root.known_files(), folders)) if folders else []


def shaping_below(root: Root, folders: set[str]) -> list[str]:
    """The templates and the baseline in some folders."""
    return list(_below((root.loaded.baseline, *root.loaded.template_paths), folders))


def _below(paths: Iterable[str], folders: set[str]) -> Iterator[str]:
    for path in paths:
        folder = posixpath.dirname(path)
        while folder not in folders and folder not in ("", "/"):
            folder = posixpath.dirname(folder)
        if folder in folders:
            yield path
