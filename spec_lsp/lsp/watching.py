"""Changes on the disk, in batches: a branch switch is one update, not a thousand."""

from __future__ import annotations

import asyncio
import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spec_lsp.lsp import publishing
from spec_lsp.lsp.breathing import breathing
from spec_lsp.lsp.folders import files_below, folders_among, is_read, shaping_below
from spec_lsp.lsp.indexing import index_root
from spec_lsp.lsp.watchers import register
from spec_lsp.storage.scope import MARKS

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

PAUSE = 0.1
_MANY = 100


def events(server: SpecServer, uris: Iterable[str]) -> None:
    """Some files changed: they are looked at together with those that change in a moment."""
    waiting: dict[str, None] = server.__dict__.setdefault("watched", {})
    waiting.update(dict.fromkeys(uris))
    task: asyncio.Task[None] | None = server.__dict__.get("watching")
    if waiting and (task is None or task.done()):
        server.__dict__["watching"] = server.start(_look(server), "watched files")


async def _look(server: SpecServer) -> None:
    """Look at what changed until nothing more does; one batch is one update."""
    waiting: dict[str, None] = server.__dict__["watched"]
    while waiting:
        await asyncio.sleep(PAUSE)
        uris = list(waiting)
        waiting.clear()
        due: set[str] = set()
        for root, paths in (await _by_root(server, uris)).values():
            due |= await _look_at(server, root, paths)
        publishing.make_due(server, due, others=True)
        register(server)


async def _by_root(server: SpecServer, uris: Iterable[str]) -> dict[str, tuple[Root, list[str]]]:
    """What changed in each folder that is read whole, and in folders that went with another."""
    session = server.session
    found: dict[str, tuple[Root, list[str]]] = {}
    async for uri in breathing(uris):
        root, path = session.locate(uri)
        if root.folder:
            found.setdefault(root.folder, (root, []))[1].append(path)
            for gone in session.gone_below(posixpath.join(root.folder, path)):
                found[gone.folder] = gone, gone.known_files()
    return {folder: each for folder, each in found.items() if session.is_workspace(folder)}


async def _look_at(server: SpecServer, root: Root, paths: list[str]) -> set[str]:
    """Look at some files and folders; the URIs of the open ones that they affect."""
    folders = folders_among(root, paths)
    async for path in breathing([*paths, *shaping_below(root, folders)]):
        if root.shapes_settings(path) or not MARKS.isdisjoint(path.split("/")):
            server.session.find_roots_again()
            root.reload()
            index_root(server, root)
            return set()
    paths = [*paths, *files_below(root, folders)]
    if len(paths) > _MANY or any(is_read(root, folder) for folder in folders):
        # A scan finds out by itself which files are new, and workers read them.
        index_root(server, root)
        return set()
    due: set[str] = set()
    async for path in breathing(paths):
        affected = root.refresh(path)
        due.update(buffer.uri for buffer in server.session.open_in(root, affected))
    return due
