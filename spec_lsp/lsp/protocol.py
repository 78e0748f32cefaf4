"""JSON-RPC on top of pygls: what is queued, refused and answered, and when the server ends."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

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
from pygls.protocol import LanguageServerProtocol

from spec_lsp.lsp.uris import is_uri
from spec_lsp.lsp.waiting import Waiting

if TYPE_CHECKING:
    from concurrent.futures import Future

    from spec_lsp.lsp.server import SpecServer

logger = logging.getLogger(__name__)

# The version of a document whose client does not say it.
UNVERSIONED = -1
_CANCELLED = JsonRpcRequestCancelled("the request was cancelled")
Handler = Callable[["SpecServer", Any], Any]
_Kind = TypeVar("_Kind")


class SpecProtocol(LanguageServerProtocol):
    """pygls without its own copies of the texts: its notion of a line is not the protocol's.

    What can be answered at once is, without a future and a context for each message. A request that
    makes no sense is answered too, which pygls leaves out.
    """

    _server: SpecServer

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 -- those of pygls.
        # First, because pygls reads every attribute while it looks for handlers.
        self._waiting = Waiting()
        super().__init__(*arguments)

    @property
    def waiting(self) -> int:
        """How many messages wait."""
        return len(self._waiting)

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has asked for the end, and `exit` is all that may follow."""
        return self._shutdown

    def receive(self, body: bytes) -> None:
        """Queue a message; what is no message of JSON-RPC is answered at once."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(None, JsonRpcParseError("the message is not JSON in UTF-8"))
            return
        if not isinstance(data, dict) or data.get("jsonrpc") != self.VERSION:
            self._refuse(None, JsonRpcInvalidRequest("the message is no object of JSON-RPC 2.0"))
            return
        if data.get("method") == lsp.CANCEL_REQUEST and isinstance(data.get("params"), dict):
            number = data["params"].get("id")
            if self._waiting.cancel(number):
                self._refuse(number, _CANCELLED)
                return
        self._waiting.add(data)

    def handle_next(self) -> bool:
        """Handle the next message; nothing but `exit` ends the server."""
        data = self._waiting.next()
        if data is None:
            return False
        try:
            self._handle(data)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the next one may be sound.
            self._server.report_server_error(error, data.get("method", "an answer"))
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
        """Why a method is not accepted as things are."""
        if self._shutdown:
            return JsonRpcInvalidRequest("the server is shutting down")
        is_initialized = self._workspace is not None
        if method == lsp.INITIALIZE and is_initialized:
            return JsonRpcInvalidRequest("the server is already initialized")
        if method != lsp.INITIALIZE and not is_initialized:
            return JsonRpcServerNotInitialized(f"{method} came before initialize")
        return None

    def _shut_down(self, number: int | str | None) -> None:
        """Cancel all work, so that the answer does not wait for it."""
        self._shutdown = True
        for task in tuple(self._server.tasks):
            task.cancel()
        # Futures of asyncio are requests of the client, the others are requests to it.
        unanswered: dict[int | str, Any] = self._request_futures
        self._request_futures = {}
        for each, future in unanswered.items():
            if future.cancel() and isinstance(future, asyncio.Future):
                self._refuse(each, _CANCELLED)
        self._send_response(number, None)
        for message in self._waiting.take_all():
            self._handle(message)

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 -- any message.
        """Read a message; one that cannot be read is refused where an answer is expected."""
        try:
            message = _file_events(data) or super().structure_message(_with_version(data))
            if isinstance(message, lsp.InitializeRequest):
                _check_folders(message.params)
        except JsonRpcException as error:
            if "method" not in data:
                raise
            reason = f"the parameters of {data['method']} are not what the protocol says"
            if not isinstance(data.get("id"), int | str):
                logger.warning("%s was ignored: %s", data["method"], reason)
                return None
            is_ours = str(error) != JsonRpcInvalidParams.MESSAGE
            self._refuse(data["id"], error if is_ours else JsonRpcInvalidParams(reason))
            return None
        return message

    def handle_message(self, message: Any) -> None:  # noqa: ANN401 -- any message.
        """Answer a message, at once where that is possible."""
        handler = self._server.ready_handler(getattr(message, "method", ""))
        if handler:
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
        msg_id: int | str | None,
        result: Any = None,  # noqa: ANN401 -- any answer.
        error: Any = None,  # noqa: ANN401
    ) -> None:
        """Send an answer; a plain object is what is to be written, and need not be taken apart."""
        if error is not None:
            self._send_data(lsp.ResponseErrorMessage(error=error, id=msg_id))
        elif type(result) is dict or msg_id is None:
            self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": result})
        else:
            super()._send_response(msg_id, result)

    def _send_handler_result(self, future: Future[Any], *, msg_id: int | str) -> None:
        """Send what a handler came to after a while; pygls would add a traceback to errors."""
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
        """Refuse a request, or log why there is no answer to a notification."""
        if number is not None:
            self._refuse(number, _refusal(error, source))
        self._server.report_server_error(error, source)

    def _refuse(self, number: int | str | None, error: JsonRpcException) -> None:
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


def _with_version(data: dict[str, Any]) -> dict[str, Any]:
    """A message as it came, but for a version that is null or absent: a text is never dropped."""
    if data.get("method") in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE):
        with suppress(KeyError, TypeError, AttributeError):
            document = data["params"]["textDocument"]
            if not isinstance(document.get("version"), int):
                document["version"] = UNVERSIONED
    return data


def _check_folders(params: lsp.InitializeParams) -> None:
    """Refuse a client whose workspace is no URI: it would get answers about nothing."""
    folders = [each.uri for each in params.workspace_folders or ()]
    for uri in filter(None, (params.root_uri, *folders)):
        if not is_uri(uri):
            raise JsonRpcInvalidParams(f"the folder of the workspace is not a URI: {uri[:200]}")


def _refusal(error: BaseException, source: str) -> JsonRpcException:
    """The error that a client gets; what happened inside is for the log."""
    if isinstance(error, JsonRpcException):
        return error
    return JsonRpcInternalError(f"an internal fault prevented an answer to {source}; see the log")
