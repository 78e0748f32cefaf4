"""The server: pygls underneath, our own text buffers, and handlers that are found by name.

Handlers and everything below them are imported when the first message needs them, so that
`initialize` is answered at once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections.abc import Callable, Coroutine, Generator
from importlib import import_module
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
)
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import RPCRequest
from pygls.protocol.language_server import lsp_method

from spec_lsp import __version__
from spec_lsp.lsp.methods import COMMANDS, METHODS, Method, options
from spec_lsp.lsp.settings import ClientSettings, read_settings
from spec_lsp.lsp.wire import listen

logger = logging.getLogger(__name__)

READING = "reading "


class SpecProtocol(LanguageServerProtocol):
    """pygls without its own copies of the texts: its notion of a line is not the protocol's.

    A request that makes no sense is answered too, which pygls leaves out.
    """

    def receive(self, body: bytes) -> None:
        """Read and answer one message; nothing that a client sends ends the server."""
        try:
            self.handle_message(json.loads(body, object_hook=self.structure_message))
        except Exception as error:  # noqa: BLE001 -- whatever it was, the next one may be sound.
            self._server.report_server_error(error, "a message")  # type: ignore[arg-type]

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 -- any message.
        """Read a message; one that cannot be read is refused where somebody waits for an answer."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "method" not in data or not isinstance(data.get("id"), int | str):
                raise
            message = f"the parameters of {data['method']} are not what the protocol says"
            self._refuse(data["id"], JsonRpcInvalidParams(message))
            return None

    def handle_message(self, message: Any) -> None:  # noqa: ANN401 -- any message.
        """Answer a message; after good-bye every request is refused."""
        if self._shutdown and isinstance(message, RPCRequest):
            self._refuse(message.id, JsonRpcInvalidRequest("the server is shutting down"))
        elif message is not None:
            super().handle_message(message)

    def _refuse(self, number: int | str, error: JsonRpcException) -> None:
        self._send_response(number, None, error.to_response_error())

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(
        self, params: lsp.DidOpenTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Hand the notification on."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: lsp.DidChangeTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Hand the notification on."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: lsp.DidCloseTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Hand the notification on."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class SpecServer(LanguageServer):
    """The state of one connection. `session` is made when the first message needs it."""

    protocol: SpecProtocol

    def __init__(self) -> None:
        super().__init__("spec-lsp", __version__, protocol_cls=SpecProtocol)
        self.settings = ClientSettings()
        self.tasks: set[asyncio.Task[None]] = set()
        self.reading_since = 0.0
        self._session: Any = None

    def answer(self) -> None:
        """Speak on standard input and output until the client has left."""
        self.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
        try:
            asyncio.run(listen(sys.stdin.fileno(), self.protocol.receive))
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            self.shutdown()  # type: ignore[no-untyped-call]

    @property
    def session(self) -> Any:  # noqa: ANN401 -- the session's room is imported late.
        """Everything that is known of the workspace."""
        if self._session is None:
            from spec_lsp.lsp.session import Session

            self._session = Session()
        return self._session

    def catch_up(self) -> None:
        """Take in what was typed since somebody asked last."""
        if self._session is not None and self._session.behind:
            from spec_lsp.lsp.publishing import catch_up

            catch_up(self)

    @property
    def reading(self) -> set[asyncio.Task[None]]:
        """The folders that are being read."""
        return {task for task in self.tasks if task.get_name().startswith(READING)}

    def start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Begin work beside the messages; a failure is logged, never fatal."""
        if name.startswith(READING) and not self.reading:
            self.reading_since = time.monotonic()
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401
        """Failures go to the log; a window for each would only be in the way.

        A refusal is an answer, and a method that nobody offered is the client's affair.
        """
        name = getattr(source, "__name__", source)
        if isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError):
            logger.debug("%s: %s", name, error)
        else:
            logger.error("%s: %s", name, error, exc_info=error)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s failed", task.get_name(), exc_info=error)


def create_server() -> SpecServer:
    """A server that knows how to be initialised; the rest is registered when it is."""
    server = SpecServer()

    @server.feature(lsp.INITIALIZE)
    def on_initialize(server: SpecServer, params: lsp.InitializeParams) -> None:
        server.settings = read_settings(params.initialization_options)
        for method in METHODS:
            if method.wanted(server.settings, params.capabilities):
                server.feature(method.name, options(method, params.capabilities))(_handler(method))
        for command, path in COMMANDS.items():
            server.command(command)(_command(path))

    return server


def _handler(method: Method) -> Callable[..., Any]:
    """A handler that finds its function at its first call."""

    def call(server: SpecServer, params: Any) -> Any:  # noqa: ANN401 -- any message.
        if method.name != lsp.TEXT_DOCUMENT_DID_CHANGE:
            server.catch_up()
        return _function(method.handler)(server, params)

    async def call_later(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        server.catch_up()
        return await _function(method.handler)(server, params)

    async def call_when_read(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        if reading := server.reading:
            rest = method.patience - (time.monotonic() - server.reading_since)
            await asyncio.wait(reading, timeout=max(0, rest))
        return call(server, params)

    if method.patience:
        return call_when_read
    return call_later if method.is_async else call


def _command(path: str) -> Callable[..., Any]:
    def call(server: SpecServer, *arguments: Any) -> Any:  # noqa: ANN401
        server.catch_up()
        return _function(path)(server, *arguments)

    return call


def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"spec_lsp.lsp.handlers.{module}"), name)
    return found
