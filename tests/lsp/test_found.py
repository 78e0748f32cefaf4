"""The user learns once what is in a folder that has no configuration."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

from tests.command import PATIENCE
from tests.lsp.conftest import modern
from tests.lsp.talk import Talk

FOUND = "Found 3 documents: 2 technical, 1 bug-fix"
TEMPLATE = "# Runbook: [Name]\n\n**Status**: Draft | Live\n\n## Symptoms\n\n[What is seen]\n"

pytestmark = pytest.mark.asyncio


class Listener:
    """What the server says in one session."""

    def __init__(self, client: LanguageClient) -> None:
        self.found: list[str] = []
        self.arrived = asyncio.Event()

        def hear(params: Any) -> None:  # noqa: ANN401
            self.found.append(params.message)
            self.arrived.set()

        client.feature("specLsp/found")(hear)

    async def next(self) -> str:
        await asyncio.wait_for(self.arrived.wait(), PATIENCE)
        self.arrived.clear()
        return self.found[-1]


async def test_a_client_that_shows_it_is_notified(client: LanguageClient, project: Path) -> None:
    listener = Listener(client)
    capabilities = modern()
    capabilities.experimental = {"specLsp": {"found": True}}
    talk = Talk(client, project, capabilities)
    await talk.begin()
    assert await listener.next() == FOUND
    (project / "spec-lsp.toml").write_text('[rules]\norphan = "off"\n', encoding="utf-8")
    talk.changed_on_disk("spec-lsp.toml")
    assert await listener.next() == ""
    assert client.messages == []


async def test_templates_that_are_not_in_use_are_named(
    client: LanguageClient, project: Path
) -> None:
    template = project / "docs/templates/runbook-template.md"
    template.parent.mkdir()
    template.write_text(TEMPLATE, encoding="utf-8")
    listener = Listener(client)
    capabilities = modern()
    capabilities.experimental = {"specLsp": {"found": True}}
    await Talk(client, project, capabilities).begin()
    assert await listener.next() == f"{FOUND}. `spec-lsp init` can put 1 template to use"


async def test_any_other_client_is_sent_a_message_once(
    client: LanguageClient, project: Path
) -> None:
    talk = Talk(client, project, modern())
    await talk.begin()
    for _ in range(400):
        if client.messages:
            break
        await asyncio.sleep(0.02)
    assert [each.message for each in client.messages] == [FOUND]
    await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("specLsp.restartIndex", [])
    )
    talk.open("docs/specs/SPEC-001-log-in.md")
    await talk.diagnostics("docs/specs/SPEC-001-log-in.md", "invalid-value")
    await asyncio.sleep(0.3)
    assert len(client.messages) == 1
