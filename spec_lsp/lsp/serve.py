"""Start the language server on standard streams or a port."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, NoReturn

if TYPE_CHECKING:
    import io

_MANY_OBJECTS = 50_000  # allocations between garbage collections


def serve(port: int | None, log_level: str) -> NoReturn:
    """Serve one client until it exits, then end the process."""
    # Long-lived objects: collect rarely.
    gc.set_threshold(_MANY_OBJECTS)
    from spec_lsp.lsp.greeting import greet

    source, target = _connected(port) if port else _standard_streams()
    greeting = greet(source, target)
    from spec_lsp.lsp.log import log_to_stderr
    from spec_lsp.lsp.registration import create_server

    log_to_stderr(log_level)
    _leave(create_server(_leave).answer(source, target, greeting))


def _leave(code: int) -> NoReturn:
    """End without waiting for threads, which may be reading files or waiting for git.

    No data is lost: the cache is written in transactions.
    """
    from spec_lsp.storage.host.children import end_all

    end_all()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _standard_streams() -> tuple[io.RawIOBase, BinaryIO]:
    return open(sys.stdin.fileno(), "rb", buffering=0, closefd=False), sys.stdout.buffer


def _connected(port: int) -> tuple[io.RawIOBase, BinaryIO]:
    """Wait for the first local client and return its streams."""
    import socket

    with socket.create_server(("127.0.0.1", port)) as listener:
        connection, _ = listener.accept()
    return connection.makefile("rb", buffering=0), connection.makefile("wb")
