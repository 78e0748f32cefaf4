"""Changes on the disk, in batches: a branch switch is one update, not a thousand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publish
from spec_lsp.lsp.background.cooperative import breathing
from spec_lsp.lsp.background.indexing import index_root
from spec_lsp.storage.file_filter import MARKS
from spec_lsp.workspace.config.config import FILE_NAMES

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

PAUSE = 0.1
_MANY = 100
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
    waiting.update(dict.fromkeys(uris))
    task: asyncio.Task[None] | None = server.__dict__.get("watching")
    if waiting and (task is None or task.done()):
        server.__dict__["watching"] = server.start(_look(server), "watched files")


async def _register(server: SpecServer, params: lsp.RegistrationParams) -> None:
    await server.client_register_capability_async(params)


async def _look(server: SpecServer) -> None:
    """Look at what changed until nothing more does; one batch is one update."""
    waiting: dict[str, None] = server.__dict__["watched"]
    while waiting:
        await asyncio.sleep(PAUSE)
        uris = list(waiting)
        waiting.clear()
        by_root: dict[str, tuple[Root, list[str]]] = {}
        async for uri in breathing(uris):
            root, path = server.session.locate(uri)
            if root.folder:
                by_root.setdefault(root.folder, (root, []))[1].append(path)
        due: set[str] = set()
        for root, paths in by_root.values():
            due |= await _look_at(server, root, paths)
        publish.make_due(server, due, others=True)


async def _look_at(server: SpecServer, root: Root, paths: list[str]) -> set[str]:
    """Look at some files of a folder; the URIs of the open ones that they affect."""
    async for path in breathing(paths):
        if root.shapes_settings(path) or not MARKS.isdisjoint(path.split("/")):
            root.reload()
            index_root(server, root)
            register(server)
            return set()
    if len(paths) > _MANY:
        # A scan finds out by itself which files are new, and workers read them.
        index_root(server, root)
        return set()
    due: set[str] = set()
    async for path in breathing(paths):
        affected = root.refresh(path)
        due.update(buffer.uri for buffer in server.session.open_in(root, affected))
    return due
