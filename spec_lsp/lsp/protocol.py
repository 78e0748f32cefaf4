"""JSON-RPC on top of pygls: queueing, cancellation, error responses and shutdown."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol, lsp_method

from spec_lsp.lsp.greeting import is_valid, result_of, wrong_folder
from spec_lsp.lsp.waiting import Waiting

if TYPE_CHECKING:
    from concurrent.futures import Future


logger = logging.getLogger(__name__)

_FOLDERS = ("processId", "rootUri", "workspaceFolders", "initializationOptions", "clientInfo")
UNVERSIONED = -1  # the version of a document if the client sends none
_CANCELLED = JsonRpcRequestCancelled("The request was cancelled")
Handler = Callable[[Any, Any], Any]
_Kind = TypeVar("_Kind")


class Answering(Protocol):
    """The part of the server that the protocol uses."""

    tasks: set[asyncio.Task[None]]

    def ready_handler(self, name: str) -> Handler | None:
        """Return the handler of a method if it can run immediately."""
        ...

    def report_server_error(self, error: BaseException, source: Any) -> None:  # noqa: ANN401
        """Log an error."""
        ...


class SpecProtocol(LanguageServerProtocol):
    """pygls without its text buffers, which split lines differently from the protocol.

    Runs synchronous handlers directly, without a future and a context for each message. Answers
    invalid requests with an error; pygls does not answer them.
    """

    # The server is a `LanguageServer` too.
    _server: Answering  # type: ignore[assignment]

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 -- those of pygls.
        # Before `super`, because pygls reads every attribute to find handlers.
        self._waiting = Waiting()
        # The parameters of `initialize` as sent, and the number of the request if it is answered.
        self.asked: dict[str, Any] = {"capabilities": {}}
        self.greeted: int | str | None = None
        super().__init__(*arguments)

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> Generator[Any, Any, Any]:
        """Initialize; the result is that of the greeting, which may have been sent."""
        yield from super().lsp_initialize(params)
        return result_of(self.asked)

    @property
    def waiting(self) -> int:
        """The number of queued messages."""
        return len(self._waiting)

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has sent `shutdown`; only `exit` may follow."""
        return self._shutdown

    def receive(self, body: bytes) -> None:
        """Queue a message; refuse an invalid one immediately."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(None, JsonRpcParseError("The message is not JSON in UTF-8"))
            return
        if not isinstance(data, dict) or data.get("jsonrpc") != self.VERSION:
            self._refuse(None, JsonRpcInvalidRequest("The message is not a JSON-RPC 2.0 object"))
            return
        if data.get("method") == lsp.CANCEL_REQUEST and isinstance(data.get("params"), dict):
            number = data["params"].get("id")
            if self._waiting.cancel(number):
                self._refuse(number, _CANCELLED)
                return
        self._waiting.add(data)

    def handle_next(self) -> bool:
        """Handle the next message; only `exit` ends the server."""
        data = self._waiting.next()
        if data is None:
            return False
        try:
            self._handle(data)
        except Exception as error:  # noqa: BLE001 -- one bad message must not end the server.
            self._server.report_server_error(error, data.get("method", "a response"))
        return True

    def _handle(self, data: dict[str, Any]) -> None:
        method, number = data.get("method"), data.get("id")
        if method == lsp.EXIT:
            raise SystemExit(0 if self._shutdown else 1)
        if method is not None and (refusal := self._refusal_now(method)):
            if "id" in data:
                self._refuse(number, refusal)
        elif method == lsp.SHUTDOWN:
            self._shut_down(number)
        else:
            message = self.structure_message(data)
            if message is not None:
                self.handle_message(message)

    def _refusal_now(self, method: str) -> JsonRpcException | None:
        """Return the error if a method is not allowed in the current state."""
        if self._shutdown:
            return JsonRpcInvalidRequest("The server is shutting down")
        is_initialized = self._workspace is not None
        if method == lsp.INITIALIZE and is_initialized:
            return JsonRpcInvalidRequest("The server is already initialized")
        if method != lsp.INITIALIZE and not is_initialized:
            return JsonRpcServerNotInitialized(f"{method} was sent before initialize")
        return None

    def _shut_down(self, number: int | str | None) -> None:
        """Cancel all work, then answer `shutdown`."""
        self._shutdown = True
        for task in tuple(self._server.tasks):
            task.cancel()
        # asyncio futures are requests from the client; the others are requests to it.
        unanswered: dict[int | str, Any] = self._request_futures
        self._request_futures = {}
        for each, future in unanswered.items():
            if future.cancel() and isinstance(future, asyncio.Future):
                self._refuse(each, _CANCELLED)
        self._send_response(number, None)
        for message in self._waiting.take_all():
            self._handle(message)

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 -- any message.
        """Parse a message; refuse an invalid request, ignore an invalid notification."""
        try:
            if data.get("method") == lsp.INITIALIZE:
                return self._initialize(data)
            message = _file_events(data) or super().structure_message(_with_version(data))
        except JsonRpcException as error:
            if "method" not in data:
                raise
            reason = f"Invalid parameters of {data['method']}"
            if not isinstance(data.get("id"), int | str):
                logger.warning("%s; the message is ignored", reason)
                return None
            is_ours = str(error) != JsonRpcInvalidParams.MESSAGE
            self._refuse(data["id"], error if is_ours else JsonRpcInvalidParams(reason))
            return None
        return message

    def _initialize(self, data: dict[str, Any]) -> Any:  # noqa: ANN401
        """Parse `initialize`, which may be answered already, and remember what the client sent."""
        if is_valid(data.get("params")):
            self.asked = data["params"]
        elif isinstance(data.get("params"), dict) and (folder := wrong_folder(data["params"])):
            raise JsonRpcInvalidParams(f"The workspace folder is not a URI: {folder[:200]}")
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if self.greeted is None:
                raise
            # A capability of a wrong type that the answer does not depend on.
            known = {key: self.asked.get(key) for key in _FOLDERS}
            return super().structure_message({**data, "params": {**known, "capabilities": {}}})

    def handle_message(self, message: Any) -> None:  # noqa: ANN401 -- any message.
        """Handle a message, immediately if possible."""
        handler = self._server.ready_handler(getattr(message, "method", ""))
        if handler:
            self._answer(message, handler)
        else:
            super().handle_message(message)

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification with parameters in plain JSON."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def structured(self, plain: dict[str, Any], kind: type[_Kind]) -> _Kind:
        """Convert plain JSON to an object of the protocol library."""
        found: _Kind = self._converter.structure(plain, kind)
        return found

    def _send_response(
        self,
        msg_id: int | str | None,
        result: Any = None,  # noqa: ANN401 -- any answer.
        error: Any = None,  # noqa: ANN401
    ) -> None:
        """Send a response; plain JSON is sent without conversion."""
        if msg_id is not None and msg_id == self.greeted:
            self.greeted = None
        elif error is not None:
            self._send_data(lsp.ResponseErrorMessage(error=error, id=msg_id))
        elif msg_id is None or _is_plain(result):
            self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": result})
        else:
            super()._send_response(msg_id, result)

    def _send_handler_result(self, future: Future[Any], *, msg_id: int | str) -> None:
        """Send the result of an asynchronous handler; pygls would add a traceback to errors."""
        self._request_futures.pop(msg_id, None)
        if future.cancelled():
            if not self._shutdown:
                self._refuse(msg_id, _CANCELLED)
        elif error := future.exception():
            self._fail(msg_id, error, f"request {msg_id}")
        else:
            self._send_response(msg_id, future.result())

    def _answer(self, message: Any, handler: Handler) -> None:  # noqa: ANN401 -- any message.
        number = getattr(message, "id", None)
        try:
            result = handler(self._server, message.params)
            if number is not None:
                self._send_response(number, result)
        except Exception as error:  # noqa: BLE001 -- one bad message must not end the server.
            self._fail(number, error, message.method)

    def _fail(self, number: int | str | None, error: BaseException, source: str) -> None:
        """Answer a request with an error, and log it."""
        if number is not None:
            self._refuse(number, _refusal(error, source))
        self._server.report_server_error(error, source)

    def _refuse(self, number: int | str | None, error: JsonRpcException) -> None:
        self._send_response(number, None, error.to_response_error())


def _file_events(data: dict[str, Any]) -> lsp.DidChangeWatchedFilesNotification | None:
    """Parse file events without the converter, which is slow for thousands of them."""
    if data.get("method") != lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES:
        return None
    with suppress(KeyError, TypeError, ValueError):
        events = [
            lsp.FileEvent(each["uri"], lsp.FileChangeType(each["type"]))
            for each in data["params"]["changes"]
        ]
        return lsp.DidChangeWatchedFilesNotification(lsp.DidChangeWatchedFilesParams(events))
    return None


def _with_version(data: dict[str, Any]) -> dict[str, Any]:
    """Add a version if it is null or absent, so that the text is not dropped."""
    if data.get("method") in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE):
        with suppress(KeyError, TypeError, AttributeError):
            document = data["params"]["textDocument"]
            if not isinstance(document.get("version"), int):
                document["version"] = UNVERSIONED
    return data


def _refusal(error: BaseException, source: str) -> JsonRpcException:
    """Return the error for the client; internal details go to the log."""
    if isinstance(error, JsonRpcException):
        return error
    return JsonRpcInternalError(f"Internal error in {source}; see the log")


def _is_plain(result: Any) -> bool:  # noqa: ANN401 -- any answer.
    """Whether an answer needs no conversion."""
    return type(result) is dict or (type(result) is list and type(next(iter(result), None)) is dict)
