"""Whatever a client says, the server answers properly or not at all, and lives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.conftest import SPEC
from tests.lsp.raw import Raw


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raw]:
    """One server for all of it: what kills it fails every test behind."""
    folder = tmp_path_factory.mktemp("project with a space")
    (folder / "SPEC-001-log-in.md").write_text(SPEC, encoding="utf-8")
    with Raw(folder) as raw:
        yield raw


def _open(server: Raw, uri: str, text: str = SPEC, version: int = 1) -> None:
    item = {"uri": uri, "languageId": "markdown", "version": version, "text": text}
    server.tell("textDocument/didOpen", {"textDocument": item})


def _hover(server: Raw, uri: str, line: int, character: int) -> dict[str, Any]:
    position = {"line": line, "character": character}
    return server.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})


def _change(server: Raw, uri: str, version: int, *changes: object) -> None:
    document = {"uri": uri, "version": version}
    server.tell(
        "textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)}
    )


def _range(line: int, start: int, end: int) -> dict[str, Any]:
    return {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": end},
    }


def _is_served(server: Raw, uri: str) -> bool:
    """Whether hover on the status field still answers."""
    return "Implemented" in str(_hover(server, uri, 4, 4).get("result"))


def test_malformed_messages_are_survived(server: Raw) -> None:
    uri = (server.folder / "SPEC-001-log-in.md").as_uri()
    _open(server, uri)
    for body in (b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"jsonrpc": "2.0"}'):
        server.send_bytes(body)
    assert _is_served(server, uri)


def test_an_unknown_request_is_refused_and_an_unknown_notification_ignored(server: Raw) -> None:
    assert server.ask("spec/unheardOf", {})["error"]["code"] == -32601
    server.tell("spec/unheardOf", {})
    server.tell("$/unheardOf", None)
    assert server.ask("workspace/symbol", {"query": "x"})


def test_wrong_parameters_are_refused(server: Raw) -> None:
    assert "error" in server.ask("textDocument/hover", {"textDocument": 7})
    assert "error" in server.ask("workspace/executeCommand", {"command": "specLsp.unheardOf"})
    assert "error" in server.ask("workspace/executeCommand", {"command": "specLsp.status"})
    kind = {"command": "specLsp.new", "arguments": [{"kind": "unheard-of", "title": "x"}]}
    assert "unheard-of" in server.ask("workspace/executeCommand", kind)["error"]["message"]
    path = {"kind": "technical", "title": "x", "id": "../../x"}
    refusal = server.ask(
        "workspace/executeCommand", {"command": "specLsp.new", "arguments": [path]}
    )
    assert "../../x" in refusal["error"]["message"]


@pytest.mark.parametrize(
    ("line", "character"), [(9999, 0), (0, 9999), (4, 10**9), (2**31 - 1, 2**31 - 1)]
)
def test_positions_outside_of_the_text_are_drawn_in(server: Raw, line: int, character: int) -> None:
    uri = (server.folder / "outside.md").as_uri()
    _open(server, uri)
    assert "error" not in _hover(server, uri, line, character)
    at = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
    for method in ("completion", "definition", "prepareCallHierarchy", "documentHighlight"):
        assert "error" not in server.ask(f"textDocument/{method}", at)


def test_a_change_that_ends_outside_of_the_text_replaces_what_there_is(server: Raw) -> None:
    uri = (server.folder / "overlong.md").as_uri()
    _open(server, uri, "old\n")
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 99}}
    _change(server, uri, 2, {"range": everything, "text": SPEC})
    assert _is_served(server, uri)


def test_a_file_that_is_not_open_is_left_alone(server: Raw) -> None:
    uri = (server.folder / "never-opened.md").as_uri()
    _change(server, uri, 2, {"text": SPEC})
    server.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert _hover(server, uri, 4, 4) == {"result": None}


def test_a_version_that_comes_late_is_not_applied(server: Raw) -> None:
    uri = (server.folder / "late.md").as_uri()
    _open(server, uri, "wrong\n", version=5)
    _change(server, uri, 7, {"text": SPEC})
    _change(server, uri, 6, {"text": "too late\n"})
    assert _is_served(server, uri)


@pytest.mark.parametrize(
    "uri",
    [
        "file:///with%20space/100%25/SPEC-009-x.md",
        "file:///c%3A/Users/me/SPEC-009-x.md",
        "file:///C:/Users/me/SPEC-010-x.md",
        "file://server/share/SPEC-011-x.md",
        "untitled:Untitled-1",
        "vscode-notebook-cell:/x/y.ipynb#abc",
        "git:/x/SPEC-012-x.md?ref=HEAD",
    ],
)
def test_a_file_is_served_whatever_its_uri(server: Raw, uri: str) -> None:
    _open(server, uri)
    assert _is_served(server, uri)
    server.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_where_the_protocol_says(server: Raw, end: str) -> None:
    uri = (server.folder / f"ends-{len(end)}-{ord(end[0])}.md").as_uri()
    text = SPEC.replace("Log in", "a\u2028b\x85c\x0cd 😀 e\u0301").replace("\n", end)
    _open(server, uri, text.replace("Aproved", "X"))
    _change(server, uri, 2, {"range": _range(4, 12, 13), "text": "Draft"})
    answer = _hover(server, uri, 4, 13)["result"]
    assert answer["range"] == _range(4, 12, 17)


def test_what_is_asked_before_hello_is_refused(tmp_path: Path) -> None:
    raw = Raw(tmp_path)
    assert "error" in raw.ask("textDocument/hover", {})
    raw.tell("textDocument/didOpen", {})
    with raw:
        assert "capabilities" in raw.hello["result"]
