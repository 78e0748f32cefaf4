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
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from typing import Any, TypeVar

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

from spec_lsp import __version__
from spec_lsp.lsp.methods import COMMANDS, METHODS, Method, options
from spec_lsp.lsp.settings import ClientSettings, read_settings
from spec_lsp.lsp.wire import listen

logger = logging.getLogger(__name__)

READING = "reading "
Handler = Callable[["SpecServer", Any], Any]
_Kind = TypeVar("_Kind")


class SpecProtocol(LanguageServerProtocol):
    """pygls without its own copies of the texts: its notion of a line is not the protocol's.

    What can be answered at once is, without a future and a context for each message. A request that
    makes no sense is answered too, which pygls leaves out.
    """

    _server: SpecServer

    def receive(self, body: bytes) -> None:
        """Read and answer one message; nothing that a client sends ends the server."""
        try:
            data = json.loads(body)
            if isinstance(data, dict):
                self.handle_message(self.structure_message(data))
            else:
                logger.error("a message that is no object: %.80r", body)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the next one may be sound.
            self._server.report_server_error(error, "a message")

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 -- any message.
        """Read a message; one that cannot be read is refused where somebody waits for an answer."""
        try:
            return _file_events(data) or super().structure_message(data)
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
            handler = self._server.ready_handler(getattr(message, "method", ""))
            if handler and not self._shutdown and message.jsonrpc == self.VERSION:
                self._answer(message, handler)
            else:
                super().handle_message(message)

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification that is already what is to be written."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def structured(self, plain: dict[str, Any], kind: type[_Kind]) -> _Kind:
        """An object of the protocol library, from one as it is written out."""
        found: _Kind = self._converter.structure(plain, kind)
        return found

    def _send_response(
        self,
        msg_id: int | str,
        result: Any = None,  # noqa: ANN401 -- any answer.
        error: Any = None,  # noqa: ANN401
    ) -> None:
        """Send an answer; a plain object is what is to be written, and need not be taken apart."""
        if type(result) is dict and error is None:
            self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": result})
        else:
            super()._send_response(msg_id, result, error)

    def _answer(self, message: Any, handler: Handler) -> None:  # noqa: ANN401 -- any message.
        number = getattr(message, "id", None)
        try:
            result = handler(self._server, message.params)
            if number is not None:
                self._send_response(number, result)
        except Exception as error:  # noqa: BLE001 -- one bad message must not end the server.
            if number is not None:
                self._refuse(number, _refusal(error))
            self._server.report_server_error(error, message.method)

    def _refuse(self, number: int | str, error: JsonRpcException) -> None:
        self._send_response(number, None, error.to_response_error())


def _file_events(data: dict[str, Any]) -> lsp.DidChangeWatchedFilesNotification | None:
    """A message about files, of which it may name thousands; too many for the general way."""
    if data.get("method") != lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES:
        return None
    with suppress(KeyError, TypeError, ValueError):
        events = [
            lsp.FileEvent(each["uri"], lsp.FileChangeType(each["type"]))
            for each in data["params"]["changes"]
        ]
        return lsp.DidChangeWatchedFilesNotification(lsp.DidChangeWatchedFilesParams(events))
    return None


def _refusal(error: Exception) -> JsonRpcException:
    if isinstance(error, JsonRpcException):
        return error
    return JsonRpcInternalError(f"{type(error).__name__}: {error}")


class SpecServer(LanguageServer):
    """The state of one connection. `session` is made when the first message needs it."""

    protocol: SpecProtocol

    def __init__(self) -> None:
        super().__init__("spec-lsp", __version__, protocol_cls=SpecProtocol)
        self.settings = ClientSettings()
        self.client_name = ""
        self.tasks: set[asyncio.Task[None]] = set()
        self.reading_since = 0.0
        self.handlers: dict[str, tuple[Method, Handler]] = {}
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

    def ready_handler(self, name: str) -> Handler | None:
        """What answers a method without waiting for anything, as things stand."""
        method, handler = self.handlers.get(name, (None, None))
        is_waited_for = method is not None and method.patience and self.reading
        return None if is_waited_for else handler

    async def get_ready(self) -> None:
        """Do what the first requests would wait for, unless somebody types, who would wait too.

        It is to import what answers them, and to understand the built-in templates.
        """
        from spec_lsp.template import builtin

        steps: list[Callable[[], object]] = [
            *(partial(_function, method.handler) for method, _ in self.handlers.values()),
            *(partial(builtin.template, kind) for kind in builtin.texts()),
        ]
        for step in steps:
            if self.session.is_typed_in:
                return
            step()
            await asyncio.sleep(0)

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


# pygls has a part in these.
_LIFE = (lsp.INITIALIZED, lsp.SHUTDOWN, lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)


def create_server() -> SpecServer:
    """A server that knows how to be initialised; the rest is registered when it is."""
    server = SpecServer()

    @server.feature(lsp.INITIALIZE)
    def on_initialize(server: SpecServer, params: lsp.InitializeParams) -> None:
        server.settings = read_settings(params.initialization_options)
        server.client_name = params.client_info.name if params.client_info else ""
        for method in METHODS:
            if method.wanted(server.settings, params.capabilities):
                server.feature(method.name, options(method, params.capabilities))(_handler(method))
                if not method.is_async and method.name not in _LIFE:
                    server.handlers[method.name] = method, _at_once(method)
        for command, path in COMMANDS.items():
            server.command(command)(_command(path))

    return server


def _handler(method: Method) -> Callable[..., Any]:
    """A handler for pygls, which may wait."""
    at_once = _at_once(method)

    async def call_later(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        return await at_once(server, params)

    async def call_when_read(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        if reading := server.reading:
            rest = method.patience - (time.monotonic() - server.reading_since)
            await asyncio.wait(reading, timeout=max(0, rest))
        return at_once(server, params)

    if method.patience:
        return call_when_read
    return call_later if method.is_async else at_once


def _at_once(method: Method) -> Handler:
    """A handler that finds its function at its first call."""

    def call(server: SpecServer, params: Any) -> Any:  # noqa: ANN401 -- any message.
        if method.name != lsp.TEXT_DOCUMENT_DID_CHANGE:
            server.catch_up()
        return _function(method.handler)(server, params)

    return call


def _command(path: str) -> Callable[..., Any]:
    def call(server: SpecServer, *arguments: Any) -> Any:  # noqa: ANN401
        server.catch_up()
        return _function(path)(server, *arguments)

    return call


@cache
def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"spec_lsp.lsp.handlers.{module}"), name)
    return found
