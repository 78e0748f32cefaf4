"""Index a folder in the background, in batches of files, with progress."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
import uuid
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publish
from spec_lsp.lsp.background.cooperative import breathing
from spec_lsp.lsp.background.found import tell
from spec_lsp.lsp.background.watchers import register
from spec_lsp.lsp.registration import get_ready
from spec_lsp.lsp.server import READING
from spec_lsp.storage import node
from spec_lsp.storage.read import adopt, prepare
from spec_lsp.workspace.config.config import FILE_NAMES

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

logger = logging.getLogger(__name__)

_LONG = 200  # files from which progress is shown
_PART = 64  # files added before yielding to the event loop
_LOOK_AGAIN = 0.5  # seconds until the next check whether the user is idle


def index_root(server: SpecServer, folder: Folder, pause: float = 0) -> None:
    """Start indexing a folder, after a pause in which more files may change.

    Restarts if the folder is already being indexed. A folder that is not a workspace, or is too
    large for one, is not indexed: only its open documents are known.
    """
    if not server.session.is_workspace(folder.location):
        folder.finish()
        _say_limit(server, folder)
        return
    tasks, place = server.readings.tasks, folder.location
    if place in tasks and not tasks[place].done():
        tasks[place].cancel()
    tasks[place] = server.start(_index(server, folder, pause), READING + place)


async def _index(server: SpecServer, folder: Folder, pause: float) -> None:
    await asyncio.sleep(pause)
    began = time.perf_counter()
    progress = _Progress(server)
    folder.expect_all()
    gathering = await asyncio.to_thread(prepare, folder)
    adopt(folder, gathering.settings.families)
    paths = {sight.path for sight in gathering.sights}
    async for path in breathing({*folder.documents} - paths - folder.texts.open.keys()):
        folder.refresh([path])
    await progress.begin(len(paths))
    batches = gathering.batches()
    done = 0
    while (batch := await asyncio.to_thread(next, batches, None)) is not None:
        async for at in breathing(range(0, len(batch), _PART)):
            folder.take(batch[at : at + _PART])
        gc.freeze()
        done += len(batch)
        progress.report(done)
    folder.finish()
    progress.end()
    seconds = time.perf_counter() - began
    logger.info("%s: indexed %d documents in %.2f s", folder.location, len(paths), seconds)
    publish.all_due(server, folder)
    register(server)
    server.protocol.notify(publish.INDEXED, {"documents": len(paths), "roots": [folder.location]})
    server.start(tell(server, folder), "found")
    server.start(_settle(server), "settling")
    if node.IS_HERE:  # There are no threads: the first request for a number would wait for git.
        server.start(_ask_git(folder), "numbers")


async def _ask_git(folder: Folder) -> None:
    await asyncio.to_thread(folder.texts.claimed)


def _say_limit(server: SpecServer, folder: Folder) -> None:
    """Notify the user, once, that the opened folder is not indexed."""
    if folder.location not in server.session.folders:
        return
    publish.all_due(server, folder)
    server.protocol.notify(publish.INDEXED, {"documents": 0, "roots": [folder.location]})
    if not server.readings.has_said_limit:
        server.readings.has_said_limit = True
        text = (
            f"Only open documents are checked: {folder.location} is too large to index. "
            f"Open the folder with your documents, or add {FILE_NAMES[0]} to this one"
        )
        logger.info("%s", text)
        server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, text))


async def _settle(server: SpecServer) -> None:
    """Warm up when the user pauses, then exempt the index from garbage collection."""
    if server.session.is_typed_in:
        await asyncio.sleep(_LOOK_AGAIN)
        server.start(_settle(server), "settling")
        return
    await get_ready(server)
    await _freeze(server)


async def _freeze(server: SpecServer) -> None:
    """Collect garbage and exempt the rest.

    The collection blocks everything else, so it waits until the client is idle.
    """
    if not server.session.is_idle:
        await asyncio.sleep(_LOOK_AGAIN)
        server.start(_freeze(server), "settling")
        return
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class _Progress:
    """Work-done progress, for clients that support it and folders with many files."""

    def __init__(self, server: SpecServer) -> None:
        self.server = server
        window = server.client_capabilities.window
        self.token = str(uuid.uuid4()) if window and window.work_done_progress else ""
        self.total = 0
        self.shown = 0.0

    async def begin(self, total: int) -> None:
        self.total = total
        if total < _LONG:
            self.token = ""
        if not self.token:
            return
        progress = self.server.work_done_progress
        await progress.create_async(self.token)
        title = f"Indexing {total} documents"
        progress.begin(self.token, lsp.WorkDoneProgressBegin(title=title, percentage=0))

    def report(self, number: int) -> None:
        now = time.perf_counter()
        if self.token and now - self.shown > 0.1:
            self.shown = now
            percent = int(100 * number / max(self.total, 1))
            value = lsp.WorkDoneProgressReport(message=f"{number}/{self.total}", percentage=percent)
            self.server.work_done_progress.report(self.token, value)

    def end(self) -> None:
        if self.token:
            self.server.work_done_progress.end(self.token, lsp.WorkDoneProgressEnd())
