"""The baseline is watched like everything else that findings depend on."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

from tests.lsp.conftest import modern
from tests.lsp.talk import Talk

SPEC = "docs/specs/SPEC-001-log-in.md"
KNOWN = {
    "rule": "invalid-value",
    "message": "expected one of Draft, Review, Approved, Implemented, Archived",
    "line": "**Status**: Aproved",
}

pytestmark = pytest.mark.asyncio


async def test_a_baseline_that_changes_on_the_disk_counts_at_once(talk: Talk) -> None:
    file = talk.folder / "known.json"
    (talk.folder / "spec-lsp.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    talk.changed_on_disk("spec-lsp.toml")
    talk.open(SPEC)
    assert "invalid-value: Aproved" in await talk.diagnostics(SPEC, "invalid-value")

    file.write_text(json.dumps({"version": 1, "files": {SPEC: [KNOWN]}}), encoding="utf-8")
    talk.changed_on_disk("known.json")
    assert await talk.without(SPEC, "invalid-value")

    file.unlink()
    talk.changed_on_disk("known.json")
    assert "invalid-value: Aproved" in await talk.diagnostics(SPEC, "invalid-value")


async def test_a_client_that_watches_files_is_asked_to_watch_each_baseline_once(
    client: LanguageClient, project: Path
) -> None:
    watched: list[str] = []

    @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def on_register(params: lsp.RegistrationParams) -> None:
        for each in params.registrations:
            assert isinstance(each.register_options, dict)
            watched.extend(one["globPattern"] for one in each.register_options["watchers"])

    able = modern()
    assert able.workspace
    able.workspace.did_change_watched_files = lsp.DidChangeWatchedFilesClientCapabilities(
        dynamic_registration=True
    )
    talk = Talk(client, project, able)
    await talk.begin()
    for name in ("known.json", "docs/others.json", "known.json", "last.json"):
        (project / "spec-lsp.toml").write_text(f'baseline = "{name}"\n', encoding="utf-8")
        talk.changed_on_disk("spec-lsp.toml")
        for _ in range(200):
            if f"**/{Path(name).name}" in watched:
                break
            await asyncio.sleep(0.02)
    assert watched[-3:] == ["**/known.json", "**/others.json", "**/last.json"]
    assert len(watched) == len({*watched})
