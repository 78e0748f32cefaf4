"""Which handler answers which message. Handlers are found by name and imported when first needed.

So `initialize` is answered at once.
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
from spec_lsp.lsp.capabilities import COMMANDS, METHODS, Method, options
from spec_lsp.lsp.protocol import Handler
from spec_lsp.lsp.server import SpecServer
from spec_lsp.lsp.settings import read_settings

# pygls has a part in these.
_LIFE = (lsp.INITIALIZED, lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)


def create_server(leave: Callable[[int], object]) -> SpecServer:
    """A server that knows how to be initialised; the rest is registered when it is.

    `leave` ends the process; it is called from another thread when the client's has ended.
    """
    server = SpecServer(leave)

    @server.feature(lsp.INITIALIZE)
    def on_initialize(server: SpecServer, params: lsp.InitializeParams) -> None:
        server.settings = read_settings(params.initialization_options)
        server.client_name = params.client_info.name if params.client_info else ""
        for method in METHODS:
            if method.wanted(server.settings, params.capabilities):
                server.feature(method.name, options(method, params.capabilities))(_handler(method))
                if not method.is_async and method.name not in _LIFE:
                    server.handlers[method.name] = method, _at_once(method)
        for command in COMMANDS:
            server.command(command)(_announced)
        if params.process_id is not None:
            client_process.watch(params.process_id, partial(server.leave, 1))

    return server


async def get_ready(server: SpecServer) -> None:
    """Do what the first requests would wait for, unless somebody types, who would wait too.

    It is to import what answers them, and to understand the built-in templates.
    """
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
    """A handler for pygls, which may wait."""
    at_once = _at_once(method)

    async def call_later(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        return await at_once(server, params)

    async def call_when_read(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        if reading := server.awaited(method):
            rest = method.wait_limit - (time.monotonic() - server.reading_since)
            await asyncio.wait(reading, timeout=max(0, rest))
        return at_once(server, params)

    if method.wait_limit:
        return call_when_read
    return call_later if method.is_async else at_once


def _at_once(method: Method) -> Handler:
    """A handler that finds its function at its first call."""

    def call(server: SpecServer, params: Any) -> Any:  # noqa: ANN401 -- any message.
        if method.name != lsp.TEXT_DOCUMENT_DID_CHANGE:
            _catch_up(server)
        return _function(method.handler)(server, params)

    return call


def _catch_up(server: SpecServer) -> None:
    from spec_lsp.lsp.publish import catch_up

    catch_up(server)


def _announced(*_: Any) -> None:  # noqa: ANN401
    """Stand for a command where pygls announces it; `workspace/executeCommand` runs them all."""


@cache
def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"spec_lsp.lsp.handlers.{module}"), name)
    return found
