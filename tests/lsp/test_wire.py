"""Messages come in over pipes, in pieces of any size, and over whatever else may be an input."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.lsp.transport import Frames, listen

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


def test_a_header_without_a_length_is_passed_over() -> None:
    data = b"Hello: there\r\n\r\n" + framed(b"{}") + b"\r\n\r\n" + framed(b"[]")
    assert list(Frames().cut(data)) == [b"{}", b"[]"]


def test_a_pipe_is_listened_to_until_it_ends() -> None:
    reader, writer = os.pipe()
    found: list[bytes] = []

    def receive(body: bytes) -> None:
        found.append(body)
        if len(found) == 2:
            os.close(writer)

    os.write(writer, framed(b"one") + framed(b"two"))
    asyncio.run(asyncio.wait_for(listen(reader, receive), 20))
    os.close(reader)
    assert found == [b"one", b"two"]


def test_an_input_that_cannot_be_watched_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "input"
    file.write_bytes(framed(b"x" * 200_000) + framed(b"two"))
    found: list[bytes] = []
    with file.open("rb") as stream:
        asyncio.run(asyncio.wait_for(listen(stream.fileno(), found.append), 20))
    assert found == [b"x" * 200_000, b"two"]
