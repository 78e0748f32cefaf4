"""`initialize` is answered from plain data, before the protocol library is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.protocol import default_converter

from spec_lsp.lsp.greeting import result_of
from tests.lsp.raw import Raw

_FOLDER = {"uri": "file:///project", "name": "project"}
_CLIENTS: dict[str, dict[str, Any]] = {
    "bare": {},
    "pulls": {"textDocument": {"diagnostic": {}}},
    "prepares": {"textDocument": {"rename": {"prepareSupport": True}}},
    "bytes": {"general": {"positionEncodings": ["utf-7", "utf-8", "utf-16"]}},
    "renames": {"workspace": {"fileOperations": {"willRename": True, "didRename": True}}},
}


@pytest.mark.parametrize("client", _CLIENTS.values(), ids=_CLIENTS)
def test_the_answer_is_one_that_the_protocol_allows(client: dict[str, Any]) -> None:
    plain = result_of({"capabilities": client})
    converter = default_converter()  # type: ignore[no-untyped-call]
    parsed = converter.structure(plain, lsp.InitializeResult)
    assert converter.unstructure(parsed) == plain


def test_it_follows_the_client() -> None:
    offers = {name: result_of({"capabilities": each}) for name, each in _CLIENTS.items()}
    shown = {name: each["capabilities"] for name, each in offers.items()}
    assert [name for name in shown if "diagnosticProvider" in shown[name]] == ["pulls"]
    assert [name for name in shown if shown[name]["renameProvider"] is not True] == ["prepares"]
    assert [name for name in shown if shown[name]["positionEncoding"] != "utf-16"] == ["bytes"]
    operations = {name: each["workspace"]["fileOperations"] for name, each in shown.items()}
    assert [name for name in operations if operations[name]] == ["renames"]
    # Files may be in a folder that is on no disk.
    assert "scheme" not in str(operations["renames"])


def test_what_the_client_switches_off_is_not_offered() -> None:
    settings = {"features": {"hover": False}}
    answer = result_of({"capabilities": {}, "initializationOptions": settings})
    assert "hoverProvider" not in answer["capabilities"]


def test_the_library_is_imported_after_the_answer() -> None:
    code = "import sys, spec_lsp.lsp.greeting; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"lsprotocol", "pygls", "attrs", "asyncio", "pydantic"} & {*done.stdout.split()}


def test_a_capability_of_a_wrong_type_is_ignored(tmp_path: Path) -> None:
    class Odd(Raw):
        capabilities = {"textDocument": {"hover": 7}}  # noqa: RUF012 -- a constant there.

    with Odd(tmp_path) as client:
        assert client.hello["result"]["capabilities"]["hoverProvider"] is True
        assert "result" in client.ask("workspace/symbol", {"query": "x"})


@pytest.mark.parametrize("folders", [[5], "file:///project", [{"uri": 5}], {"uri": []}])
def test_folders_of_a_wrong_type_are_refused(tmp_path: Path, folders: object) -> None:
    raw = Raw(tmp_path)
    wrong = {"processId": None, "rootUri": None, "capabilities": {}, "workspaceFolders": folders}
    assert "error" in raw.ask("initialize", wrong)
    with raw:
        assert "capabilities" in raw.hello["result"]
