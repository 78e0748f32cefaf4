"""A whole disk or the home folder can be opened, but is never read as a whole."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from spec_lsp.storage.discover import find_root, is_too_wide
from tests.command import COMMAND, PATIENCE
from tests.lsp.conftest import OTHER, SPEC
from tests.lsp.raw import Raw


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with two documents in a folder, and one of them loose."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "work").mkdir()
    (tmp_path / "work/SPEC-001-log-in.md").write_text(SPEC, encoding="utf-8")
    (tmp_path / "SPEC-002-log-out.md").write_text(OTHER, encoding="utf-8")
    return tmp_path


def messages(raw: Raw) -> list[str]:
    """The messages shown to the user since the last call, once all requests were handled."""
    raw.number += 1
    request = {"jsonrpc": "2.0", "id": raw.number, "method": "workspace/symbol"}
    raw.send({**request, "params": {"query": "x"}})
    found: list[dict[str, Any]] = []
    while not found or found[-1].get("id") != raw.number:
        found.append(raw.answers.get(timeout=PATIENCE))
    shown = [each["params"] for each in found if each.get("method") == "window/showMessage"]
    return [each["message"] for each in shown]


def symbols(raw: Raw) -> list[str]:
    found = raw.ask("workspace/symbol", {"query": "log"})["result"] or []
    return sorted(each["name"] for each in found)


def test_the_home_folder_is_not_read_and_the_user_is_notified_once(home: Path) -> None:
    with Raw(home) as raw:
        told = messages(raw)
        assert len(told) == 1
        assert str(home) in told[0]
        assert "spec-lsp.toml" in told[0]
        assert symbols(raw) == []
        uri = (home / "work/SPEC-001-log-in.md").as_uri()
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": SPEC}
        raw.tell("textDocument/didOpen", {"textDocument": item})
        at = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 4}}
        assert "Implemented" in str(raw.ask("textDocument/hover", at))
        raw.ask("workspace/executeCommand", {"command": "specLsp.restartIndex"})
        uris = [(home / "SPEC-002-log-out.md").as_uri()]
        changes = {"changes": [{"uri": each, "type": 2} for each in uris]}
        raw.tell("workspace/didChangeWatchedFiles", changes)
        assert messages(raw) == []
        assert not any("Log out" in name for name in symbols(raw))


def test_a_home_folder_that_is_configured_is_read(home: Path) -> None:
    (home / "spec-lsp.toml").write_text("", encoding="utf-8")
    with Raw(home) as raw:
        assert messages(raw) == []
        until = time.monotonic() + 20
        while not any("Log out" in name for name in symbols(raw)):
            assert time.monotonic() < until, "the folder is never read"


def test_the_settings_of_the_home_folder_do_not_apply_below_it(home: Path) -> None:
    (home / ".git").mkdir()
    assert is_too_wide(home)
    assert is_too_wide(home.parent)
    assert is_too_wide(Path(home.anchor))
    assert not is_too_wide(home / "work")
    assert find_root(home / "work/SPEC-001-log-in.md", home) == home / "work"
    (home / "spec-lsp.toml").write_text("", encoding="utf-8")
    assert not is_too_wide(home)
    assert find_root(home / "work/SPEC-001-log-in.md") == home


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("check",), 2, "is too large to check as a whole"),
        (("check", "/"), 2, "is too large to check as a whole"),
        (("list",), 2, "name the folders with your documents, or add spec-lsp.toml to it"),
        (("check", "work"), 1, "in 1 of 1 file"),
        (("check", "SPEC-002-log-out.md"), 1, "in 1 of 1 file"),
    ],
)
def test_the_command_line_requires_a_folder(
    home: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    command = [*COMMAND, *arguments]
    result = subprocess.run(command, cwd=home, capture_output=True, check=False)
    assert result.returncode == code
    assert said in (result.stdout + result.stderr).decode()
