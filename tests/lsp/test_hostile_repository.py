"""Nothing that a repository configures is run by the server."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.command import PATIENCE
from tests.lsp.raw import Raw
from tests.storage.hostile import TEMPLATE, hostile_repository

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the traps are shell scripts")


def test_no_request_runs_what_the_repository_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEC_LSP_CACHE", "off")
    hostile = hostile_repository(tmp_path.resolve())
    hostile.marked.unlink(missing_ok=True)
    for name in ("git", "python", "python3"):
        hostile.trap(f"workspace-{name}", hostile.folder / name)
    monkeypatch.chdir(hostile.folder)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", str(hostile.folder), os.environ["PATH"])))
    first = hostile.folder / "NOTE-001-first.md"
    document = {"uri": first.as_uri()}
    text = first.read_text()
    line = next(number for number, each in enumerate(text.split("\n")) if "NOTE-002" in each)
    place = {"textDocument": document, "position": {"line": line, "character": 6}}
    start, end = {"line": 0, "character": 0}, {"line": line, "character": 8}
    with Raw(hostile.folder) as server:
        item = {**document, "languageId": "markdown", "version": 1, "text": text}
        server.tell("textDocument/didOpen", {"textDocument": item})
        assert "invalid-value" in str(diagnostics(server, document["uri"]))
        renamed = server.ask("textDocument/rename", {**place, "newName": "NOTE-008"})
        assert "NOTE-008" in str(renamed["result"])
        assert "Second" in str(server.ask("textDocument/hover", place)["result"])
        requests = {
            "textDocument/completion": place,
            "textDocument/definition": place,
            "textDocument/references": {**place, "context": {"includeDeclaration": True}},
            "textDocument/codeLens": {"textDocument": document},
            "textDocument/documentSymbol": {"textDocument": document},
            "textDocument/codeAction": {
                "textDocument": document,
                "range": {"start": start, "end": end},
                "context": {"diagnostics": []},
            },
        }
        for name, given in requests.items():
            assert "result" in server.ask(name, given), name
        commands = {
            "specLsp.new": {"kind": "note", "title": "A note", "uri": document["uri"]},
            "specLsp.templates": {"uri": document["uri"]},
            "specLsp.graph": {"uri": document["uri"], "format": "html"},
            "specLsp.documents": {},
            "specLsp.showTemplate": document,
            "specLsp.status": document,
            "specLsp.restartIndex": {},
        }
        for name, argument in commands.items():
            asked = {"command": name, "arguments": [argument]}
            assert "result" in server.ask("workspace/executeCommand", asked), name
        (hostile.folder / TEMPLATE).touch()
        event = {"uri": (hostile.folder / TEMPLATE).as_uri(), "type": 2}
        server.tell("workspace/didChangeWatchedFiles", {"changes": [event]})
        time.sleep(0.5)  # Until re-reading in the background begins.
        server.tell("textDocument/didSave", {"textDocument": document})
        server.ask("textDocument/hover", place)
    assert hostile.marks == set()


def diagnostics(server: Raw, uri: str) -> list[dict[str, Any]]:
    """The first diagnostics of a file that are not empty."""
    while True:
        message = server.answers.get(timeout=PATIENCE)
        given = message.get("params") or {}
        if message.get("method") == "textDocument/publishDiagnostics" and given["uri"] == uri:
            found: list[dict[str, Any]] = given["diagnostics"]
            if found:
                return found
