"""Reading a whole folder beside the messages, a few files at a time, with progress."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publishing
from spec_lsp.markdown import parse
from spec_lsp.storage.history import History, author, history_of

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

logger = logging.getLogger(__name__)

# Messages wait at most this long, in seconds, for the files that are being read.
SLICE = 0.01
_LONG = 200


def index_root(server: SpecServer, root: Root, pause: float = 0) -> None:
    """Begin to read a folder, after a pause in which more may change.

    One that is being read already begins anew.
    """
    if root.indexing and not root.indexing.done():
        root.indexing.cancel()
    root.indexing = server.start(_index(server, root, pause), f"indexing {root.folder}")


async def _index(server: SpecServer, root: Root, pause: float) -> None:
    await asyncio.sleep(pause)
    began = time.perf_counter()
    progress = _Progress(server)
    root.author, root.history = await asyncio.to_thread(_ask_git, root)
    paths = [path for path in root.scan() if path not in root.buffers]
    gone = set(root.workspace.index.entries) - set(paths) - set(root.buffers)
    for path in gone:
        root.refresh(path)
    await progress.begin(len(paths))
    rest = time.perf_counter() + SLICE
    for number, path in enumerate(paths):
        if path not in root.buffers:
            reading = root.reading(path)
            if reading.text is not None:
                root.keep(parse(path, reading.text))
            else:
                root.refresh(path)
                root.unreadable[path] = reading.reason
        if time.perf_counter() > rest:
            progress.report(number)
            await asyncio.sleep(0)
            rest = time.perf_counter() + SLICE
    root.know_all()
    progress.end()
    seconds = time.perf_counter() - began
    logger.info("%s: %d documents read in %.2f s", root.folder, len(paths), seconds)
    publishing.all_due(server, root)
    server.protocol.notify(publishing.INDEXED, {"documents": len(paths), "roots": [root.folder]})


def _ask_git(root: Root) -> tuple[str, History]:
    folder = Path(root.folder)
    return author(folder), history_of(folder, root.settings)


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
