"""File events in batches: a branch switch is one update, not a thousand."""

from __future__ import annotations

import asyncio
import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spec_lsp.lsp import publish
from spec_lsp.lsp.background.cooperative import breathing
from spec_lsp.lsp.background.folder_events import files_below, folders_among, is_read, shaping_below
from spec_lsp.lsp.background.indexing import index_root
from spec_lsp.lsp.background.watchers import register
from spec_lsp.storage.file_filter import MARKS

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

PAUSE = 0.1  # seconds to collect events before they are processed
_MANY = 100  # files above which the folder is re-indexed


def events(server: SpecServer, uris: Iterable[str]) -> None:
    """Queue changed files; events within `PAUSE` are processed in one batch."""
    waiting = server.watched
    waiting.uris.update(dict.fromkeys(uris))
    if waiting.uris and (waiting.task is None or waiting.task.done()):
        waiting.task = server.start(_look(server), "watched files")


async def _look(server: SpecServer) -> None:
    """Process batches of changed files until the queue is empty."""
    waiting = server.watched.uris
    while waiting:
        await asyncio.sleep(PAUSE)
        uris = list(waiting)
        waiting.clear()
        due: set[str] = set()
        for folder, paths in (await _by_root(server, uris)).values():
            due |= await _look_at(server, folder, paths)
        publish.make_due(server, due, others=True)
        register(server)


async def _by_root(server: SpecServer, uris: Iterable[str]) -> dict[str, tuple[Folder, list[str]]]:
    """Group changed paths by indexed folder, including folders deleted with an outer one."""
    session = server.session
    found: dict[str, tuple[Folder, list[str]]] = {}
    async for uri in breathing(uris):
        folder, path = session.locate(uri)
        if folder.location:
            found.setdefault(folder.location, (folder, []))[1].append(path)
            for gone in session.gone_below(posixpath.join(folder.location, path)):
                found[gone.location] = gone, gone.documents
    return {place: each for place, each in found.items() if session.is_workspace(place)}


async def _look_at(server: SpecServer, folder: Folder, paths: list[str]) -> set[str]:
    """Refresh files and folders; return the URIs of the affected open files."""
    folders = folders_among(folder, paths)
    is_shaped = bool(folder.filter and folder.filter.shows_family(paths))
    async for path in breathing([*paths, *shaping_below(folder, folders)]):
        if is_shaped or folder.shapes_settings(path) or not MARKS.isdisjoint(path.split("/")):
            server.session.find_roots_again()
            folder.reload()
            server.session.follow()
            index_root(server, folder)
            return set()
    paths = [*paths, *files_below(folder, folders)]
    if len(paths) > _MANY or any(is_read(folder, each) for each in folders):
        # Re-indexing finds new files, and worker processes read them.
        index_root(server, folder)
        return set()
    due: set[str] = set()
    async for path in breathing(paths):
        affected = folder.refresh([path])
        due.update(buffer.uri for buffer in server.session.open_in(folder, affected))
    return due
