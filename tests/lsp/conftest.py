"""A small project on the disk, and three sorts of clients of a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from tests.command import COMMAND
from tests.lsp.talk import Talk

SERVER = [*COMMAND, "serve", "--stdio"]

SPEC = """\
# Technical Specification: Log in

**ID**: SPEC-001
**Date**: 2026-11-02
**Status**: Aproved
**Type**: Feature

## Summary

People log in with a key, see BUG-001 and 😀 SPEC-002.

## Context

### Background

Nobody likes passwords.
"""

OTHER = """\
# Technical Specification: Log out

**ID**: SPEC-002
**Date**: 2026-11-03
**Status**: Draft
**Type**: Feature

## Summary

The way back of SPEC-001, as [the other spec](SPEC-001-log-in.md#summary) says.
"""

BUG = """\
# Bug Fix Specification: Keys are lost

**Version**: 1.0
**Date**: 2026-11-04
**Status**: Draft
**Author**: Ada
**Severity**: High
**Related Module**: login
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two specs that refer to each other, and a bug."""
    files = {
        "docs/specs/SPEC-001-log-in.md": SPEC,
        "docs/specs/SPEC-002-log-out.md": OTHER,
        "docs/bugs/BUG-001-keys-are-lost.md": BUG,
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def modern() -> lsp.ClientCapabilities:
    """A client that counts in UTF-8, pulls diagnostics and has all other capabilities."""
    return lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(
            position_encodings=[lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf16]
        ),
        text_document=lsp.TextDocumentClientCapabilities(
            diagnostic=lsp.DiagnosticClientCapabilities(),
            completion=lsp.CompletionClientCapabilities(
                completion_item=lsp.ClientCompletionItemOptions(
                    snippet_support=True,
                    documentation_format=[lsp.MarkupKind.Markdown],
                    label_details_support=True,
                )
            ),
            hover=lsp.HoverClientCapabilities(content_format=[lsp.MarkupKind.Markdown]),
            definition=lsp.DefinitionClientCapabilities(link_support=True),
            document_symbol=lsp.DocumentSymbolClientCapabilities(
                hierarchical_document_symbol_support=True
            ),
            code_action=lsp.CodeActionClientCapabilities(
                resolve_support=lsp.ClientCodeActionResolveOptions(properties=["edit"])
            ),
        ),
        workspace=lsp.WorkspaceClientCapabilities(
            workspace_edit=lsp.WorkspaceEditClientCapabilities(
                document_changes=True,
                resource_operations=[
                    lsp.ResourceOperationKind.Create,
                    lsp.ResourceOperationKind.Rename,
                ],
            ),
            diagnostics=lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        ),
    )


def classic() -> lsp.ClientCapabilities:
    """A client that counts in UTF-16, is sent diagnostics and shows no Markdown.

    Like Neovim, it advertises `resourceOperations` but not `documentChanges`.
    """
    capabilities = modern()
    assert capabilities.workspace
    assert capabilities.workspace.workspace_edit
    capabilities.workspace.workspace_edit.document_changes = None
    capabilities.general = None
    assert capabilities.text_document
    capabilities.text_document.diagnostic = None
    assert capabilities.text_document.completion
    assert capabilities.text_document.completion.completion_item
    capabilities.text_document.completion.completion_item.documentation_format = None
    capabilities.text_document.completion.completion_item.label_details_support = None
    capabilities.text_document.hover = None
    capabilities.text_document.publish_diagnostics = lsp.PublishDiagnosticsClientCapabilities(
        related_information=True, version_support=True
    )
    return capabilities


def bare() -> lsp.ClientCapabilities:
    """A client without capabilities."""
    return lsp.ClientCapabilities()


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER))  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A new server for every test; the test initialises it, and this fixture shuts it down."""
    yield
    await lsp_client.shutdown_session()


@pytest_asyncio.fixture(params=[modern, classic, bare], ids=["modern", "classic", "bare"])
async def talk(client: LanguageClient, request: pytest.FixtureRequest, project: Path) -> Talk:
    """One client of each sort, with the project open."""
    talk = Talk(client, project, request.param())
    await talk.begin()
    return talk


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only some files need every client each time; `make test-all` runs all of them."""
    for item in items:
        client = item.name.partition("[")[2].rstrip("]")
        if client in ("classic", "bare") and item.path.stem not in _ALL_CLIENTS:
            item.add_marker(pytest.mark.slow)


_ALL_CLIENTS = ("test_clients", "test_renaming")
