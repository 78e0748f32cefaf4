"""The server: pygls with our own text buffers and lazily imported handlers.

Handlers and their dependencies are imported when the first message needs them, so that the
response to `initialize` is fast.
"""

from __future__ import annotations

import asyncio
import io
import logging
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, BinaryIO

from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from spec_lsp import __version__
from spec_lsp.lsp.capabilities import Method
from spec_lsp.lsp.frames import FrameError
from spec_lsp.lsp.greeting import Greeting
from spec_lsp.lsp.pending import PublishQueue, ReadQueue, WatchQueue
from spec_lsp.lsp.protocol import Handler, SpecProtocol
from spec_lsp.lsp.settings import ClientSettings
from spec_lsp.lsp.transport import Listener, Output

if TYPE_CHECKING:
    from spec_lsp.lsp.session import Session

logger = logging.getLogger(__name__)

READING = "reading "
_INTERRUPTED = 130  # exit code after Ctrl+C


class SpecServer(LanguageServer):
    """The state of one connection; `session` is created when the first message needs it."""

    protocol: SpecProtocol

    def __init__(self, leave: Callable[[int], object]) -> None:
        super().__init__("spec-lsp", __version__, protocol_cls=SpecProtocol)
        self.leave = leave
        self.settings = ClientSettings()
        self.client_name = ""
        self.tasks: set[asyncio.Task[None]] = set()
        self.reading_since = 0.0
        self.handlers: dict[str, tuple[Method, Handler]] = {}
        self.queue = PublishQueue()
        self.watched = WatchQueue()
        self.readings = ReadQueue()
        self._session: Session | None = None

    def answer(self, source: io.RawIOBase, target: BinaryIO, greeting: Greeting) -> int:
        """Serve one client, after its first message was read; return the exit code.

        The event loop is not closed, which would wait for threads that read files or run git.
        """
        self.protocol.set_writer(Output(target))
        self.protocol.greeted = greeting.number
        for body in greeting.bodies:
            self.protocol.receive(body)
        try:
            asyncio.new_event_loop().run_until_complete(self._listen(source, greeting))
        except FrameError as error:
            return _broken(error)
        except SystemExit as end:
            return int(end.code or 0)
        except KeyboardInterrupt:
            return _INTERRUPTED
        return 0 if self.protocol.is_shut_down else 1

    async def _listen(self, source: io.RawIOBase, greeting: Greeting) -> None:
        if greeting.error:
            raise greeting.error
        await Listener(source, self.protocol, greeting.frames).listen()

    @property
    def session(self) -> Session:
        """The session; created at the first access, because its import is slow."""
        if self._session is None:
            from spec_lsp.lsp.session import Session

            self._session = Session()
        return self._session

    @property
    def reading(self) -> set[asyncio.Task[None]]:
        """The running tasks that index a folder."""
        return {task for task in self.tasks if task.get_name().startswith(READING)}

    def ready_handler(self, name: str) -> Handler | None:
        """Return the handler of a method, unless it has to wait for indexing."""
        method, handler = self.handlers.get(name, (None, None))
        return None if method is not None and self.awaited(method) else handler

    def awaited(self, method: Method) -> set[asyncio.Task[None]]:
        """The folders being read that a request waits for.

        While changes are read again, most requests are answered with what is known already.
        """
        if not method.wait_limit or not self.reading:
            return set()
        if method.is_whole:
            return self.reading
        unread = (each.location for each in self.session.roots.values() if not each.is_complete)
        return self.reading & {self.readings.tasks.get(location) for location in unread}

    def start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Start a background task; errors are logged."""
        if name.startswith(READING) and not self.reading:
            self.reading_since = time.monotonic()
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def report_server_error(self, error: BaseException, source: Any) -> None:  # noqa: ANN401
        """Log an error instead of showing a window.

        Refusals and unknown methods are errors of the client: they are logged at debug level.
        """
        name = getattr(source, "__name__", source)
        if isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError):
            logger.debug("%s: %s", name, error)
        else:
            logger.error("%s: %s", name, error, exc_info=error)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("Task failed: %s", task.get_name(), exc_info=error)


def _broken(error: FrameError) -> int:
    """Log why the input is invalid; return the exit code."""
    logger.error("Invalid input from the client: %s", error)
    return 1
