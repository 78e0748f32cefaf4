"""A rename changes several files: the order of edits, how often, and which files stay unsaved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

from spec_lsp.text import Edit, LineIndex, Position, Span, apply
from tests.lsp.conftest import modern
from tests.lsp.talk import Talk
from tests.lsp.test_server import OTHER, SPEC

NEW = "docs/specs/SPEC-007-log-in.md"
NOTES = "notes.md"

TextEdit = lsp.TextEdit | lsp.AnnotatedTextEdit | lsp.SnippetTextEdit

pytestmark = pytest.mark.asyncio


async def test_a_file_is_renamed_first_and_edited_under_its_new_name(talk: Talk) -> None:
    edit = await renamed(talk)
    if not talk.capabilities.workspace:
        assert edit.document_changes is None
        return
    first, *others = edit.document_changes or ()
    assert isinstance(first, lsp.RenameFile)
    assert (talk.name_of(first.old_uri), talk.name_of(first.new_uri)) == (SPEC, NEW)
    texts = [each.text_document for each in others if isinstance(each, lsp.TextDocumentEdit)]
    assert sorted(talk.name_of(each.uri) for each in texts) == sorted((NEW, OTHER))
    assert [each.version for each in texts if talk.name_of(each.uri) == NEW] == [None]


async def test_lsp_mode_edits_before_it_renames(client: LanguageClient, project: Path) -> None:
    talk = Talk(client, project, modern())
    await talk.begin("emacs")
    edit = await renamed(talk)
    changed = [
        each for each in edit.document_changes or () if isinstance(each, lsp.TextDocumentEdit)
    ]
    names = sorted(talk.name_of(each.text_document.uri) for each in changed)
    assert names == sorted((SPEC, OTHER))


async def test_a_client_that_calls_will_rename_files_gets_each_edit_once(
    talk: Talk,
) -> None:
    await renamed(talk)
    params = lsp.RenameFilesParams([lsp.FileRename(talk.uri(SPEC), talk.uri(NEW))])
    answer = await talk.client.workspace_will_rename_files_async(params)
    assert bool(answer) is not bool(talk.capabilities.workspace)


async def test_the_same_file_renamed_by_hand_later_takes_its_links_along(talk: Talk) -> None:
    await renamed(talk)
    talk.type(SPEC, "Nobody", "No one")
    params = lsp.RenameFilesParams([lsp.FileRename(talk.uri(SPEC), talk.uri(NEW))])
    answer = await talk.client.workspace_will_rename_files_async(params)
    assert "SPEC-007" in str(answer)


async def test_a_file_on_no_disk_renamed_by_hand_changes_no_other(talk: Talk) -> None:
    names = (talk.uri(each).replace("file://", "memory://") for each in (SPEC, NEW))
    params = lsp.RenameFilesParams([lsp.FileRename(*names)])
    assert await talk.client.workspace_will_rename_files_async(params) is None
    talk.client.workspace_did_rename_files(params)
    assert "SPEC-007" in str(await renamed(talk))


async def test_files_that_a_rename_leaves_unsaved_are_counted(talk: Talk) -> None:
    (talk.folder / NOTES).write_text("SPEC-001\n", encoding="utf-8")
    talk.changed_on_disk(NOTES)
    talk.open(NOTES)
    await talk.diagnostics(NOTES)
    carry_out(talk, await renamed(talk))
    (talk.folder / NOTES).write_text(talk.texts[NOTES], encoding="utf-8")
    # Another message says what the folder holds.
    while not (said := [each.message for each in talk.client.messages if "saved" in each.message]):
        await talk.client.wait_for_notification("window/showMessage")
    assert said == ["1 other file changed by the rename is not saved yet"]


async def renamed(talk: Talk) -> lsp.WorkspaceEdit:
    """The edit that renumbers SPEC-001."""
    talk.open(SPEC)
    at = talk.place(SPEC, "**ID**: SPEC-0")
    params = lsp.RenameParams(at.text_document, at.position, "SPEC-007")
    edit = await talk.client.text_document_rename_async(params)
    assert edit
    return edit


def carry_out(talk: Talk, edit: lsp.WorkspaceEdit) -> None:
    """Apply a workspace edit step by step; edited files are opened and not saved."""
    for step in edit.document_changes or ():
        if isinstance(step, lsp.RenameFile):
            old, new = talk.name_of(step.old_uri), talk.name_of(step.new_uri)
            (talk.folder / old).rename(talk.folder / new)
            talk.open(new)
        elif isinstance(step, lsp.TextDocumentEdit):
            change(talk, talk.name_of(step.text_document.uri), step.edits)
    for uri, edits in (edit.changes or {}).items():
        change(talk, talk.name_of(uri), edits)


def change(talk: Talk, name: str, edits: Sequence[TextEdit]) -> None:
    if name not in talk.texts:
        talk.open(name)
    text = talk.texts[name]
    lines = LineIndex(text)
    found = []
    for each in edits:
        assert not isinstance(each, lsp.SnippetTextEdit)
        ends = (Position(at.line, at.character) for at in (each.range.start, each.range.end))
        found.append(Edit(Span(*(lines.offset(end, talk.encoding) for end in ends)), each.new_text))
    talk.type(name, text, apply(text, found))
