"""Registration of handlers, which are imported at their first call.

Lazy imports keep the response to `initialize` fast.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import Any

from lsprotocol import types as lsp

from spec_lsp.lsp import client_process
from spec_lsp.lsp.capabilities import COMMANDS, METHODS, Method
from spec_lsp.lsp.protocol import Handler
from spec_lsp.lsp.server import SpecServer
from spec_lsp.lsp.settings import read_settings

# pygls handles these too.
_LIFE = (lsp.INITIALIZED, lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)


def create_server(leave: Callable[[int], object]) -> SpecServer:
    """Create a server that handles `initialize`, which registers the other handlers.

    `leave` ends the process; it is called from another thread if the client's process ends.
    """
    server = SpecServer(leave)

    @server.feature(lsp.INITIALIZE)
    def on_initialize(server: SpecServer, params: lsp.InitializeParams) -> None:
        server.settings = read_settings(params.initialization_options)
        server.client_name = params.client_info.name if params.client_info else ""
        for method in METHODS:
            if method.wanted(server.settings, server.protocol.asked["capabilities"]):
                server.feature(method.name)(_handler(method))
                if not method.is_async and method.name not in _LIFE:
                    server.handlers[method.name] = method, _at_once(method)
        for command in COMMANDS:
            server.command(command)(_announced)
        if params.process_id is not None:
            client_process.watch(params.process_id, partial(server.leave, 1))

    return server


async def get_ready(server: SpecServer) -> None:
    """Warm up (imports, built-in templates) while the user is idle."""
    from spec_lsp.template import builtin

    steps: list[Callable[[], object]] = [
        *(partial(_function, method.handler) for method, _ in server.handlers.values()),
        *(partial(builtin.template, kind) for kind in builtin.texts()),
    ]
    for step in steps:
        if server.session.is_typed_in:
            return
        step()
        await asyncio.sleep(0)


def _handler(method: Method) -> Callable[..., Any]:
    """Create a handler for pygls, which may be asynchronous."""
    at_once = _at_once(method)

    async def call_later(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        return await at_once(server, params)

    async def call_when_read(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        if reading := server.awaited(method):
            rest = method.wait_limit - (time.monotonic() - server.reading_since)
            await asyncio.wait(reading, timeout=max(0, rest))
        result = at_once(server, params)
        return await result if method.is_async else result

    if method.wait_limit:
        return call_when_read
    return call_later if method.is_async else at_once


def _at_once(method: Method) -> Handler:
    """Create a synchronous handler, imported at its first call."""

    def call(server: SpecServer, params: Any) -> Any:  # noqa: ANN401 -- any message.
        if method.name != lsp.TEXT_DOCUMENT_DID_CHANGE:
            _catch_up(server)
        return _function(method.handler)(server, params)

    return call


def _catch_up(server: SpecServer) -> None:
    from spec_lsp.lsp.publish import catch_up

    catch_up(server)


def _announced(*_: Any) -> None:  # noqa: ANN401
    """Placeholder by which pygls advertises a command; `workspace/executeCommand` runs it."""


@cache
def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"spec_lsp.lsp.handlers.{module}"), name)
    return found
