"""Reading a whole folder beside the messages, a batch of files at a time, with progress."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publishing
from spec_lsp.lsp.breathing import breathing
from spec_lsp.lsp.root import failed
from spec_lsp.lsp.server import READING
from spec_lsp.lsp.watchers import register
from spec_lsp.storage.cache import cache_of
from spec_lsp.storage.files import Disk
from spec_lsp.storage.gather import Gathering
from spec_lsp.storage.history import author, history_of
from spec_lsp.workspace.config import FILE_NAMES

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

logger = logging.getLogger(__name__)

_LONG = 200
_PART = 64
_LOOK_AGAIN = 0.5


def index_root(server: SpecServer, root: Root, pause: float = 0) -> None:
    """Begin to read a folder, after a pause in which more may change.

    If it is being read already, that starts again. Of a folder that is not a workspace, or is too
    wide to be one, only the open documents are known.
    """
    if not server.session.is_workspace(root.folder):
        root.know_all()
        _say_limit(server, root)
        return
    if root.indexing and not root.indexing.done():
        root.indexing.cancel()
    root.indexing = server.start(_index(server, root, pause), READING + root.folder)


async def _index(server: SpecServer, root: Root, pause: float) -> None:
    await asyncio.sleep(pause)
    began = time.perf_counter()
    progress = _Progress(server)
    root.expect_all()
    gathering = await asyncio.to_thread(_prepare, root)
    paths = {sight.path for sight in gathering.sights}
    async for path in breathing({*root.known_files()} - paths - root.buffers.keys()):
        root.refresh(path)
    await progress.begin(len(paths))
    batches = gathering.batches()
    done = 0
    while (batch := await asyncio.to_thread(next, batches, None)) is not None:
        async for at in breathing(range(0, len(batch), _PART)):
            root.fill(batch[at : at + _PART])
        gc.freeze()
        done += len(batch)
        progress.report(done)
    root.know_all()
    progress.end()
    seconds = time.perf_counter() - began
    logger.info("%s: %d documents read in %.2f s", root.folder, len(paths), seconds)
    publishing.all_due(server, root)
    register(server)
    server.protocol.notify(publishing.INDEXED, {"documents": len(paths), "roots": [root.folder]})
    server.start(_settle(server), "settling")


def _say_limit(server: SpecServer, root: Root) -> None:
    """Tell the user once that the folder that was opened is not read as a whole."""
    if root.folder not in server.session.folders:
        return
    publishing.all_due(server, root)
    server.protocol.notify(publishing.INDEXED, {"documents": 0, "roots": [root.folder]})
    if not server.__dict__.setdefault("has_said_limit", False):
        server.__dict__["has_said_limit"] = True
        text = (
            f"spec-lsp checks only open documents in {root.folder}, which is too large a folder to "
            f"be read. Open the folder with your documents, or add {FILE_NAMES[0]} to this one."
        )
        logger.info("%s", text)
        server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, text))


async def _settle(server: SpecServer) -> None:
    """What was read stays: no later collection of garbage has to look at it.

    To look at everything once more takes a while, and waits until nobody types.
    """
    if server.session.is_typed_in:
        await asyncio.sleep(_LOOK_AGAIN)
        server.start(_settle(server), "settling")
        return
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    await server.get_ready()


def _prepare(root: Root) -> Gathering:
    """Everything that is to be known before files are read; git is slow on some machines."""
    folder = Path(root.folder)
    cache = cache_of(folder)
    root.author = author(folder)
    root.history = history_of(folder, root.settings, cache)
    # Whoever waits for the first reading has nothing else to wait for.
    return Gathering(
        Disk(folder),
        root.settings,
        root.history,
        cache,
        root.scan(),
        failed,
        is_polite=root.is_indexed,
    )


class _Progress:
    """Work-done progress, for clients that show it and folders that take a while."""

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
        title = f"Reading {total} documents"
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
