"""Commands about one document: its state, its tasks, its links, and the graph around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.conftest import OTHER, SPEC
from tests.lsp.raw import Raw
from tests.storage.trees import grow

# The template of a guide lists no statuses, that of a step has no field for one.
_TEAM = {
    ".spec-lsp/templates/guide.md": "# Guide: [Title]\n\n**Status**: [status]\n\n## Use\n",
    ".spec-lsp/templates/step.md": "# Step: [Title]\n\n## What\n",
    "one.md": "# Guide: One\n\n**Status**: Ready (since May)\n\n## Use\n\nRead it.\n",
    "two.md": "# Guide: Two\n\n**Status**: [status]\n\n## Use\n\nRead it.\n",
    ".spec-lsp/templates/plan.md": "# Plan: [Title]\n\n**Status**: Open | Done\n",
    "plan.md": "# Plan: Four\n\n**Status**: Done\n",
    "step.md": "# Step: Three\n\n## What\n\nGo.\n",
}
_NOTE = "# Notes\n\nRead SPEC-001 first.\n\n- [ ] Read it\n- [x] Find it\n"


class Client(Raw):
    """A client that applies edits."""

    capabilities = {  # noqa: RUF012 -- a constant of the base class.
        "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}}
    }

    def wait(self, method: str) -> dict[str, Any]:
        """Return the parameters of the next message of the server with a method."""
        while (message := self.answers.get(timeout=60)).get("method") != method:
            pass
        given: dict[str, Any] = message["params"]
        return given

    def open(self, name: str) -> str:
        uri = (self.folder / name).as_uri()
        text = (self.folder / name).read_text(encoding="utf-8")
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def run(self, command: str, **given: object) -> Any:  # noqa: ANN401 -- any result.
        answer = self.ask("workspace/executeCommand", {"command": command, "arguments": [given]})
        return answer["result"]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    grow(tmp_path, {"SPEC-001-log-in.md": SPEC, "SPEC-002-log-out.md": OTHER, "notes.md": _NOTE})
    with Client(tmp_path) as talking:
        talking.wait("specLsp/indexed")
        talking.open("SPEC-001-log-in.md")
        yield talking


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Client]:
    with Client(grow(tmp_path, _TEAM)) as talking:
        talking.wait("specLsp/indexed")
        yield talking


def test_a_state_is_set_by_an_edit(client: Client) -> None:
    uri = (client.folder / "SPEC-001-log-in.md").as_uri()
    asked = {"command": "specLsp.setStatus", "arguments": [{"uri": uri, "status": "Approved"}]}
    message = {"jsonrpc": "2.0", "id": 99, "method": "workspace/executeCommand", "params": asked}
    client.send(message)
    (change,) = client.wait("workspace/applyEdit")["edit"]["documentChanges"]
    assert change["edits"][0]["newText"] == "Approved"
    assert client.answer(99)["result"] == {"status": "Approved"}
    note = client.open("notes.md")
    assert client.run("specLsp.setStatus", uri=note, status="Approved") is None


def test_a_state_without_a_name_is_the_next_one(client: Client) -> None:
    uri = client.open("SPEC-002-log-out.md")
    states = next(
        each["states"] for each in client.run("specLsp.templates") if each["kind"] == "technical"
    )
    assert client.run("specLsp.setStatus", uri=uri) == {"status": states[states.index("Draft") + 1]}


@pytest.mark.parametrize("name", ["one.md", "two.md"])
def test_a_state_is_set_though_the_template_lists_none(team: Client, name: str) -> None:
    uri = team.open(name)
    asked = {"command": "specLsp.setStatus", "arguments": [{"uri": uri, "status": "Old"}]}
    message = {"jsonrpc": "2.0", "id": 99, "method": "workspace/executeCommand", "params": asked}
    team.send(message)
    (change,) = team.wait("workspace/applyEdit")["edit"]["documentChanges"]
    assert change["edits"][0]["newText"].strip() == "Old"
    assert team.answer(99)["result"] == {"status": "Old"}


@pytest.mark.parametrize(
    ("name", "status", "message"),
    [
        ("one.md", "", "The template of “Guide” lists no statuses"),
        ("step.md", "", "The template of “Step” lists no statuses"),
        ("step.md", "Old", "This document has no field for its status"),
        ("plan.md", "", "No status follows “Done”"),
    ],
)
def test_why_a_state_cannot_be_set_is_said(
    team: Client, name: str, status: str, message: str
) -> None:
    answer = team.run("specLsp.setStatus", uri=team.open(name), status=status)
    assert answer == {"message": message}


def test_documents_have_the_state_that_the_board_shows(team: Client) -> None:
    states = {each["path"]: each["state"] for each in team.run("specLsp.documents")}
    assert (states["plan.md"], states["one.md"]) == ("Done", "Ready")
    assert (states["two.md"], states["step.md"]) == ("", "")


def test_check_boxes_are_listed_with_the_places_of_their_marks(client: Client) -> None:
    tasks = client.run("specLsp.tasks", uri=client.open("notes.md"))
    assert [(each["text"], each["done"]) for each in tasks] == [
        ("Read it", False),
        ("Find it", True),
    ]
    assert tasks[0]["range"]["start"] == {"line": 4, "character": 3}


def test_links_and_backlinks_have_the_place_of_the_reference(client: Client) -> None:
    found = client.run("specLsp.links", uri=(client.folder / "SPEC-001-log-in.md").as_uri())
    assert found["place"]["start"] == {"line": 2, "character": 8}
    names = [each["name"] for each in found["incoming"]]
    assert (found["count"], names) == (2, ["SPEC-002 Log out", "Notes"])
    assert found["incoming"][0]["at"].endswith("SPEC-002-log-out.md")
    assert found["incoming"][0]["range"]["start"]["line"] == 9
    assert [each["name"] for each in found["outgoing"]] == ["SPEC-002 Log out"]
    assert found["outgoing"][0]["at"].endswith("SPEC-001-log-in.md")


def test_links_of_many_documents_come_in_parts(client: Client) -> None:
    hub, folder = client.folder / "SPEC-001-log-in.md", client.folder / "many"
    folder.mkdir()
    for number in range(450):
        (folder / f"note-{number:03}.md").write_text("See SPEC-001.\n", encoding="utf-8")
    client.run("specLsp.restartIndex")
    client.wait("specLsp/indexed")
    parts = [client.run("specLsp.links", uri=hub.as_uri(), **{"from": n}) for n in (0, 200, 400)]
    assert {each["count"] for each in parts} == {452}
    found = [each["uri"] for part in parts for each in part["incoming"]]
    assert len(found) == len(set(found)) == 452
    targets = [each["uri"] for part in parts for each in part["outgoing"]]
    assert (len(targets), parts[0]["targets"]) == (1, 1)


def test_a_preview_knows_status_and_placeholders(client: Client) -> None:
    (client.folder / "bug.md").write_text(
        "# Bug Fix Specification: Keys\n\n**Status**: Draft\n**Author**: [Name]\n", encoding="utf-8"
    )
    found = client.run("specLsp.preview", uri=client.open("bug.md"))
    assert found["status"] == "Draft"
    assert "[Name]" in found["placeholders"]


def test_a_graph_shows_what_was_chosen(client: Client) -> None:
    def drawn(**choice: object) -> int:
        page: str = client.run("specLsp.graph", format="html", **choice)["html"]
        return page.count('<a class="node ')

    assert drawn() == 2
    assert drawn(status="Draft") == 1
    assert drawn(around="SPEC-002-log-out.md", depth=0) == 1
    assert drawn(kind="technical", group="kind") == 1
    answer = client.ask(
        "workspace/executeCommand", {"command": "specLsp.graph", "arguments": [{"depth": "1"}]}
    )
    assert "whole number" in answer["error"]["message"]
