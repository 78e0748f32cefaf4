"""Folders are created, deleted and opened: their files are indexed, or the user sees why not."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

from tests.command import PATIENCE
from tests.lsp.conftest import BUG as BUG_TEXT
from tests.lsp.conftest import SPEC as SPEC_TEXT
from tests.lsp.conftest import modern
from tests.lsp.talk import Talk

SPEC = "docs/specs/SPEC-001-log-in.md"
BUG = "docs/bugs/BUG-001-keys-are-lost.md"
TEMPLATE = "# Runbook: [Name]\n\n**ID**: RUN-NNN\n**Status**: Draft | Live\n\n## Symptoms\n"

pytestmark = pytest.mark.asyncio


@pytest.fixture
def other_bug(project: Path) -> None:
    """A bug in another folder: IDs of bugs are checked while there are bugs."""
    (project / "docs/BUG-002-it-is-slow.md").write_text(BUG_TEXT, encoding="utf-8")


@pytest.mark.usefixtures("other_bug")
async def test_everything_in_a_deleted_folder_is_removed(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    shutil.rmtree(talk.folder / "docs/bugs")
    # One event for the folder and none for its files: this is what VS Code sends.
    talk.changed_on_disk("docs/bugs")
    assert "unresolved-id: BUG-001" in await talk.diagnostics(SPEC, "unresolved-id")


@pytest.mark.usefixtures("other_bug")
async def test_a_restored_folder_is_read_again(talk: Talk) -> None:
    talk.open(SPEC)
    (talk.folder / "docs/bugs").rename(talk.folder / "elsewhere")
    talk.changed_on_disk("docs/bugs")
    assert "unresolved-id: BUG-001" in await talk.diagnostics(SPEC, "unresolved-id: BUG-001")
    (talk.folder / "elsewhere").rename(talk.folder / "docs/bugs")
    talk.changed_on_disk("docs/bugs")
    assert await talk.without(SPEC, "unresolved-id: BUG-001")


async def test_templates_go_with_their_folder(talk: Talk) -> None:
    template = talk.folder / ".spec-lsp/templates/runbook.md"
    template.parent.mkdir(parents=True)
    template.write_text(TEMPLATE, encoding="utf-8")
    talk.changed_on_disk(".spec-lsp/templates/runbook.md")
    name = "docs/RUN-001-search.md"
    talk.open(name, "# Runbook: Search\n\n**ID**: RUN-001\n**Status**: Dark\n")
    assert "invalid-value: Dark" in await talk.diagnostics(name, "invalid-value")
    shutil.rmtree(template.parent)
    talk.changed_on_disk(".spec-lsp/templates")
    assert await talk.without(name, "invalid-value")


async def test_a_folder_with_its_own_configuration_is_removed_as_a_whole(talk: Talk) -> None:
    inner = talk.folder / "inner"
    inner.mkdir()
    (inner / "spec-lsp.toml").write_text("", encoding="utf-8")
    (inner / "SPEC-009-x.md").write_text(SPEC_TEXT.replace("SPEC-001", "SPEC-009"))
    (inner / "SPEC-010-y.md").write_text(SPEC_TEXT.replace("SPEC-001", "SPEC-010"))
    name = "inner/SPEC-011-z.md"
    talk.open(name, SPEC_TEXT.replace("SPEC-001", "SPEC-011").replace("BUG-001", "SPEC-009"))
    assert await talk.without(name, "unresolved-id")
    shutil.rmtree(inner)
    talk.changed_on_disk("inner")
    found = await talk.diagnostics(name, "unresolved-id")
    assert "unresolved-id: SPEC-009" in found


@pytest.mark.usefixtures("other_bug")
async def test_unreported_changes_are_read_on_the_users_request(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    shutil.rmtree(talk.folder / "docs/bugs")
    command = lsp.ExecuteCommandParams("specLsp.restartIndex", [{}])
    await talk.client.workspace_execute_command_async(command)
    assert "unresolved-id: BUG-001" in await talk.diagnostics(SPEC, "unresolved-id: BUG-001")


async def test_a_file_that_was_shown_is_read_again_too(talk: Talk) -> None:
    talk.open(SPEC)
    hover = talk.place(SPEC, "see BUG-0")

    async def card() -> str:
        params = lsp.HoverParams(hover.text_document, hover.position)
        return str(await talk.client.text_document_hover_async(params))

    assert "Keys are lost" in await card()
    bug = talk.folder / BUG
    bug.write_text(bug.read_text(encoding="utf-8").replace("Keys are", "All is"), encoding="utf-8")
    await talk.client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("specLsp.restartIndex", [{}])
    )
    for _ in range(400):
        if "All is lost" in await card():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(await card())


async def test_folders_with_documents_are_watched_and_no_others(
    client: LanguageClient, project: Path
) -> None:
    watched: dict[str, Any] = {}
    asked = asyncio.Event()

    @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def on_register(params: lsp.RegistrationParams) -> None:
        for each in params.registrations:
            assert isinstance(each.register_options, dict)
            for one in each.register_options["watchers"]:
                watched[one["globPattern"]] = one.get("kind")
        # Folders are registered as they become known.
        if "**/{bugs,docs,specs}" in watched:
            asked.set()

    (project / "build/output").mkdir(parents=True)
    able = modern()
    assert able.workspace
    able.workspace.did_change_watched_files = lsp.DidChangeWatchedFilesClientCapabilities(
        dynamic_registration=True
    )
    await Talk(client, project, able).begin()
    await asyncio.wait_for(asked.wait(), PATIENCE)
    # Created and deleted, but not changed.
    assert watched["**/{bugs,docs,specs}"] == lsp.WatchKind.Create | lsp.WatchKind.Delete
    assert not any("build" in pattern for pattern in watched)
