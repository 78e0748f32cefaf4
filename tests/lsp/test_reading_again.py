"""While changes on the disk are read, requests are answered from the current index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import PATIENCE
from tests.lsp.conftest import SPEC
from tests.lsp.raw import Raw
from tests.lsp.stand_in import stand_in_for_git


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that makes git, and so the reading of a folder, take ten minutes once it exists."""
    flag = tmp_path / "slow"
    stand_in_for_git(tmp_path / "tools", f"[ -e {flag} ] && exec sleep 600\nexit 1", monkeypatch)
    return flag


def test_completion_does_not_wait_for_files_to_be_read_again(slow: Path) -> None:
    folder = slow.parent / "project"
    folder.mkdir()
    with Raw(folder) as raw:
        _until_indexed(raw)
        uri = (folder / "SPEC-001-log-in.md").as_uri()
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": SPEC}
        raw.tell("textDocument/didOpen", {"textDocument": item})
        slow.touch()
        raw.ask("workspace/executeCommand", {"command": "specLsp.restartIndex"})
        document = {"textDocument": {"uri": uri}}
        place = {**document, "position": {"line": 4, "character": 12}}
        for number, (method, given) in enumerate(
            (("completion", place), ("foldingRange", document)), raw.number + 1
        ):
            message = {"jsonrpc": "2.0", "id": number, "method": f"textDocument/{method}"}
            raw.send({**message, "params": given})
        # If the completion waited, the other request would be answered first.
        answered = [_next_answer(raw), _next_answer(raw)]
        assert answered == [raw.number + 1, raw.number + 2]


def _until_indexed(raw: Raw) -> None:
    while raw.answers.get(timeout=PATIENCE).get("method") != "specLsp/indexed":
        pass


def _next_answer(raw: Raw) -> Any:  # noqa: ANN401 -- the number of any request.
    while "method" in (message := raw.answers.get(timeout=PATIENCE)):
        pass
    return message["id"]
