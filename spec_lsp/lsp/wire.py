"""Reading messages from a pipe or a socket as soon as they arrive.

pygls reads each header line and each body in another thread, and each such call costs as much as a
small request. Here the event loop watches the input itself where the system lets it; elsewhere one
thread reads and hands over what it gets.

The input is read ahead of the messages that are being handled, so that a `shutdown` is seen while
a thousand requests wait.
"""

from __future__ import annotations

import asyncio
import io
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from select import select
from typing import BinaryIO, Protocol

LARGEST = 64_000_000  # bytes of one message
_LARGEST_HEADER = 4_096
_READ = 1 << 16
_END = b"\r\n\r\n"
_LINE = re.compile(rb"([A-Za-z0-9-]+):([^\r\n]*)")
_BEGUN_LINE = re.compile(rb"[A-Za-z0-9-]*(?::[^\r\n]*)?\r?")
_DIGITS = re.compile(rb"[0-9]{1,20}")

_SLICE = 0.05  # seconds of handling messages before other work gets its turn
_GRACE = 0.5  # seconds after the end of the input in which waiting messages are still handled
_AHEAD = 10_000  # messages that are read before they can be handled
_CHUNKS = 16  # that the reading thread may be ahead


class FrameError(Exception):
    """A broken header: where the next message begins cannot be known."""


class Frames:
    """Bytes as they arrive, cut into the bodies of messages."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._length: int | None = None

    def cut(self, data: bytes) -> Iterator[bytes]:
        """The messages that some more bytes complete."""
        self._data += data
        while True:
            if self._length is None:
                self._length = self._next_length()
            if self._length is None or len(self._data) < self._length:
                return
            body = bytes(self._data[: self._length])
            del self._data[: self._length]
            self._length = None
            yield body

    def _next_length(self) -> int | None:
        """The length in the next header, which is removed; None until it is complete."""
        end = self._data.find(_END, 0, _LARGEST_HEADER)
        *lines, begun = bytes(self._data[: end if end >= 0 else _LARGEST_HEADER]).split(b"\r\n")
        if end >= 0:
            del self._data[: end + len(_END)]
            return _length_in([*lines, begun])
        broken = next((line for line in lines if not _LINE.fullmatch(line)), None)
        if broken is None and not _BEGUN_LINE.fullmatch(begun):
            broken = begun
        if broken is not None:
            raise FrameError(f"this is no header of a message: {broken[:40]!r}")
        if len(self._data) >= _LARGEST_HEADER:
            raise FrameError(f"a header does not end within {_LARGEST_HEADER} bytes")
        return None


def _length_in(header: list[bytes]) -> int:
    lengths = []
    for line in header:
        field = _LINE.fullmatch(line)
        if not field:
            raise FrameError(f"this is no header of a message: {line[:40]!r}")
        if field[1].lower() == b"content-length":
            lengths.append(field[2].strip(b" \t"))
    if len(lengths) != 1:
        raise FrameError(f"a header has {len(lengths)} fields Content-Length instead of one")
    if not _DIGITS.fullmatch(lengths[0]):
        raise FrameError(f"Content-Length is not a number of bytes: {lengths[0][:40]!r}")
    if (length := int(lengths[0])) > LARGEST:
        raise FrameError(f"Content-Length is {length}, and at most {LARGEST} bytes are read")
    return length


class Receiver(Protocol):
    """What messages are handed to: it queues them, and handles one at a time."""

    def receive(self, body: bytes) -> None:
        """Queue a message."""
        ...

    def handle_next(self) -> bool:
        """Handle the next message; False when none waits."""
        ...

    @property
    def waiting(self) -> int:
        """How many messages wait."""
        ...


class Listener:
    """Hands every message of an input to a receiver until the input ends."""

    def __init__(self, source: io.RawIOBase, receiver: Receiver) -> None:
        self._source = source
        self._receiver = receiver
        self._frames = Frames()
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._over_at: float | None = None
        self._chunks: Queue[bytes] | None = None
        self._is_scheduled = False

    async def listen(self) -> None:
        """Return at the end of the input; raise FrameError where it is broken."""
        try:
            self._loop.add_reader(self._source.fileno(), self._pump)
        except (NotImplementedError, OSError):
            # Windows cannot watch pipes, and Linux cannot watch regular files.
            self._chunks = Queue(_CHUNKS)
            threading.Thread(target=self._read_all, args=(self._chunks,), daemon=True).start()
        await self._ended

    def _pump(self) -> None:
        """Read and handle in turns; messages that arrived together are handled together."""
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
        """Read what has arrived, at most one chunk."""
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
        """Some bytes, nothing at the end of the input, or None while there are no new ones."""
        if self._chunks is not None:
            with suppress(Empty):
                return self._chunks.get_nowait()
            return None
        if not select([self._source], (), (), 0)[0]:
            return None
        return _read(self._source)

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
            data = _read(self._source)
            chunks.put(data)
            try:
                self._loop.call_soon_threadsafe(self._pump)
            except RuntimeError:  # The loop has been closed.
                return


class Output:
    """Messages on their way to the client, as pygls writes them."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def write(self, data: bytes) -> None:
        """Write a message; a client that cannot be reached any more ends the server."""
        try:
            self._target.write(data)
            self._target.flush()
        except (OSError, ValueError):
            raise SystemExit(1) from None

    def close(self) -> None:
        """Close the output."""
        self._target.close()


def _read(source: io.RawIOBase) -> bytes:
    """The next bytes; a connection that was reset has ended."""
    try:
        return source.read(_READ) or b""
    except OSError:
        return b""
