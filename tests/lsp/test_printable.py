r"""Names and texts of a workspace come out as `\x1b`, `\n` in logs, windows and messages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import IO, Any

HOSTILE = "untitled:a\n::error::b\x1b[31m\u202e"
SHOWN = r"untitled:a\n::error::b\x1b[31m\u202e"


def conversation(
    folder: Path, message: dict[str, Any], awaited: str
) -> tuple[list[dict[str, Any]], str]:
    """The answers up to the one that contains the awaited text, and the standard error.

    `shutdown` is sent only then, because it overtakes what is still waiting.
    """
    root: dict[str, Any] = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}
    settings: dict[str, Any] = {"initializationOptions": {"logLevel": "info"}}
    first: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {**root, **settings}},
        {"method": "initialized", "params": {}},
        message,
    ]
    told: list[dict[str, Any]] = []
    with subprocess.Popen(
        [sys.executable, "-m", "spec_lsp", "serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as server:
        limit = Timer(60, server.kill)
        limit.start()
        assert server.stdin
        assert server.stdout
        server.stdin.write(framed(first))
        server.stdin.flush()
        while not told or awaited not in json.dumps(told[-1]):
            told.append(answer(server.stdout))
        last: list[dict[str, Any]] = [{"id": 90, "method": "shutdown"}, {"method": "exit"}]
        _, complaints = server.communicate(framed(last))
        limit.cancel()
    return told, complaints.decode()


def framed(messages: list[dict[str, Any]]) -> bytes:
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)


def answer(output: IO[bytes]) -> dict[str, Any]:
    length = 0
    while header := output.readline().strip():
        name, _, value = header.partition(b":")
        length = int(value) if name == b"Content-Length" else length
    read: dict[str, Any] = json.loads(output.read(length))
    return read


def test_a_log_line_is_one_line(tmp_path: Path) -> None:
    change = {"textDocument": {"uri": HOSTILE, "version": 2}, "contentChanges": [{"text": ""}]}
    told, said = conversation(
        tmp_path, {"method": "textDocument/didChange", "params": change}, "not open"
    )
    assert told[-1]["params"]["message"].endswith(SHOWN)
    (line,) = [each for each in said.split("\n") if "not open" in each]
    assert line.endswith(SHOWN)


def test_a_refusal_is_one_line(tmp_path: Path) -> None:
    command = {"command": "specLsp.new", "arguments": [{"kind": HOSTILE, "title": "x"}]}
    request = {"id": 7, "method": "workspace/executeCommand", "params": command}
    told, _ = conversation(tmp_path, request, '"id": 7')
    assert SHOWN in told[-1]["error"]["message"]
