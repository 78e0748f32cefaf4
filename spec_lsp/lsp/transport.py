"""Non-blocking reading of messages from a pipe or a socket.

pygls reads each header line and each body in another thread, which costs as much as a small
request. Here the event loop watches the input with `add_reader`; where that fails, one thread
reads the input.

The input is read ahead of the handlers, so that `shutdown` is seen while requests are queued.
"""

from __future__ import annotations

import asyncio
import io
import threading
import time
from contextlib import suppress
from queue import Empty, Queue
from select import select
from typing import BinaryIO, Protocol

from spec_lsp.lsp.frames import FrameError, Frames, read_some

_SLICE = 0.05  # seconds of handling messages before yielding to other tasks
_GRACE = 0.5  # seconds after the end of the input in which queued messages are handled
_AHEAD = 10_000  # messages that are queued at most
_CHUNKS = 16  # chunks that the reading thread may be ahead


class Receiver(Protocol):
    """Queues messages, and handles one at a time."""

    def receive(self, body: bytes) -> None:
        """Queue a message."""
        ...

    def handle_next(self) -> bool:
        """Handle the next message; return False if none is queued."""
        ...

    @property
    def waiting(self) -> int:
        """The number of queued messages."""
        ...


class Listener:
    """Passes the messages of an input to a receiver until the input ends."""

    def __init__(
        self, source: io.RawIOBase, receiver: Receiver, frames: Frames | None = None
    ) -> None:
        self._source = source
        self._receiver = receiver
        self._frames = frames or Frames()
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._over_at: float | None = None
        self._chunks: Queue[bytes] | None = None
        self._is_scheduled = False

    async def listen(self) -> None:
        """Return at the end of the input; raise FrameError if a header is invalid."""
        try:
            self._loop.add_reader(self._source.fileno(), self._pump)
        except (NotImplementedError, OSError):
            # `add_reader` fails for pipes on Windows and for regular files on Linux.
            self._chunks = Queue(_CHUNKS)
            threading.Thread(target=self._read_all, args=(self._chunks,), daemon=True).start()
        self._schedule()  # Messages may be queued already.
        await self._ended

    def _pump(self) -> None:
        """Alternate between reading and handling, so that messages are handled in batches."""
        pause = time.monotonic() + _SLICE
        self._is_scheduled = False
        try:
            while self._read_some() | self._handle_next():
                if time.monotonic() > pause:
                    self._schedule()
                    return
        except FrameError as error:
            self._finish(error)
        else:
            if self._over_at is not None:
                self._finish()

    def _read_some(self) -> bool:
        """Read at most one chunk; return whether there was one."""
        if self._over_at is not None or self._receiver.waiting >= _AHEAD:
            return False
        data = self._arrived()
        if data is None:
            return False
        for body in self._frames.cut(data):
            self._receiver.receive(body)
        if not data:
            self._over_at = time.monotonic()
            self._stop_watching()
        return True

    def _arrived(self) -> bytes | None:
        """Return new bytes, empty at the end of the input, or None if there are none yet."""
        if self._chunks is not None:
            with suppress(Empty):
                return self._chunks.get_nowait()
            return None
        if not select([self._source], (), (), 0)[0]:
            return None
        return read_some(self._source)

    def _handle_next(self) -> bool:
        is_late = self._over_at is not None and time.monotonic() - self._over_at > _GRACE
        return not is_late and self._receiver.handle_next()

    def _schedule(self) -> None:
        if not self._is_scheduled:
            self._is_scheduled = True
            self._loop.call_soon(self._pump)

    def _finish(self, error: FrameError | None = None) -> None:
        self._stop_watching()
        if self._ended.done():
            return
        if error:
            self._ended.set_exception(error)
        else:
            self._ended.set_result(None)

    def _stop_watching(self) -> None:
        if self._chunks is None:
            self._loop.remove_reader(self._source.fileno())

    def _read_all(self, chunks: Queue[bytes]) -> None:
        data = b"more"
        while data:
            data = read_some(self._source)
            chunks.put(data)
            try:
                self._loop.call_soon_threadsafe(self._pump)
            except RuntimeError:  # The loop has been closed.
                return


class Output:
    """The output to the client, as pygls expects it."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def write(self, data: bytes) -> None:
        """Write a message; exit if the client is gone."""
        try:
            self._target.write(data)
            self._target.flush()
        except (OSError, ValueError):
            raise SystemExit(1) from None

    def close(self) -> None:
        self._target.close()
