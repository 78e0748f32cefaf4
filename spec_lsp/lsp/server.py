"""The server: pygls underneath, our own text buffers, and handlers that are found by name.

Handlers and everything below them are imported when the first message needs them, so that
`initialize` is answered at once.
"""

from __future__ import annotations

import asyncio
import io
import logging
import time
from collections.abc import Callable, Coroutine
from functools import cache, partial
from importlib import import_module
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from spec_lsp import __version__
from spec_lsp.lsp import client_process
from spec_lsp.lsp.methods import COMMANDS, METHODS, Method, options
from spec_lsp.lsp.protocol import Handler, SpecProtocol
from spec_lsp.lsp.settings import ClientSettings, read_settings
from spec_lsp.lsp.wire import FrameError, Listener, Output

logger = logging.getLogger(__name__)

READING = "reading "
_INTERRUPTED = 130


class SpecServer(LanguageServer):
    """The state of one connection. `session` is made when the first message needs it."""

    protocol: SpecProtocol

    def __init__(self, leave: Callable[[int], object]) -> None:
        super().__init__("spec-lsp", __version__, protocol_cls=SpecProtocol)
        self.leave = leave
        self.settings = ClientSettings()
        self.client_name = ""
        self.tasks: set[asyncio.Task[None]] = set()
        self.reading_since = 0.0
        self.handlers: dict[str, tuple[Method, Handler]] = {}
        self._session: Any = None

    def answer(self, source: io.RawIOBase, target: BinaryIO) -> int:
        """Speak with a client until it has left; the exit code.

        The event loop is not closed: that would wait for threads that read files or run git.
        """
        self.protocol.set_writer(Output(target))
        try:
            asyncio.new_event_loop().run_until_complete(self._listen(source))
        except FrameError as error:
            return _broken(error)
        except SystemExit as end:
            return int(end.code or 0)
        except KeyboardInterrupt:
            return _INTERRUPTED
        return 0 if self.protocol.is_shut_down else 1

    async def _listen(self, source: io.RawIOBase) -> None:
        await Listener(source, self.protocol).listen()

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
        return None if method is not None and self.awaited(method) else handler

    def awaited(self, method: Method) -> set[asyncio.Task[None]]:
        """The folders being read that a request waits for.

        While changes are read again, most requests are answered with what is known already.
        """
        if not method.patience or not self.reading:
            return set()
        if method.is_whole:
            return self.reading
        roots = self.session.roots.values()
        return self.reading & {root.indexing for root in roots if not root.is_indexed}

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

    def report_server_error(self, error: BaseException, source: Any) -> None:  # noqa: ANN401
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


def _broken(error: FrameError) -> int:
    """One line on what is wrong with the input; the exit code."""
    logger.error("the input is not that of a language client: %s", error)
    return 1


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


def _handler(method: Method) -> Callable[..., Any]:
    """A handler for pygls, which may wait."""
    at_once = _at_once(method)

    async def call_later(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        return await at_once(server, params)

    async def call_when_read(server: SpecServer, params: Any) -> Any:  # noqa: ANN401
        if reading := server.awaited(method):
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


def _announced(*_: Any) -> None:  # noqa: ANN401
    """Stand for a command where pygls announces it; `workspace/executeCommand` runs them all."""


@cache
def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"spec_lsp.lsp.handlers.{module}"), name)
    return found
