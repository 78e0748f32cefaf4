"""Changes on the disk, in batches: a branch switch is one update, not a thousand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publishing
from spec_lsp.lsp.indexing import index_root
from spec_lsp.workspace.config import FILE_NAMES

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

PAUSE = 0.1
# Messages wait at most this long, in seconds, for the files that are being read.
SLICE = 0.01
_PATTERNS = ("**/*.md", "**/*.markdown", *(f"**/{name}" for name in FILE_NAMES))


def register(server: SpecServer) -> None:
    """Ask a client that can watch files to watch ours, but for what it was asked before."""
    workspace = server.client_capabilities.workspace
    watched = workspace and workspace.did_change_watched_files
    if not watched or not watched.dynamic_registration:
        return
    asked: list[str] = server.__dict__.setdefault("watched_patterns", [])
    baselines = filter(None, (root.loaded.baseline for root in server.session.roots.values()))
    wanted = (*_PATTERNS, *(f"**/{path.rpartition('/')[2]}" for path in baselines))
    patterns = [pattern for pattern in dict.fromkeys(wanted) if pattern not in asked]
    if not patterns:
        return
    asked += patterns
    watchers = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in patterns]
    registration = lsp.Registration(
        id=f"spec-lsp-files-{len(asked)}",
        method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watchers),
    )
    server.start(_register(server, lsp.RegistrationParams([registration])), "registration")


def events(server: SpecServer, uris: Iterable[str]) -> None:
    """Some files changed: they are looked at together with those that change in a moment."""
    waiting: dict[str, None] = server.__dict__.setdefault("watched", {})
    is_new = not waiting
    waiting.update(dict.fromkeys(uris))
    if is_new and waiting:
        server.start(_look(server), "watched files")


async def _register(server: SpecServer, params: lsp.RegistrationParams) -> None:
    await server.client_register_capability_async(params)


async def _look(server: SpecServer) -> None:
    await asyncio.sleep(PAUSE)
    waiting: dict[str, None] = server.__dict__["watched"]
    uris = list(waiting)
    waiting.clear()
    session = server.session
    reload: dict[str, Root] = {}
    due: set[str] = set()
    pause = time.perf_counter() + SLICE
    for uri in uris:
        root, path = session.locate(uri)
        if not root.folder:
            continue
        if root.shapes_settings(path) or path.rpartition("/")[2] in FILE_NAMES:
            reload[root.folder] = root
        else:
            affected = root.refresh(path)
            due.update(buffer.uri for buffer in session.open_in(root, affected))
        if time.perf_counter() > pause:
            await asyncio.sleep(0)
            pause = time.perf_counter() + SLICE
    for root in reload.values():
        root.reload()
        index_root(server, root)
    if reload:
        register(server)
    publishing.make_due(server, due, others=True)
