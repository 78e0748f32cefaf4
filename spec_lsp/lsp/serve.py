"""The language server: thin handlers over the features, the only room that knows the protocol."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

_MANY_OBJECTS = 50_000


def serve(arguments: list[str]) -> int:
    """Answer a client until it says good-bye."""
    # Modules, entries and open documents stay; to look for garbage among them seldom is enough.
    gc.set_threshold(_MANY_OBJECTS)
    options = _options(arguments)
    from spec_lsp.lsp.log import log_to_stderr
    from spec_lsp.lsp.server import create_server

    log_to_stderr(options.log_level)
    server = create_server()
    if options.tcp:
        server.start_tcp("127.0.0.1", options.tcp)
    else:
        server.answer()
    return 0


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
