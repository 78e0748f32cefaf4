"""Which files a client is asked to watch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.workspace.config import FILE_NAMES

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

_FILES = ("**/*.md", "**/*.markdown", *(f"**/{name}" for name in FILE_NAMES))
_COME_OR_GO = lsp.WatchKind.Create | lsp.WatchKind.Delete
_SPECIAL = re.compile(r"[*?\[\]{},!\\]")


def register(server: SpecServer) -> None:
    """Ask a client that can watch files to watch ours, and nothing twice.

    VS Code reports a deleted folder as one event for the folder. Watching all folders would report
    every build, so only the names of those that hold documents are watched, as gopls does.
    """
    workspace = server.client_capabilities.workspace
    able = workspace and workspace.did_change_watched_files
    if not able or not able.dynamic_registration:
        return
    asked: set[str] = server.__dict__.setdefault("watched_patterns", set())
    files = [pattern for pattern in _file_patterns(server) if pattern not in asked]
    folders = [name for name in _folder_patterns(server) if name not in asked]
    if not files and not folders:
        return
    asked.update(files, folders)
    watched = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in files]
    if folders:
        watched.append(lsp.FileSystemWatcher(_any_of(folders), _COME_OR_GO))
    registration = lsp.Registration(
        id=f"spec-lsp-files-{len(asked)}",
        method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watched),
    )
    server.start(_register(server, lsp.RegistrationParams([registration])), "registration")


async def _register(server: SpecServer, params: lsp.RegistrationParams) -> None:
    await server.client_register_capability_async(params)


def _file_patterns(server: SpecServer) -> list[str]:
    baselines = filter(None, (root.loaded.baseline for root in server.session.roots.values()))
    return [*_FILES, *dict.fromkeys(f"**/{path.rpartition('/')[2]}" for path in baselines)]


def _folder_patterns(server: SpecServer) -> list[str]:
    """The names of all folders with files of ours; what a glob would not take literally is `?`."""
    roots = server.session.roots.values()
    folders = {folder for root in roots for folder in _folders_of(root)}
    return sorted({_SPECIAL.sub("?", folder.rpartition("/")[2]) for folder in folders})


def _folders_of(root: Root) -> Iterator[str]:
    known: set[str] = set()
    for path in root.known_files():
        folder = path.rpartition("/")[0]
        while folder and folder not in known and not folder.startswith(".."):
            known.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]


def _any_of(names: Iterable[str]) -> str:
    first, *rest = names
    return f"**/{{{','.join([first, *rest])}}}" if rest else f"**/{first}"
