"""Edit at random over the protocol, and compare the server's state with a cold start."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from benchmarks.driver.client import Client
from tests.fuzz.texts import FILES, TEMPLATE_PATH, Encoding, piece, position, stretch

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
_COMMAND = (sys.executable, "-m", "spec_lsp", "serve", "--stdio")
_SOURCE = str(Path(__file__).resolve().parents[2])
_PATIENCE = 20.0  # seconds in which a server may catch up with the disk
_ERROR = 1
_MENTION = ("SPEC-001", "SPEC-002", "RUN-001", "BUG-001", "](")


@dataclass
class Outcome:
    """The outcome of a run."""

    edits: int = 0
    comparisons: int = 0
    seconds: float = 0
    faults: list[str] = field(default_factory=list)


def fuzz(edits: int, encoding: Encoding, seed: int, interval: int = 2_000) -> Outcome:
    """Edit a number of times, and compare at intervals."""
    outcome = Outcome()
    began = perf_counter()
    with tempfile.TemporaryDirectory(prefix="spec-lsp-fuzz-") as name:
        folder = Path(name).resolve()
        for path, text in FILES.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        with serving(folder, encoding) as client:
            chance = Random(seed)  # noqa: S311 -- a run can be repeated.
            editor = Editor(client, folder, encoding, chance)
            while outcome.edits < edits:
                until = min(editor.edits + interval, edits)
                while editor.edits < until:
                    editor.step()
                outcome.edits = editor.edits
                outcome.comparisons += 1
                where = f"{encoding}, seed {seed}, edit {outcome.edits}"
                outcome.faults += (f"{where}: {each}" for each in editor.compare())
                outcome.faults += (f"{where}: {each}" for each in editor.complaints())
    outcome.seconds = perf_counter() - began
    return outcome


@contextmanager
def serving(folder: Path, encoding: Encoding) -> Iterator[Client]:
    """A server that has read a folder, without a cache."""
    env = {"SPEC_LSP_CACHE": "off", "PYTHONPATH": _SOURCE}
    client = Client(_COMMAND, folder, env, wait_limit=60)
    try:
        hello = {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "capabilities": {
                "general": {"positionEncodings": [encoding]},
                "textDocument": {
                    "diagnostic": {},
                    "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
                },
            },
        }
        answer, _ = client.call("initialize", hello)
        assert answer["capabilities"]["positionEncoding"] == encoding
        client.notify("initialized", {})
        client.notified("specLsp/indexed", 60)
        yield client
    finally:
        client.close()


class Editor:
    """The texts that are open in a client, and their edits."""

    def __init__(self, client: Client, folder: Path, encoding: Encoding, chance: Random) -> None:
        self.client = client
        self.folder = folder
        self.encoding = encoding
        self.chance = chance
        self.open: dict[str, str] = {}
        self.version = 1
        self.edits = 0
        for path in FILES:
            if path.startswith("docs/"):
                self._open(path)

    def step(self) -> None:
        """Do one step: mostly an edit, sometimes followed by a request."""
        sort = self.chance.random()
        path = self.chance.choice(list(FILES))
        if path == TEMPLATE_PATH and self.chance.random() < 0.9:
            path = "docs/SPEC-001-log-in.md"
        if sort < 0.01:
            self._close(path) if path in self.open else self._open(path)
        elif sort < 0.02:
            self._write(path)
        elif self.open:
            self._edit(path if path in self.open else self.chance.choice(list(self.open)))
            if self.chance.random() < 0.2:
                self._ask(self.chance.choice(list(self.open)))

    def compare(self) -> list[str]:
        """How the server's state differs from that of one which starts on the same texts."""
        places = {path: self._places(text) for path, text in self.open.items()}
        with serving(self.folder, self.encoding) as client:
            for path, text in self.open.items():
                client.notify("textDocument/didOpen", {"textDocument": self._item(path, text)})
            expected = self._state(client, places)
        until = perf_counter() + _PATIENCE
        while (found := self._state(self.client, places)) != expected and perf_counter() < until:
            self.client.rest(0.1)
        return [
            f"{key}\n  warm: {_told(found[key])}\n  cold: {_told(expected[key])}"
            for key in expected
            if found[key] != expected[key]
        ]

    def complaints(self) -> list[str]:
        """The errors in the server's log since the last time."""
        found = [
            params["message"]
            for _, method, params in self.client.inbox
            if method == "window/logMessage" and params["type"] == _ERROR
        ]
        self.client.inbox.clear()
        return found

    def _edit(self, path: str) -> None:
        changes: list[dict[str, Any]] = []
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            text = self.open[path]
            if self.chance.random() < 0.005:
                self.open[path] = FILES[path]
                changes.append({"text": FILES[path]})
                continue
            start, end = stretch(text, self.chance)
            new = piece(self.chance)
            places = [position(text, each, self.encoding) for each in (start, end)]
            changes.append({"range": dict(zip(("start", "end"), places, strict=True)), "text": new})
            self.open[path] = text[:start] + new + text[end:]
        self.edits += len(changes)
        self.version += 1
        version = self.chance.choice((self.version, self.version, self.version, None, 1))
        document = {"uri": self._uri(path), "version": version}
        given = {"textDocument": document, "contentChanges": changes}
        self.client.notify("textDocument/didChange", given)

    def _ask(self, path: str) -> None:
        method = self.chance.choice(
            ("diagnostic", "diagnostic", "completion", "hover", "documentSymbol", "codeAction")
        )
        place = position(self.open[path], stretch(self.open[path], self.chance)[0], self.encoding)
        given: dict[str, Any] = {"textDocument": {"uri": self._uri(path)}}
        if method in ("completion", "hover"):
            given["position"] = place
        if method == "codeAction":
            given |= {"range": {"start": place, "end": place}, "context": {"diagnostics": []}}
        self.client.call(f"textDocument/{method}", given)

    def _open(self, path: str) -> None:
        file = self.folder / path
        self.open[path] = file.read_bytes().decode() if file.exists() else FILES[path]
        item = self._item(path, self.open[path])
        self.client.notify("textDocument/didOpen", {"textDocument": item})

    def _close(self, path: str) -> None:
        del self.open[path]
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self._uri(path)}})

    def _write(self, path: str) -> None:
        """Write or delete a file, as another program does, and notify the server."""
        file = self.folder / path
        if self.chance.random() < 0.2:
            file.unlink(missing_ok=True)
        else:
            text = self.open.get(path, FILES[path]) + piece(self.chance)
            file.write_bytes(text.encode("utf-8", "replace"))
        change = {"uri": self._uri(path), "type": 2 if file.exists() else 3}
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})

    def _state(
        self, client: Client, places: dict[str, list[dict[str, int]]]
    ) -> dict[str, list[str]]:
        """Everything that a server reports about the open documents, sorted."""
        found: dict[str, list[str]] = {}
        for path, mentions in places.items():
            document = {"textDocument": {"uri": self._uri(path)}}
            answer, _ = client.call("textDocument/diagnostic", document)
            found[f"{path} diagnostics"] = sorted(map(_plain, answer["items"]))
            answer, _ = client.call("textDocument/documentSymbol", document)
            found[f"{path} symbols"] = [_plain(each) for each in answer or ()]
            for at in mentions:
                answer, _ = client.call("textDocument/definition", {**document, "position": at})
                found[f"{path} definition {at}"] = sorted(map(_plain, answer or ()))
        return found

    def _places(self, text: str) -> list[dict[str, int]]:
        offsets = [text.find(each) + 2 for each in _MENTION if each in text]
        return [position(text, offset, self.encoding) for offset in offsets]

    def _item(self, path: str, text: str) -> dict[str, Any]:
        return {"uri": self._uri(path), "languageId": "markdown", "version": 1, "text": text}

    def _uri(self, path: str) -> str:
        return (self.folder / path).as_uri()


def _plain(answer: object) -> str:
    return json.dumps(answer, sort_keys=True)


def _told(answers: list[str]) -> str:
    return "; ".join(answers)[:2_000]
