"""Registration of file watchers with the client."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.workspace.config.config import FILE_NAMES
from spec_lsp.workspace.families.marks import FILE

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

_TEMPLATES = "**/.spec-lsp/templates/*.txt"
_NAMES = (*FILE_NAMES, FILE)
_FILES = ("**/*.md", "**/*.markdown", _TEMPLATES, *(f"**/{name}" for name in _NAMES))
_COME_OR_GO = lsp.WatchKind.Create | lsp.WatchKind.Delete
_SPECIAL = re.compile(r"[*?\[\]{},!\\]")


def register(server: SpecServer) -> None:
    """Register watchers for new patterns, if the client supports it.

    VS Code reports a deleted folder as one event for the folder. Watching all folders would report
    every build, so only the names of folders with documents are watched, as in gopls.
    """
    workspace = server.client_capabilities.workspace
    able = workspace and workspace.did_change_watched_files
    if not able or not able.dynamic_registration:
        return
    asked = server.watched.patterns
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
    baselines = {folder.loaded.baseline for folder in server.session.roots.values()}
    finders = filter(None, (folder.loaded.finder for folder in server.session.roots.values()))
    marks = (f"**/{mark}" for finder in finders for mark in finder.marks)
    return [
        *_FILES,
        *dict.fromkeys(marks),
        *dict.fromkeys(f"**/{path.rpartition('/')[2]}" for path in baselines),
    ]


def _folder_patterns(server: SpecServer) -> list[str]:
    """Return the names of all folders with documents; glob metacharacters are replaced by `?`."""
    roots = server.session.roots.values()
    folders = {inner for folder in roots for inner in _folders_of(folder)}
    return sorted({_SPECIAL.sub("?", inner.rpartition("/")[2]) for inner in folders})


def _folders_of(folder: Folder) -> Iterator[str]:
    known: set[str] = set()
    for path in folder.documents:
        around = path.rpartition("/")[0]
        while around and around not in known and not around.startswith(".."):
            known.add(around)
            yield around
            around = around.rpartition("/")[0]


def _any_of(names: Iterable[str]) -> str:
    first, *rest = names
    return f"**/{{{','.join([first, *rest])}}}" if rest else f"**/{first}"
