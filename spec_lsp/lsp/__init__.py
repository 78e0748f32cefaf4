"""The language server: thin handlers over the features, the only room that knows the protocol."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, BinaryIO, NoReturn

if TYPE_CHECKING:
    import argparse
    import io

_MANY_OBJECTS = 50_000


def serve(arguments: list[str]) -> NoReturn:
    """Answer a client until it leaves, and end the process."""
    # Modules, entries and open documents stay; to look for garbage among them seldom is enough.
    gc.set_threshold(_MANY_OBJECTS)
    options = _options(arguments)
    from spec_lsp.lsp.log import log_to_stderr
    from spec_lsp.lsp.server import create_server

    log_to_stderr(options.log_level)
    source, target = _connected(options.tcp) if options.tcp else _standard_streams()
    _leave(create_server(_leave).answer(source, target))


def _leave(code: int) -> NoReturn:
    """End now, whatever threads are doing: reading files or waiting for git may take long.

    Nothing is lost: the cache is written in transactions.
    """
    from spec_lsp.storage.children import end_all

    end_all()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _standard_streams() -> tuple[io.RawIOBase, BinaryIO]:
    return open(sys.stdin.fileno(), "rb", buffering=0, closefd=False), sys.stdout.buffer


def _connected(port: int) -> tuple[io.RawIOBase, BinaryIO]:
    """The streams of the first client that connects from this machine."""
    import socket

    with socket.create_server(("127.0.0.1", port)) as listener:
        connection, _ = listener.accept()
    return connection.makefile("rb", buffering=0), connection.makefile("wb")


def _options(arguments: list[str]) -> argparse.Namespace | SimpleNamespace:
    """What was asked for; an editor that asks for nothing need not wait for the parser of it."""
    if set(arguments) <= {"--stdio"}:
        return SimpleNamespace(tcp=None, log_level="info")
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser("spec-lsp serve", description="Answer a language client.")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help="speak on standard input and output")
    way.add_argument("--tcp", type=int, metavar="PORT", help="listen on a port of this machine")
    parser.add_argument(
        "--log-level", choices=("error", "warning", "info", "debug"), default="info"
    )
    return parser
