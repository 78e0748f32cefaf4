"""File events for folders: clients report a deleted folder without the files in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec_lsp.storage.folder import Folder


def folders_among(folder: Folder, paths: Iterable[str]) -> set[str]:
    """Return the paths that may be folders, or may have been before they were deleted."""
    return {path for path in paths if folder.filter and not folder.filter.names_document(path)}


def is_read(folder: Folder, path: str) -> bool:
    """Whether a subfolder is on disk and may contain documents."""
    return bool(folder.filter and folder.at(path).is_dir() and folder.filter.is_open(path))


def files_below(folder: Folder, folders: set[str]) -> list[str]:
    """Return the known files in folders, recursively."""
    return list(_below(folder.documents, folders)) if folders else []


def shaping_below(folder: Folder, folders: set[str]) -> list[str]:
    """Return the templates and the baseline in folders, recursively."""
    return list(_below((folder.loaded.baseline, *folder.loaded.template_paths), folders))


def _below(paths: Iterable[str], folders: set[str]) -> Iterator[str]:
    for path in paths:
        folder = posixpath.dirname(path)
        while folder not in folders and folder not in ("", "/"):
            folder = posixpath.dirname(folder)
        if folder in folders:
            yield path
