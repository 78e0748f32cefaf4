"""Messages are read from pipes, in pieces of any size, and from other kinds of input."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.lsp.frames import FrameError, Frames
from spec_lsp.lsp.transport import Listener

BODIES = st.lists(st.binary(max_size=60), max_size=6)


def framed(body: bytes, header: bytes = b"Content-Length: %d\r\n") -> bytes:
    return header % len(body) + b"\r\n" + body


@given(bodies=BODIES, sizes=st.lists(st.integers(1, 40), min_size=1))
def test_messages_are_the_same_however_they_are_cut(bodies: list[bytes], sizes: list[int]) -> None:
    data = b"".join(map(framed, bodies))
    frames = Frames()
    found: list[bytes] = []
    at = 0
    while at < len(data):
        size = sizes[at % len(sizes)]
        found += frames.cut(data[at : at + size])
        at += size
    assert found == bodies


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: %d\r\n",
        b"Content-Length:%d\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n",
        b"Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc\r\n",
    ],
)
def test_headers_may_be_written_in_many_ways(header: bytes) -> None:
    assert list(Frames().cut(framed(b"{}", header) * 2)) == [b"{}", b"{}"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Content-Length: " + b"9" * 5_000, "longer than 4096 bytes"),
        (b"Content-Length: " + b"9" * 50 + b"\r\n\r\n", "not a number"),
        (b"Content-Length: 100000000000000000\r\n\r\n", "the limit is 64000000 bytes"),
        (b"Content-Length: 64000001\r\n\r\n", "the limit is 64000000 bytes"),
        (b"Content-Length: -2\r\n\r\n{}", "not a number: b'-2'"),
        (b"Content-Length: 0x2\r\n\r\n{}", "not a number: b'0x2'"),
        (b"Content-Length: \r\n\r\n{}", "not a number: b''"),
        (b"Content-Length: 2\n\n{}", "invalid message header: b'Content-Length: 2"),
        (b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "2 Content-Length fields"),
        (b"Hello: there\r\n\r\n", "0 Content-Length fields"),
        (b"\r\n\r\n", "invalid message header: b''"),
        (b'{"jsonrpc": "2.0"', "invalid message header: b'{"),
        (b"\x00\xff", "invalid message header"),
    ],
)
def test_a_broken_header_is_not_waited_upon(data: bytes, reason: str) -> None:
    with pytest.raises(FrameError, match=re.escape(reason)):
        list(Frames().cut(framed(b"{}") + data))


def test_a_header_may_come_in_single_bytes() -> None:
    frames = Frames()
    data = framed(b"{}", b"Content-Type: text/x\r\nContent-Length: %d\r\n")
    assert [body for at in range(len(data)) for body in frames.cut(data[at : at + 1])] == [b"{}"]


class Kept:
    """A receiver that stores messages, and reports each one that is handled."""

    def __init__(self, on_message: Callable[[int], None] = lambda _: None) -> None:
        self.queue: list[bytes] = []
        self.found: list[bytes] = []
        self.on_message = on_message

    @property
    def waiting(self) -> int:
        return len(self.queue)

    def receive(self, body: bytes) -> None:
        self.queue.append(body)

    def handle_next(self) -> bool:
        if not self.queue:
            return False
        self.found.append(self.queue.pop(0))
        self.on_message(len(self.found))
        return True


def listen(descriptor: int, receiver: Kept) -> None:
    async def until_it_ends() -> None:
        await asyncio.wait_for(Listener(source, receiver).listen(), 20)

    with open(descriptor, "rb", buffering=0, closefd=False) as source:
        asyncio.run(until_it_ends())


def test_a_pipe_is_listened_to_until_it_ends() -> None:
    reader, writer = os.pipe()
    kept = Kept(lambda count: os.close(writer) if count == 2 else None)
    os.write(writer, framed(b"one") + framed(b"two"))
    listen(reader, kept)
    os.close(reader)
    assert kept.found == [b"one", b"two"]


def test_input_that_arrives_during_a_message_is_read_before_the_next_one() -> None:
    reader, writer = os.pipe()
    seen: list[int] = []

    def on_message(count: int) -> None:
        seen.append(kept.waiting)
        if count == 1:
            os.write(writer, framed(b"three") + framed(b"four"))
            os.close(writer)

    kept = Kept(on_message)
    os.write(writer, framed(b"one") + framed(b"two"))
    listen(reader, kept)
    os.close(reader)
    assert seen == [1, 2, 1, 0]


def test_an_input_that_cannot_be_watched_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "input"
    file.write_bytes(framed(b"x" * 200_000) + framed(b"two"))
    kept = Kept()
    with file.open("rb") as stream:
        listen(stream.fileno(), kept)
    assert kept.found == [b"x" * 200_000, b"two"]
