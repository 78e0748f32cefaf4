"""The methods that no other test of this folder calls, for every sort of client."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types as lsp

from tests.lsp.talk import Talk

SPEC = "docs/specs/SPEC-001-log-in.md"
OTHER = "docs/specs/SPEC-002-log-out.md"
BUG = "docs/bugs/BUG-001-keys-are-lost.md"

pytestmark = pytest.mark.asyncio


async def test_a_section_leads_to_its_template_and_a_spec_to_what_carries_it_out(
    talk: Talk,
) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    heading = talk.place(SPEC, "## Summ")
    template = await talk.client.text_document_type_definition_async(
        lsp.TypeDefinitionParams(heading.text_document, heading.position)
    )
    assert "spec-lsp-builtin:/technical.md" in str(template)
    mention = talk.place(SPEC, "see BUG-0")
    declared = await talk.client.text_document_declaration_async(
        lsp.DeclarationParams(mention.text_document, mention.position)
    )
    assert BUG in str(declared)
    own = talk.place(SPEC, "**ID**: SPEC-0")
    carried_out = await talk.client.text_document_implementation_async(
        lsp.ImplementationParams(own.text_document, own.position)
    )
    assert carried_out is None or "Location" in str(carried_out)


async def test_the_trace_tree_goes_down_too(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    at = talk.place(SPEC, "# Technical Specification: Lo")
    items = await talk.client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(at.text_document, at.position)
    )
    assert items
    found = await talk.client.call_hierarchy_outgoing_calls_async(
        lsp.CallHierarchyOutgoingCallsParams(items[0])
    )
    assert {talk.name_of(each.to.uri) for each in found or ()} == {BUG, OTHER}


async def test_a_selected_completion_item_gets_its_documentation(talk: Talk) -> None:
    talk.open(SPEC)
    talk.type(SPEC, "## Context\n", "## Context\n\nSPEC-\n")
    at = talk.place(SPEC, "## Context\n\nSPEC-")
    answer = await talk.client.text_document_completion_async(
        lsp.CompletionParams(at.text_document, at.position)
    )
    assert isinstance(answer, lsp.CompletionList)
    item = next(each for each in answer.items if each.label.startswith("SPEC-002"))
    resolved = await talk.client.completion_item_resolve_async(item)
    assert "Log out" in str(resolved)


async def test_enter_continues_a_check_list(talk: Talk) -> None:
    talk.open("notes.md", "- [ ] one\n\n")
    identifier = lsp.TextDocumentIdentifier(talk.uri("notes.md"))
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    params = lsp.DocumentOnTypeFormattingParams(identifier, lsp.Position(1, 0), "\n", options)
    edits = await talk.client.text_document_on_type_formatting_async(params)
    assert [each.new_text for each in edits or ()] == ["- [ ] "]


async def test_a_part_of_a_file_is_coloured(talk: Talk) -> None:
    talk.open(SPEC)
    identifier = lsp.TextDocumentIdentifier(talk.uri(SPEC))
    header = lsp.Range(lsp.Position(2, 0), lsp.Position(3, 0))
    found = await talk.client.text_document_semantic_tokens_range_async(
        lsp.SemanticTokensRangeParams(identifier, header)
    )
    assert found
    assert found.data[0] == 2


async def test_links_follow_a_file_that_is_renamed(talk: Talk) -> None:
    talk.open(OTHER)
    await talk.diagnostics(OTHER)
    new = "docs/specs/SPEC-001-sign-in.md"
    rename = lsp.RenameFilesParams([lsp.FileRename(talk.uri(SPEC), talk.uri(new))])
    edit = await talk.client.workspace_will_rename_files_async(rename)
    assert "SPEC-001-sign-in.md" in str(edit)
    (talk.folder / SPEC).rename(talk.folder / new)
    talk.client.workspace_did_rename_files(rename)
    assert any("broken-link" in each for each in await talk.diagnostics(OTHER, "broken-link"))


async def test_changes_on_the_disk_update_diagnostics(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    # IDs of bugs are checked while there are bugs.
    (talk.folder / BUG).rename(talk.folder / "docs/bugs/BUG-002-it-is-slow.md")
    talk.changed_on_disk("docs/bugs/BUG-002-it-is-slow.md")
    talk.changed_on_disk(BUG)
    assert "unresolved-id: BUG-001" in await talk.diagnostics(SPEC, "unresolved-id")


async def test_settings_change_diagnostics(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    settings = {"spec-lsp": {"rules": {"*": "off"}}}
    talk.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))
    assert await talk.settled(SPEC, []) == []


async def test_a_folder_can_be_added_later(talk: Talk) -> None:
    other = talk.folder.parent / f"{talk.folder.name}-other"
    (other / "docs").mkdir(parents=True)
    (other / "docs/DEC-001-x.md").write_text("# Decision: Elsewhere\n\n**ID**: DEC-001\n")
    event = lsp.WorkspaceFoldersChangeEvent([lsp.WorkspaceFolder(other.as_uri(), "other")], [])
    talk.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))
    found = None
    for _ in range(200):
        found = await talk.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("elsewhere"))
        if found:
            break
        await asyncio.sleep(0.02)
    assert found


async def test_the_whole_workspace_can_be_pulled(talk: Talk) -> None:
    talk.open(SPEC)
    await talk.diagnostics(SPEC, "invalid-value")
    if not talk.pulls:
        return
    first = await talk.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams([]))
    known = [lsp.PreviousResultId(each.uri, str(each.result_id)) for each in first.items]
    assert talk.name_of(first.items[0].uri) in (SPEC, OTHER, BUG)
    again = await talk.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(known))
    assert {type(each) for each in again.items} == {lsp.WorkspaceUnchangedDocumentDiagnosticReport}


async def test_many_changes_delay_no_other_request(talk: Talk) -> None:
    talk.open(SPEC)
    for number in range(300):
        talk.type(
            SPEC,
            "Nobody" if number % 2 == 0 else "Everybody",
            "Everybody" if number % 2 == 0 else "Nobody",
        )
    identifier = lsp.TextDocumentIdentifier(talk.uri(SPEC))
    talk.client.text_document_did_save(lsp.DidSaveTextDocumentParams(identifier))
    found = await asyncio.wait_for(
        talk.client.text_document_folding_range_async(lsp.FoldingRangeParams(identifier)), 20
    )
    assert found


async def test_a_new_document_goes_to_the_folder_that_was_chosen(talk: Talk) -> None:
    templates = talk.folder / ".spec-lsp/templates"
    templates.mkdir(parents=True)
    (templates / "runbook.md").write_text("# Runbook: [Name]\n\n## Steps\n", encoding="utf-8")
    root = talk.folder.as_uri()

    async def ask(command: str, **given: str) -> str:
        params = lsp.ExecuteCommandParams(command, [given])
        return str(await talk.client.workspace_execute_command_async(params))

    await ask("specLsp.restartIndex")
    # No document is open: the folder itself says whose templates are meant.
    assert "runbook" in await ask("specLsp.templates", uri=root)
    chosen = f"{root}/docs/operations"
    made = await ask("specLsp.new", kind="runbook", title="Search", directory=chosen)
    assert f"{chosen}/search.md" in made


async def test_the_page_of_a_rule_is_a_built_in_document(talk: Talk) -> None:
    given = {"uri": "spec-lsp-builtin:/rules/missing-section.md"}
    params = lsp.ExecuteCommandParams("specLsp.templateText", [given])
    assert "# missing-section" in str(await talk.client.workspace_execute_command_async(params))
    rules = await talk.client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("specLsp.rules", [])
    )
    assert "missing-section" in str(rules)
