"""The server in a browser: it never waits; JavaScript gives it a turn when there is work."""

from __future__ import annotations

import asyncio
import gc
import io
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spec_lsp_start import Loop, find_compiled

from spec_lsp.lsp.greeting import greet
from spec_lsp.lsp.log import log_to_stderr
from spec_lsp.lsp.registration import create_server

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer

_SLICE = 0.05  # seconds of handling messages before JavaScript has a turn
_MANY_OBJECTS = 50_000  # allocations between garbage collections


class Answers(io.RawIOBase):
    """The output: hands over each answer without its header."""

    def __init__(self, send: Callable[[str], object]) -> None:
        self._send = send

    def write(self, data: Any) -> int:  # noqa: ANN401 -- bytes of any type.
        """Hand over one message."""
        self._send(bytes(data).partition(b"\r\n\r\n")[2].decode())
        return len(data)


class Server:
    """One server; `receive` and `turn` say after how many milliseconds it needs a turn."""

    def __init__(self, first: str, send: Callable[[str], object]) -> None:
        gc.set_threshold(_MANY_OBJECTS)
        # Pyodide runs everything inside a loop of its own, which cannot be told to go on later.
        asyncio._set_running_loop(None)
        self._loop = Loop()
        self._loop._run_forever_setup()
        self._is_scheduled = False
        body, output = first.encode(), Answers(send)
        greeting = greet(io.BytesIO(b"Content-Length: %d\r\n\r\n%s" % (len(body), body)), output)
        log_to_stderr("info")
        self._server: SpecServer = create_server(sys.exit)
        self._server.protocol.set_writer(output)
        self._server.protocol.greeted = greeting.number
        self.receive(first)

    def receive(self, message: str) -> None:
        """Queue a message."""
        self._server.protocol.receive(message.encode())
        self._schedule()

    def turn(self) -> float | None:
        """Go one round; None if nothing is to be done until the next message."""
        loop = self._loop
        loop._run_once()
        if loop._ready or loop._work:
            return 0
        return max(0, loop._scheduled[0]._when - loop.time()) * 1000 if loop._scheduled else None

    def _schedule(self) -> None:
        if not self._is_scheduled:
            self._is_scheduled = True
            self._loop.call_soon(self._handle)

    def _handle(self) -> None:
        self._is_scheduled = False
        pause = time.monotonic() + _SLICE
        while self._server.protocol.handle_next():
            if time.monotonic() > pause:
                self._schedule()
                return


os.environ["SPEC_LSP_CACHE"] = "off"
find_compiled()
