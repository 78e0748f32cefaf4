"""Reading messages from standard input as soon as they are there.

pygls fetches each line of a header, and each body, in another thread, and every such errand costs
as much as a small request. Here the event loop itself watches the input wherever the system lets
it; elsewhere one thread reads, and hands on what it gets.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

_READ = 1 << 16
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Frames:
    """Bytes as they come in, to be cut into the bodies of messages."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._wanted = 0

    def cut(self, data: bytes) -> Iterator[bytes]:
        """The messages that some more bytes complete."""
        self._data += data
        while len(self._data) >= self._wanted and (end := self._data.find(_END)) >= 0:
            start = end + len(_END)
            length = _LENGTH.search(self._data, 0, end)
            if not length:
                logger.error("a header without a length: %r", bytes(self._data[:start][:80]))
                del self._data[:start]
                continue
            # A long message comes in many pieces, and is looked at when it is whole.
            self._wanted = start + int(length[1])
            if len(self._data) < self._wanted:
                return
            body = bytes(self._data[start : self._wanted])
            del self._data[: self._wanted]
            self._wanted = 0
            yield body


async def listen(source: int, receive: Callable[[bytes], None]) -> None:
    """Hand on every message that comes in at a file descriptor, until there are no more.

    Messages that came in together are handed on together, before anything else is done.
    """
    loop = asyncio.get_running_loop()
    frames = Frames()
    ended = loop.create_future()

    def take(data: bytes) -> None:
        for body in frames.cut(data):
            receive(body)
        if not data and not ended.done():
            ended.set_result(None)

    def read() -> None:
        data = os.read(source, _READ)
        if not data:
            loop.remove_reader(source)
        take(data)

    try:
        loop.add_reader(source, read)
    except (NotImplementedError, OSError):
        # Windows watches no pipes, and Linux no plain files.
        threading.Thread(target=_read_all, args=(source, loop, take), daemon=True).start()
    await ended


def _read_all(source: int, loop: asyncio.AbstractEventLoop, take: Callable[[bytes], None]) -> None:
    data = b"more"
    while data:
        data = os.read(source, _READ)
        try:
            loop.call_soon_threadsafe(take, data)
        except RuntimeError:  # The loop has been closed: nobody listens any more.
            return
