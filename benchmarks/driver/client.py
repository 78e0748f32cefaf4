"""The protocol by hand: frames of JSON over the pipes of a process, in one thread.

Nothing but framing and JSON stands between the clock and the server. Writing never waits for the
server to read, so that two full pipes cannot hold each other up.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from time import perf_counter
from typing import IO, Any

_CHUNK = 1 << 16


class StalledError(Exception):
    """A server said nothing within its time, or has ended."""


class Client:
    """A server's process and what it has said. `inbox` holds notifications with their time.

    `patience` is for how many seconds an answer is waited for. `sent` is when the latest message
    was handed over, after it had been made into JSON, which is the client's work.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, env: Mapping[str, str], patience: float = 60
    ) -> None:
        self.patience = patience
        self.began = perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._in, self._out = (_unblocked(p) for p in (self.process.stdin, self.process.stdout))
        self._unsent = bytearray()
        self._unread = bytearray()
        self._last = 0
        self.sent = self.began
        self._answers: dict[int, tuple[float, dict[str, Any]]] = {}
        self.inbox: list[tuple[float, str, Any]] = []

    def request(self, method: str, params: object) -> int:
        """Send a request, and answer its number."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        return self._last

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def call(self, method: str, params: object, patience: float = 0) -> tuple[Any, float]:
        """The result of a request, and how many seconds it took."""
        began = perf_counter()
        return self.answer(self.request(method, params), began, patience)

    def answer(self, number: int, began: float, patience: float = 0) -> tuple[Any, float]:
        """The result of a request that was sent, and the seconds since it began."""
        self.wait(lambda: number in self._answers, patience or self.patience)
        at, message = self._answers.pop(number)
        return message.get("result"), at - began

    def wait(self, happened: Callable[[], bool], patience: float) -> None:
        """Exchange messages until something has happened."""
        end = perf_counter() + patience
        while not happened():
            left = end - perf_counter()
            if left <= 0:
                raise StalledError(f"no answer within {patience:g} s")
            self._exchange(left)

    def rest(self, seconds: float) -> None:
        """Exchange messages for a while."""
        end = perf_counter() + seconds
        while (left := end - perf_counter()) > 0:
            self._exchange(left)

    def notified(self, method: str, patience: float, since: int = 0) -> tuple[Any, float]:
        """The parameters of the next notification with that name, and when it came."""

        def found() -> bool:
            return any(name == method for _, name, _ in self.inbox[since:])

        self.wait(found, patience)
        at, _, params = next(each for each in self.inbox[since:] if each[1] == method)
        return params, at

    def close(self) -> bool:
        """End the server as the protocol says, else by its number; whether it went by itself."""
        patience = min(self.patience, 10)
        with suppress(StalledError):
            self.call("shutdown", None, patience)
            self.notify("exit", None)
            self.rest(patience if self._unsent else 0)
        if self.process.stdin:
            # Some servers wait for the end of their input, whatever they were told.
            self.process.stdin.close()
        went = self._has_ended(patience)
        with suppress(ProcessLookupError):
            # The server began a session of its own, so that this means it and its children.
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        return went

    def _has_ended(self, patience: float) -> bool:
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _send(self, message: dict[str, Any]) -> None:
        if message.get("params", "") is None:
            del message["params"]
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.sent = perf_counter()
        self._unsent += b"Content-Length: %d\r\n\r\n" % len(content) + content
        self._write()

    def _write(self) -> None:
        try:
            written = os.write(self._in, self._unsent[:_CHUNK])
        except BlockingIOError:
            return
        except BrokenPipeError as error:
            raise StalledError("the server has ended") from error
        del self._unsent[:written]

    def _exchange(self, patience: float) -> None:
        """Write and read whatever can be, waiting at most that long for a chance to."""
        writing = [self._in] if self._unsent else []
        readable, writable, _ = select([self._out], writing, [], min(patience, 0.5))
        if writable:
            self._write()
        if not readable:
            return
        while True:
            try:
                data = os.read(self._out, _CHUNK)
            except BlockingIOError:
                break
            if not data:
                raise StalledError("the server has ended")
            self._unread += data
            if len(data) < _CHUNK:
                break
        self._take(perf_counter())

    def _take(self, at: float) -> None:
        """Sort the messages that have arrived whole."""
        while (end := self._unread.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._unread[:end]).lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
            start = end + 4
            if len(self._unread) < start + length:
                return
            message = json.loads(self._unread[start : start + length])
            del self._unread[: start + length]
            if "method" not in message:
                self._answers[message["id"]] = (at, message)
            else:
                self.inbox.append((at, message["method"], message.get("params")))
                if "id" in message:
                    self._oblige(message)

    def _oblige(self, message: dict[str, Any]) -> None:
        """Answer what a server asks of an editor: it has no settings and agrees to everything."""
        result: object = None
        if message["method"] == "workspace/configuration":
            result = [None for _ in message["params"]["items"]]
        if message["method"] == "workspace/applyEdit":
            result = {"applied": False}
        self._send({"id": message["id"], "result": result})


def _unblocked(pipe: IO[bytes] | None) -> int:
    """The number of a pipe that never makes us wait."""
    if pipe is None:
        raise StalledError("the server has no pipe")
    os.set_blocking(pipe.fileno(), False)
    return pipe.fileno()
