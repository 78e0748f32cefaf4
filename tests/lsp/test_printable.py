r"""Names and texts of a workspace come out as `\x1b`, `\n` in logs, windows and messages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

HOSTILE = "untitled:a\n::error::b\x1b[31m\u202e"
SHOWN = r"untitled:a\n::error::b\x1b[31m\u202e"


def conversation(folder: Path, *messages: dict[str, Any]) -> tuple[list[dict[str, Any]], str]:
    """What a server answers to some messages between hello and good-bye, and its standard error."""
    root: dict[str, Any] = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}
    settings: dict[str, Any] = {"initializationOptions": {"logLevel": "info"}}
    said: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {**root, **settings}},
        {"method": "initialized", "params": {}},
        *messages,
        {"id": 90, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in said]
    result = subprocess.run(
        [sys.executable, "-m", "spec_lsp", "serve"],
        input=b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies),
        capture_output=True,
        check=False,
        timeout=60,
    )
    found = re.split(rb"Content-Length: \d+\r\n(?:Content-Type: [^\r]*\r\n)?\r\n", result.stdout)
    return [json.loads(each) for each in found if each], result.stderr.decode()


def test_a_log_line_is_one_line(tmp_path: Path) -> None:
    change = {"textDocument": {"uri": HOSTILE, "version": 2}, "contentChanges": [{"text": ""}]}
    told, said = conversation(tmp_path, {"method": "textDocument/didChange", "params": change})
    logged = [
        each["params"]["message"] for each in told if each.get("method", "").endswith("ssage")
    ]
    (line,) = [each for each in logged if "not open" in each]
    assert line.endswith(SHOWN)
    (line,) = [each for each in said.split("\n") if "not open" in each]
    assert line.endswith(SHOWN)


def test_a_refusal_is_one_line(tmp_path: Path) -> None:
    command = {"command": "specLsp.new", "arguments": [{"kind": HOSTILE, "title": "x"}]}
    request = {"id": 7, "method": "workspace/executeCommand", "params": command}
    told, _ = conversation(tmp_path, request)
    (error,) = [each["error"]["message"] for each in told if each.get("id") == 7]
    assert SHOWN in error
