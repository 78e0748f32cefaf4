"""All sorts of clients are served, and every edit is diagnosed at once."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from tests.lsp.talk import Talk

SPEC = "docs/specs/SPEC-001-log-in.md"
UNNAMED = "docs/specs/way-back.md"
OTHER = "docs/specs/SPEC-002-log-out.md"
BUG = "docs/bugs/BUG-001-keys-are-lost.md"

pytestmark = pytest.mark.asyncio


async def test_a_wrong_value_is_reported_until_it_is_fixed(talk: Talk) -> None:
    talk.open(SPEC)
    assert "invalid-value: Aproved" in await talk.diagnostics(SPEC, "invalid-value")

    talk.type(SPEC, "Aproved", "Approved")
    found = await talk.settled(SPEC, [])
    assert not [each for each in found if each.startswith("invalid-value")]


def _open_with_its_reference(talk: Talk) -> None:
    """Open a spec, and one that is not named for its ID and refers to it."""
    text = talk.folder.joinpath(OTHER).read_text(encoding="utf-8").replace("SPEC-002", "SPEC-003")
    (talk.folder / UNNAMED).write_text(text, encoding="utf-8")
    talk.changed_on_disk(UNNAMED)
    talk.open(UNNAMED)
    talk.open(SPEC)
    talk.type(SPEC, "SPEC-002", "SPEC-003")


async def test_a_change_in_another_file_updates_diagnostics(talk: Talk) -> None:
    _open_with_its_reference(talk)
    assert await talk.without(SPEC, "unresolved-id")
    talk.type(UNNAMED, "SPEC-003", "SPEC-004")
    assert "unresolved-id: SPEC-003" in await talk.diagnostics(SPEC, "unresolved-id")


async def test_positions_after_an_emoji_are_right(talk: Talk) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "😀 SPEC-0")
    card = await talk.client.text_document_hover_async(
        lsp.HoverParams(at.text_document, at.position)
    )
    assert card
    assert card.range
    assert talk.slice(SPEC, card.range) == "SPEC-002"


async def test_definition_leads_to_the_document(talk: Talk) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "see BUG-0")
    found = await talk.client.text_document_definition_async(
        lsp.DefinitionParams(at.text_document, at.position)
    )
    assert isinstance(found, list)
    uris = [each.target_uri if isinstance(each, lsp.LocationLink) else each.uri for each in found]
    assert [talk.name_of(uri) for uri in uris] == [BUG]


async def test_references_come_from_closed_files_too(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC)
    at = talk.place(SPEC, "**ID**: SPEC-0")
    context = lsp.ReferenceContext(include_declaration=False)
    found = await talk.client.text_document_references_async(
        lsp.ReferenceParams(context, at.text_document, at.position)
    )
    assert found
    places = {(talk.name_of(each.uri), talk.slice(OTHER, each.range)) for each in found}
    assert (OTHER, "SPEC-001") in places


async def test_a_refused_rename_has_a_reason(talk: Talk) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "Nobody li")
    with pytest.raises(JsonRpcException) as refusal:
        await talk.client.text_document_rename_async(
            lsp.RenameParams(at.text_document, at.position, "x")
        )
    assert len(str(refusal.value).split()) > 3


async def test_an_id_is_renamed_with_its_file_where_the_client_moves_files(talk: Talk) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "**ID**: SPEC-0")
    params = lsp.RenameParams(at.text_document, at.position, "SPEC-007")
    edit = await talk.client.text_document_rename_async(params)
    assert edit
    if not talk.capabilities.workspace:
        changed = {talk.name_of(uri): str(edits) for uri, edits in (edit.changes or {}).items()}
        assert changed.keys() == {SPEC, OTHER}
        assert all("SPEC-007" in edits for edits in changed.values())
        return
    moved = [each for each in edit.document_changes or () if isinstance(each, lsp.RenameFile)]
    assert [talk.name_of(each.new_uri) for each in moved] == ["docs/specs/SPEC-007-log-in.md"]


async def test_an_id_in_the_file_name_only_needs_a_client_that_renames_files(
    talk: Talk,
) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "see BUG-0")
    params = lsp.RenameParams(at.text_document, at.position, "BUG-007")
    if talk.capabilities.workspace:
        assert "BUG-007-keys-are-lost.md" in str(
            await talk.client.text_document_rename_async(params)
        )
        return
    with pytest.raises(JsonRpcException, match="BUG-001 occurs only in the file name"):
        await talk.client.text_document_rename_async(params)


async def test_the_outline_is_a_tree_if_the_client_supports_trees(talk: Talk) -> None:
    talk.open(SPEC)
    identifier = lsp.TextDocumentIdentifier(talk.uri(SPEC))
    found = await talk.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(identifier)
    )
    assert found
    able = talk.capabilities.text_document
    expected = lsp.DocumentSymbol if able else lsp.SymbolInformation
    assert all(isinstance(each, expected) for each in found)


async def test_other_requests_for_a_file_are_answered(talk: Talk) -> None:
    talk.open(SPEC)
    client = talk.client
    identifier = lsp.TextDocumentIdentifier(talk.uri(SPEC))
    at = talk.place(SPEC, "see BUG-0")
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    assert await client.text_document_folding_range_async(lsp.FoldingRangeParams(identifier))
    assert await client.text_document_selection_range_async(
        lsp.SelectionRangeParams(identifier, [at.position])
    )
    assert await client.text_document_code_lens_async(lsp.CodeLensParams(identifier))
    assert await client.text_document_inlay_hint_async(lsp.InlayHintParams(identifier, whole))
    tokens = await client.text_document_semantic_tokens_full_async(
        lsp.SemanticTokensParams(identifier)
    )
    assert tokens
    assert len(tokens.data) % 5 == 0
    assert await client.text_document_document_highlight_async(
        lsp.DocumentHighlightParams(at.text_document, at.position)
    )
    calls = await client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(at.text_document, at.position)
    )
    assert calls
    incoming = await client.call_hierarchy_incoming_calls_async(
        lsp.CallHierarchyIncomingCallsParams(calls[0])
    )
    assert [talk.name_of(each.from_.uri) for each in incoming or ()] == [SPEC]
    symbols = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("keys"))
    assert symbols


async def test_a_code_action_fixes_the_problem(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    at = talk.place(SPEC, "**Status**: Apr")
    params = lsp.CodeActionParams(
        at.text_document,
        lsp.Range(at.position, at.position),
        lsp.CodeActionContext([], only=[lsp.CodeActionKind.QuickFix]),
    )
    found = await talk.client.text_document_code_action_async(params)
    action = next(each for each in found or () if "Approved" in each.title)
    assert isinstance(action, lsp.CodeAction)
    if action.edit is None:
        action = await talk.client.code_action_resolve_async(action)
    assert action.edit
    assert "Approved" in str(action.edit)


async def test_fix_all_is_offered_to_clients_that_request_it(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    at = talk.place(SPEC, "**Status**: Apr")
    place = (at.text_document, lsp.Range(at.position, at.position))

    async def offered(*only: str, why: lsp.CodeActionTriggerKind) -> dict[str, lsp.CodeAction]:
        params = lsp.CodeActionParams(*place, lsp.CodeActionContext([], [*only] or None, why))
        found = await talk.client.text_document_code_action_async(params)
        return {each.title: each for each in found or () if isinstance(each, lsp.CodeAction)}

    everything = "Apply all safe fixes"
    moving, asking = lsp.CodeActionTriggerKind.Automatic, lsp.CodeActionTriggerKind.Invoked
    assert everything not in await offered(why=moving)
    assert everything in await offered(why=asking)
    # An editor that fixes on save requests only this kind.
    action = (await offered("source.fixAll", why=moving))[everything]
    if action.edit is None:
        action = await talk.client.code_action_resolve_async(action)
    assert "Approved" in str(action.edit)


async def test_a_link_to_a_heading_leads_to_its_line(talk: Talk) -> None:
    talk.open(OTHER)
    identifier = lsp.TextDocumentIdentifier(talk.uri(OTHER))
    found = await talk.client.text_document_document_link_async(lsp.DocumentLinkParams(identifier))
    link = next(each for each in found or () if each.data)
    resolved = await talk.client.document_link_resolve_async(link)
    assert talk.name_of(str(resolved.target)) == f"{SPEC}#L8"


async def test_commands_return_results(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")

    async def run(command: str, **given: object) -> object:
        params = lsp.ExecuteCommandParams(command, [given])
        return await talk.client.workspace_execute_command_async(params)

    templates = await run("specLsp.templates")
    assert isinstance(templates, list)
    assert {"bug-fix", "feature", "technical"} <= {_get(each, "kind") for each in templates}
    made = await run("specLsp.new", kind="bug-fix", title="It crashes")
    assert str(_get(made, "uri")).endswith("docs/bugs/BUG-002-it-crashes.md")
    assert "It crashes" in str(_get(made, "snippet"))
    state = await run("specLsp.status", uri=talk.uri(SPEC))
    assert _get(state, "status") == "Aproved"
    graph = await run("specLsp.graph")
    assert len(_get(graph, "nodes")) == 3  # type: ignore[arg-type]


async def test_the_disk_counts_again_when_a_file_is_closed(talk: Talk) -> None:
    _open_with_its_reference(talk)
    talk.type(UNNAMED, "SPEC-003", "SPEC-004")
    assert "unresolved-id: SPEC-003" in await talk.diagnostics(SPEC, "unresolved-id")
    identifier = lsp.TextDocumentIdentifier(talk.uri(UNNAMED))
    talk.client.text_document_did_close(lsp.DidCloseTextDocumentParams(identifier))
    assert await talk.without(SPEC, "unresolved-id")


def _get(answer: object, name: str) -> object:
    return answer[name] if isinstance(answer, dict) else getattr(answer, name)


TEMPLATE = """\
# Runbook: [Name]

