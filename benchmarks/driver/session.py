"""A server at work on a folder, and the documents open in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Self

from benchmarks.driver.client import Client
from benchmarks.driver.machine import descendants, memory
from benchmarks.driver.servers import Server

# An index may take this many times longer than any other answer.
_FOR_INDEX = 10


class Session:
    """A started server. `start` is the time until it answered, `ready` until it had its index."""

    def __init__(
        self,
        server: Server,
        folder: Path,
        cache: Path,
        *,
        pulls: bool = True,
        wait_limit: float = 60,
    ) -> None:
        self.server = server
        self.folder = folder
        self.client = Client(server.command, folder, environment(cache), wait_limit)
        try:
            params = _initialize_params(folder, pulls=pulls)
            result, self.start = self.client.call("initialize", params)
            self.start = perf_counter() - self.client.began
            self.can: Mapping[str, Any] = result["capabilities"]
            self.client.notify("initialized", {})
            self.ready = self._await_index() - self.client.began
        except BaseException:
            self.client.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def open(self, path: str) -> Buffer:
        """Open a document, and wait for its first diagnostics."""
        buffer = Buffer(self, path)
        buffer.diagnose()
        return buffer

    def memory(self) -> float:
        """Resident megabytes."""
        pid = self.client.process.pid
        if self.server.is_hosted:
            return sum(memory(child) for child in descendants(pid)[-1:])
        return memory(pid)

    @property
    def is_incremental(self) -> bool:
        """Whether the server takes edits rather than whole texts."""
        sync = self.can.get("textDocumentSync")
        return (sync.get("change") if isinstance(sync, dict) else sync) == 2

    def _await_index(self) -> float:
        wait_limit = self.client.wait_limit * _FOR_INDEX
        if self.server.ready == "indexed":
            return self.client.notified("specLsp/indexed", wait_limit)[1]
        if self.server.ready == "progress":
            self.client.wait(self._has_progressed, wait_limit)
        if self.server.ready == "symbols":
            self.client.call("workspace/symbol", {"query": "rationale"}, wait_limit)
        return perf_counter()

    def _has_progressed(self) -> bool:
        return any(
            method == "$/progress" and params["value"]["kind"] == "end"
            for _, method, params in self.client.inbox
        )


class Buffer:
    """An open document that is typed in, at the end of a line in its middle."""

    def __init__(self, session: Session, path: str) -> None:
        self.session = session
        self.client = session.client
        self.uri = (session.folder / path).as_uri()
        self.text = (session.folder / path).read_text(encoding="utf-8")
        self.version = 1
        self.offset = self._place()
        item = {"uri": self.uri, "languageId": "markdown", "version": 1, "text": self.text}
        self.client.notify("textDocument/didOpen", {"textDocument": item})

    @property
    def item(self) -> dict[str, str]:
        """The document as requests name it."""
        return {"uri": self.uri}

    def at(self, offset: int) -> dict[str, Any]:
        """A position as requests name it."""
        return {"textDocument": self.item, "position": self.position(offset)}

    def position(self, offset: int) -> dict[str, int]:
        """A line and a column. Our documents have no character that counts twice in UTF-16."""
        line = self.text.count("\n", 0, offset)
        return {"line": line, "character": offset - (self.text.rfind("\n", 0, offset) + 1)}

    def type(self, key: str) -> None:
        """Insert a character, and move the cursor after it."""
        self.edit(self.offset, self.offset, key)
        self.offset += len(key)

    def edit(self, start: int, end: int, new: str) -> None:
        """Replace a part of the text."""
        place = {"start": self.position(start), "end": self.position(end)}
        self.text = self.text[:start] + new + self.text[end:]
        self.version += 1
        change: dict[str, Any] = {"range": place, "text": new}
        if not self.session.is_incremental:
            change = {"text": self.text}
        item = {"uri": self.uri, "version": self.version}
        changed = {"textDocument": item, "contentChanges": [change]}
        self.client.notify("textDocument/didChange", changed)

    def diagnose(self) -> Any:  # noqa: ANN401 -- any result of the server.
        """Pull the diagnostics, if the server supports that."""
        if "diagnosticProvider" in self.session.can:
            return self.client.call("textDocument/diagnostic", {"textDocument": self.item})[0]
        return None

    def has_been_judged(self) -> bool:
        """Whether the server has pushed the diagnostics of this version."""
        return any(
            method == "textDocument/publishDiagnostics"
            and params["uri"] == self.uri
            and params.get("version") in (self.version, None)
            for _, method, params in self.client.inbox
        )

    def _place(self) -> int:
        """The end of the first sentence in the second half."""
        return self.text.index(".\n", len(self.text) // 2) + 1


def environment(cache: Path) -> dict[str, str]:
    """The environment of servers: their caches are in a folder of the run."""
    here = str(Path(__file__).resolve().parents[2])
    paths = [here, os.environ.get("PYTHONPATH", "")]
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "SPEC_LSP_CACHE": str(cache / "spec-lsp"),
        "XDG_CACHE_HOME": str(cache),
    }


def _initialize_params(folder: Path, *, pulls: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "synchronization": {"dynamicRegistration": False},
        "publishDiagnostics": {"versionSupport": True},
        "completion": {"completionItem": {"snippetSupport": True}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "rename": {"prepareSupport": True},
    }
    if pulls:
        document["diagnostic"] = {"dynamicRegistration": False}
    return {
        "processId": os.getpid(),
        "rootUri": folder.as_uri(),
        "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
        "initializationOptions": {"markdownFileExtensions": ["md"]},
        "capabilities": {
            "general": {"positionEncodings": ["utf-16"]},
            "textDocument": document,
            "window": {"workDoneProgress": True},
            "workspace": {
                "configuration": True,
                "diagnostics": {"refreshSupport": True},
                "didChangeWatchedFiles": {"dynamicRegistration": True},
                "workspaceFolders": True,
            },
        },
    }
