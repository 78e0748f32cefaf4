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


def _change(server: Raw, uri: str, version: object, *changes: object) -> None:
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


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"\xff\xfe", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b"null", -32600),
        (b'"text"', -32600),
        (b'{"id": 1, "method": "initialize"}', -32600),
    ],
)
def test_what_is_no_message_is_answered_as_json_rpc_says(
    server: Raw, body: bytes, code: int
) -> None:
    server.send_bytes(body)
    error = server.answer(None)["error"]
    assert error["code"] == code
    assert len(error["message"].split()) > 3
    uri = (server.folder / "SPEC-001-log-in.md").as_uri()
    _open(server, uri)
    assert _is_served(server, uri)


def test_a_message_that_says_nothing_is_ignored(server: Raw) -> None:
    server.send_bytes(b'{"jsonrpc": "2.0"}')
    server.send_bytes(b'{"jsonrpc": "2.0", "id": 7, "result": null}')
    assert "result" in server.ask("workspace/symbol", {"query": "x"})


def test_hello_is_said_once(server: Raw) -> None:
    error = server.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert error == {"error": {"code": -32600, "message": "the server is already initialized"}}


def test_an_unknown_request_is_refused_and_an_unknown_notification_ignored(server: Raw) -> None:
    assert server.ask("spec/unheardOf", {})["error"]["code"] == -32601
    server.tell("spec/unheardOf", {})
    server.tell("$/unheardOf", None)
    assert server.ask("workspace/symbol", {"query": "x"})


def test_wrong_parameters_are_refused(server: Raw) -> None:
    assert "error" in server.ask("textDocument/hover", {"textDocument": 7})
    kind = {"command": "specLsp.new", "arguments": [{"kind": "unheard-of", "title": "x"}]}
    assert "unheard-of" in server.ask("workspace/executeCommand", kind)["error"]["message"]
    path = {"kind": "technical", "title": "x", "id": "../../x"}
    refusal = server.ask(
        "workspace/executeCommand", {"command": "specLsp.new", "arguments": [path]}
    )
    assert "../../x" in refusal["error"]["message"]


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        ("unheardOf", None, "there is no command specLsp.unheardOf"),
        ("status", None, "specLsp.status needs the argument “uri”"),
        ("status", [], "specLsp.status needs the argument “uri”"),
        ("status", ["a"], "specLsp.status takes one object as its argument"),
        ("status", [{"uri": "a:b"}, {}], "specLsp.status takes one object as its argument"),
        ("status", [{"uri": 7}], "specLsp.status: the argument “uri” is not a string"),
        ("status", [{"uri": None}], "specLsp.status needs the argument “uri”"),
        ("new", [{"kind": 7}], "specLsp.new: the argument “kind” is not a string"),
        ("new", [{"write": 1}], "specLsp.new: the argument “write” is not true or false"),
        (
            "createFromId",
            [{"uri": "a:b", "position": {"line": -1, "character": 0}}],
            "specLsp.createFromId: the argument “position” is not a line and a character",
        ),
    ],
)
def test_a_command_says_what_is_wrong_with_its_arguments(
    server: Raw, command: str, arguments: object, sentence: str
) -> None:
    given = {"command": f"specLsp.{command}", "arguments": arguments}
    error = {"code": -32602, "message": sentence}
    assert server.ask("workspace/executeCommand", given) == {"error": error}


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


@pytest.mark.parametrize("version", [6, 7, 5, -3, None, "8", 2.5])
def test_a_change_is_applied_whatever_its_version(server: Raw, version: object) -> None:
    uri = (server.folder / f"version-{version}.md").as_uri()
    _open(server, uri, "wrong\n", version=7)
    _change(server, uri, version, {"text": SPEC})
    assert _is_served(server, uri)


def test_a_document_may_have_no_version_at_all(server: Raw) -> None:
    uri = (server.folder / "versionless.md").as_uri()
    item = {"uri": uri, "languageId": "markdown", "text": "wrong\n"}
    server.tell("textDocument/didOpen", {"textDocument": item})
    changes = {"textDocument": {"uri": uri}, "contentChanges": [{"text": SPEC}]}
    server.tell("textDocument/didChange", changes)
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
        "file://[bad",
        "file:///a%00b/SPEC-013-x.md",
        f"file:///{'a' * 5_000}.md",
        f"file://{'/a' * 900}/SPEC-014-x.md",
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


def test_a_workspace_that_is_no_uri_is_refused(tmp_path: Path) -> None:
    raw = Raw(tmp_path)
    wrong: dict[str, object] = {"processId": None, "rootUri": "file://[bad", "capabilities": {}}
    error = raw.ask("initialize", wrong)["error"]
    assert error["message"] == "the folder of the workspace is not a URI: file://[bad"
    with raw:
        assert "capabilities" in raw.hello["result"]


def test_a_file_nine_hundred_folders_down_is_served_like_any_other(server: Raw) -> None:
    uri = server.folder.as_uri() + "/a" * 900 + "/SPEC-001-x.md"
    _open(server, uri)
    assert _is_served(server, uri)
