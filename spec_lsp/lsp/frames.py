"""Message frames: a header with the length of the body, then the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

LARGEST = 64_000_000  # bytes of one message
_LARGEST_HEADER = 4_096
_READ = 1 << 16
_END = b"\r\n\r\n"
_LINE = re.compile(rb"([A-Za-z0-9-]+):([^\r\n]*)")
_BEGUN_LINE = re.compile(rb"[A-Za-z0-9-]*(?::[^\r\n]*)?\r?")
_DIGITS = re.compile(rb"[0-9]{1,20}")


class FrameError(Exception):
    """An invalid header, after which the next message cannot be found."""


class Frames:
    """Incremental splitter of bytes into message bodies."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._length: int | None = None

    def cut(self, data: bytes) -> Iterator[bytes]:
        """Add bytes and yield the messages that they complete."""
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
        """Remove the next header and return its length; None until it is complete."""
        end = self._data.find(_END, 0, _LARGEST_HEADER)
        *lines, begun = bytes(self._data[: end if end >= 0 else _LARGEST_HEADER]).split(b"\r\n")
        if end >= 0:
            del self._data[: end + len(_END)]
            return _length_in([*lines, begun])
        broken = next((line for line in lines if not _LINE.fullmatch(line)), None)
        if broken is None and not _BEGUN_LINE.fullmatch(begun):
            broken = begun
        if broken is not None:
            raise FrameError(f"invalid message header: {broken[:40]!r}")
        if len(self._data) >= _LARGEST_HEADER:
            raise FrameError(f"message header longer than {_LARGEST_HEADER} bytes")
        return None


def _length_in(header: list[bytes]) -> int:
    lengths = []
    for line in header:
        field = _LINE.fullmatch(line)
        if not field:
            raise FrameError(f"invalid message header: {line[:40]!r}")
        if field[1].lower() == b"content-length":
            lengths.append(field[2].strip(b" \t"))
    if len(lengths) != 1:
        raise FrameError(f"message header with {len(lengths)} Content-Length fields instead of 1")
    if not _DIGITS.fullmatch(lengths[0]):
        raise FrameError(f"Content-Length is not a number: {lengths[0][:40]!r}")
    if (length := int(lengths[0])) > LARGEST:
        raise FrameError(f"Content-Length is {length}, but the limit is {LARGEST} bytes")
    return length


def read_some(source: io.RawIOBase) -> bytes:
    """Read the next bytes; a reset connection counts as the end of the input."""
    try:
        return source.read(_READ) or b""
    except OSError:
        return b""
