"""A document to which hundreds refer: long answers are given in slices, and can be cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.lsp.conftest import SPEC
from tests.lsp.raw import Raw

_NAME = "SPEC-001-log-in.md"
_REFERRERS = 900
_RENAME = {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}


class Client(Raw):
    """A client that renames files."""

    capabilities = {"workspace": _RENAME}  # noqa: RUF012 -- a constant of the base class.


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("hub")
    (folder / _NAME).write_text(SPEC, encoding="utf-8")
    for number in range(_REFERRERS):
        text = f"# Note {number}\n\nIt follows SPEC-001, see [there]({_NAME}).\n"
        (folder / f"note-{number}.md").write_text(text, encoding="utf-8")
    with Client(folder) as client:
        item = {"uri": (folder / _NAME).as_uri(), "languageId": "markdown", "version": 1}
        client.tell("textDocument/didOpen", {"textDocument": {**item, "text": SPEC}})
        number = _send(client, "references")
        assert len(_answer(client, number)["result"]) > _REFERRERS
        yield client


@pytest.mark.parametrize("method", ["references", "rename", "codeLens"])
def test_a_request_after_a_long_one_is_answered_first(hub: Client, method: str) -> None:
    long, short = _send(hub, method), _send(hub, "hover")
    assert _next(hub)["id"] == short
    hub.tell("$/cancelRequest", {"id": long})
    assert _next(hub)["id"] == long


@pytest.mark.parametrize("method", ["references", "rename"])
def test_a_cancelled_request_ends_early(hub: Client, method: str) -> None:
    long = _send(hub, method)
    hub.tell("$/cancelRequest", {"id": long})
    assert _next(hub)["error"]["code"] == -32800


def test_results_are_sent_in_parts_if_the_client_asks(
    hub: Client,
) -> None:
    whole = _answer(hub, _send(hub, "references"))["result"]
    number = _send(hub, "references", partialResultToken=7)
    found: list[Any] = []
    while (answer := _next(hub)).get("id") != number:
        assert answer["params"]["token"] == 7
        found += answer["params"]["value"]
    assert [*found, *answer["result"]] == whole


def test_a_rename_during_which_the_text_changes_is_refused(hub: Client) -> None:
    number, later = _send(hub, "rename"), _send(hub, "codeLens")
    assert _next(hub)["id"] == later  # So the rename has begun.
    uri = _at(hub)["textDocument"]["uri"]
    edit = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": SPEC + "\n"}]}
    hub.tell("textDocument/didChange", edit)
    answer = _next(hub)
    assert answer["id"] == number
    assert answer["error"]["message"] == "The text was changed meanwhile"


def _at(hub: Client, **more: object) -> dict[str, Any]:
    """The parameters of any request about the ID of the hub."""
    uri = (hub.folder / _NAME).as_uri()
    return {
        "textDocument": {"uri": uri},
        "position": {"line": 2, "character": 10},
        "context": {"includeDeclaration": True},
        "newName": "SPEC-009",
        **more,
    }


def _send(hub: Client, method: str, **more: object) -> int:
    hub.number += 1
    params = _at(hub, **more)
    message = {"jsonrpc": "2.0", "id": hub.number, "method": f"textDocument/{method}"}
    hub.send({**message, "params": params})
    return hub.number


def _answer(hub: Client, number: int) -> dict[str, Any]:
    while (answer := _next(hub)).get("id") != number:
        pass
    return answer


def _next(hub: Client) -> dict[str, Any]:
    """The next answer or part of one."""
    while True:
        answer = hub.answers.get(timeout=60)
        if "id" in answer or answer.get("method") == "$/progress":
            return answer
