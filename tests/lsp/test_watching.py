"""The baseline is watched like everything else that findings depend on."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

from tests.lsp.conftest import classic, modern
from tests.lsp.talk import Talk

SPEC = "docs/specs/SPEC-001-log-in.md"
KNOWN = {
    "rule": "invalid-value",
    "message": "Expected one of Draft, Review, Approved, Implemented, Archived",
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
    assert "**/openspec/config.yaml" in watched
    assert watched[-3:] == ["**/known.json", "**/others.json", "**/last.json"]
    assert len(watched) == len({*watched})


async def test_many_changes_on_the_disk_are_one_update_and_block_no_request(talk: Talk) -> None:
    updates: list[str] = []
    talk.client.feature("specLsp/changed")(lambda _: updates.append("changed"))
    talk.open(SPEC)
    talk.type(SPEC, "BUG-001", "SPEC-159")
    await talk.diagnostics(SPEC, "unresolved-id: SPEC-159")
    await asyncio.sleep(0.3)
    for number in range(10, 160):
        spec = talk.folder / f"docs/specs/SPEC-{number:03}-part.md"
        text = (talk.folder / SPEC).read_text(encoding="utf-8")
        spec.write_text(text.replace("SPEC-001", f"SPEC-{number:03}"), encoding="utf-8")
    updates.clear()
    for number in range(10, 160):
        talk.changed_on_disk(f"docs/specs/SPEC-{number:03}-part.md")
    waits: list[float] = []
    while not waits or "unresolved-id: SPEC-159" in await talk.diagnostics(SPEC):
        began = time.perf_counter()
        identifier = lsp.TextDocumentIdentifier(talk.uri(SPEC))
        await talk.client.text_document_folding_range_async(lsp.FoldingRangeParams(identifier))
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)
        assert len(waits) < 2_000
    assert len(updates) <= 4
    assert max(waits) < 5, "an answer in between does not wait for the whole storm"


async def test_a_layout_that_comes_and_goes_on_the_disk_counts_at_once(talk: Talk) -> None:
    name = "packages/web/openspec/changes/remind/proposal.md"
    mark = talk.folder / "packages/web/openspec/config.yaml"
    file = talk.folder / name
    file.parent.mkdir(parents=True)
    file.write_text("# Change: Remind\n\n## Why\n\nBooks are late.\n", encoding="utf-8")
    talk.open(name)
    assert await talk.without(name, "missing-section")

    mark.write_text("schema: spec-driven\n", encoding="utf-8")
    talk.changed_on_disk("packages/web/openspec/config.yaml")
    assert await talk.diagnostics(name, "missing-section: Change: Remind")

    mark.unlink()
    talk.changed_on_disk("packages/web/openspec/config.yaml")
    assert await talk.without(name, "missing-section")


async def test_a_layout_in_a_hidden_folder_is_noticed(talk: Talk) -> None:
    name = ".kiro/specs/loans/design.md"
    file = talk.folder / name
    file.parent.mkdir(parents=True)
    file.write_text("# Design\n\n## Overview\n\nOne table.\n", encoding="utf-8")
    talk.open(name)
    talk.changed_on_disk(name)
    assert await talk.diagnostics(name, "missing-section: Design")


@pytest.mark.parametrize("talk", [classic], indirect=True)
async def test_a_burst_of_keys_is_diagnosed_a_few_times_and_last_for_the_final_text(
    talk: Talk,
) -> None:
    told: list[str] = []

    class Told(dict[str, Sequence[lsp.Diagnostic]]):
        def __setitem__(self, uri: str, found: Sequence[lsp.Diagnostic]) -> None:
            told.append(uri)
            super().__setitem__(uri, found)

    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    talk.client.diagnostics = Told()
    # Each version has a finding at another place, so that every version is published.
    for _ in range(60):
        talk.type(SPEC, "**Status**", " **Status**")
    assert "invalid-value: Aproved" in await talk.diagnostics(SPEC, "invalid-value: Aproved")
    assert 0 < len(told) < 60
