r"""Names and texts of a workspace come out as `\x1b`, `\n` in logs, windows and messages."""

from __future__ import annotations

from pathlib import Path

from tests.command import PATIENCE
from tests.lsp.raw import Raw

HOSTILE = "untitled:a\n::error::b\x1b[31m\u202e"
SHOWN = r"untitled:a\n::error::b\x1b[31m\u202e"


def test_a_log_line_is_one_line(tmp_path: Path) -> None:
    change = {"textDocument": {"uri": HOSTILE, "version": 2}, "contentChanges": [{"text": ""}]}
    with Raw(tmp_path) as raw:
        raw.tell("textDocument/didChange", change)
        while "not open" not in (message := _next_log_message(raw)):
            pass
    assert message.endswith(SHOWN)
    (line,) = [each for each in raw.complaints.split("\n") if "not open" in each]
    assert line.endswith(SHOWN)


def test_a_refusal_is_one_line(tmp_path: Path) -> None:
    command = {"command": "specLsp.new", "arguments": [{"kind": HOSTILE, "title": "x"}]}
    with Raw(tmp_path) as raw:
        error = raw.ask("workspace/executeCommand", command)["error"]
    assert SHOWN in error["message"]


def _next_log_message(raw: Raw) -> str:
    while (message := raw.answers.get(timeout=PATIENCE)).get("method") != "window/logMessage":
        pass
    return str(message["params"]["message"])
