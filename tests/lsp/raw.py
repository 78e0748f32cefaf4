"""A client that can send invalid messages."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any, ClassVar, Self

from tests.command import COMMAND, PATIENCE


class Raw:
    """A server process, and bytes to and from it."""

    capabilities: ClassVar[dict[str, object]] = {}

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.answers: Queue[dict[str, Any]] = Queue()
        self.complaints = ""
        """The standard error, once the server has ended."""
        self.number = 0
        self.readers = [
            threading.Thread(target=read, daemon=True) for read in (self._read, self._drain)
        ]
        for reader in self.readers:
            reader.start()

    def __enter__(self) -> Self:
        """Initialise the server."""
        uri = self.folder.as_uri()
        folders = [{"uri": uri, "name": "project"}]
        given: dict[str, object] = {
            "processId": None,
            "rootUri": uri,
            "capabilities": self.capabilities,
            "workspaceFolders": folders,
        }
        self.hello = self.ask("initialize", given)
        self.tell("initialized", {})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Shut the server down, which must still work."""
        try:
            if error is None:
                assert self.ask("shutdown", None) == {"result": None}
                self.tell("exit", None)
                assert self.process.wait(PATIENCE) == 0
        finally:
            self.end()

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self.process.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()

    def ask(self, method: str, given: object) -> dict[str, Any]:
        """Send a request; return its result or its error."""
        self.number += 1
        self.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": given})
        return self.answer(self.number)

    def tell(self, method: str, given: object) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": given})

    def answer(self, number: int | None) -> dict[str, Any]:
        """Wait for the answer with a number."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                message = self.answers.get(timeout=0.5)
            except Empty:
                continue
            if message.get("id") == number and "method" not in message:
                return {key: message[key] for key in ("result", "error") if key in message}
        raise AssertionError(f"no answer to {number}")

    def send(self, message: object) -> None:
        """Send a message."""
        self.send_bytes(json.dumps(message).encode())

    def send_bytes(self, body: bytes) -> None:
        """Send any body with a proper head."""
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while head := stream.readline():
            length = 0
            while head.strip():
                name, _, value = head.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                head = stream.readline()
            self.answers.put(json.loads(stream.read(length)))

    def _drain(self) -> None:
        assert self.process.stderr
        self.complaints = self.process.stderr.read().decode()