**ID**: RUN-XXX
**Status**: Draft | Live

## Symptoms

[What someone sees]
"""


async def test_documents_are_checked_against_an_unsaved_template(talk: Talk) -> None:
    name = ".spec-lsp/templates/runbook.md"
    template = talk.folder / name
    template.parent.mkdir(parents=True)
    template.write_text(TEMPLATE, encoding="utf-8")
    talk.open(name)
    runbook = "docs/RUN-001-search.md"
    talk.open(runbook, "# Runbook: Search\n\n**ID**: RUN-001\n**Status**: Dark\n")
    assert "invalid-value: Dark" in await talk.diagnostics(runbook, "invalid-value")

    talk.type(name, "Draft | Live", "Draft | Live | Dark")
    found = await talk.settled(runbook, ["missing-section: Runbook: Search"])
    assert found == ["missing-section: Runbook: Search"]


async def test_a_fault_in_a_template_is_reported_in_the_template(talk: Talk) -> None:
    name = ".spec-lsp/templates/runbook.md"
    (talk.folder / name).parent.mkdir(parents=True)
    talk.folder.joinpath(name).write_text(TEMPLATE, encoding="utf-8")
    talk.open(name, f"---\nspec-lsp:\n  knid: runbook\n---\n{TEMPLATE}")
    assert await talk.diagnostics(name, "invalid-template") == ["invalid-template: knid"]


async def test_a_faulty_configuration_is_reported_and_the_last_good_one_stays(talk: Talk) -> None:
    name = "spec-lsp.toml"
    good = '[rules]\ninvalid-value = "off"\n'
    (talk.folder / name).write_text(good, encoding="utf-8")
    talk.open(name)
    talk.open(SPEC)
    silent = [each for each in await talk.diagnostics(SPEC) if "invalid-value" in each]
    assert not silent

    talk.type(name, '"off"', '"of"')
    assert any("invalid-config" in each for each in await talk.diagnostics(name, "invalid-config"))
    assert not [each for each in await talk.diagnostics(SPEC) if "invalid-value" in each]
