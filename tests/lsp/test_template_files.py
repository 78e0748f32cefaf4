"""A template is edited, closed unsaved or changed on the disk: documents follow what counts."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from lsprotocol import types as lsp

from tests.lsp.talk import Talk

TEMPLATE = ".spec-lsp/templates/runbook.md"
RUNBOOK = "docs/RUN-001-search.md"
TEXT = "# Runbook: [Name]\n\n**Status**: Draft | Live\n\n## Symptoms\n\n[What someone sees]\n"
DOCUMENT = "# Runbook: Search\n\n**Status**: Dark\n\n## Symptoms\n\nNothing is found.\n"

pytestmark = pytest.mark.asyncio


@pytest.fixture
def opened(talk: Talk) -> Talk:
    """A project with a template on the disk, and a document of its kind that is open."""
    template = talk.folder / TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_text(TEXT, encoding="utf-8")
    talk.changed_on_disk(TEMPLATE)
    talk.open(RUNBOOK, DOCUMENT)
    return talk


async def test_a_template_that_is_closed_unsaved_counts_as_it_is_on_the_disk(opened: Talk) -> None:
    assert "invalid-value: Dark" in await opened.diagnostics(RUNBOOK, "invalid-value")
    opened.open(TEMPLATE)
    opened.type(TEMPLATE, "Draft | Live", "Draft | Live | Dark")
    assert await opened.without(RUNBOOK, "invalid-value")
    identifier = lsp.TextDocumentIdentifier(opened.uri(TEMPLATE))
    opened.client.text_document_did_close(lsp.DidCloseTextDocumentParams(identifier))
    assert "invalid-value: Dark" in await opened.diagnostics(RUNBOOK, "invalid-value")


async def test_what_is_known_of_an_open_document_follows_its_template(opened: Talk) -> None:
    async def sections_are(*wanted: int) -> bool:
        for _ in range(400):
            if list(_sections(await _status(opened))) == list(wanted):
                return True
            await asyncio.sleep(0.02)
        return False

    assert await sections_are(1, 1)
    template = opened.folder / TEMPLATE
    template.write_text(f"{TEXT}\n## Steps\n\n[What to do]\n", encoding="utf-8")
    opened.changed_on_disk(TEMPLATE)
    assert await sections_are(1, 2)
    opened.open(TEMPLATE)
    opened.type(TEMPLATE, "## Steps", "## Steps\n\n[x]\n\n## Rollback")
    assert await sections_are(1, 3)


async def _status(talk: Talk) -> Any:  # noqa: ANN401 -- an object of the protocol library.
    given = lsp.ExecuteCommandParams("specLsp.status", [{"uri": talk.uri(RUNBOOK)}])
    return await talk.client.workspace_execute_command_async(given)


def _sections(status: Any) -> Any:  # noqa: ANN401
    if status is None:
        return ()
    return status["sections"] if isinstance(status, dict) else status.sections
