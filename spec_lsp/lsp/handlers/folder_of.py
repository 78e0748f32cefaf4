"""The folder that the arguments of a command name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from spec_lsp.lsp import uris

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder


def folder_of(server: SpecServer, given: dict[str, Any]) -> Folder:
    """The folder that arguments name; the first one if they name none."""
    session = server.session
    uri = given.get("directory") or given.get("uri")
    if not uri:
        return next(iter(session.roots.values()), session.loose)
    path = uris.to_path(uri)
    return session.locate(inside(uri) if path and Path(path).is_dir() else uri)[0]


def inside(directory: str) -> str:
    """The URI of a file in a folder: what governs it also governs new documents there."""
    return f"{directory.rstrip('/')}/-.md"
