"""Answers depend on the capabilities of the client."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from tests.lsp.talk import Talk

SPEC = "docs/specs/SPEC-001-log-in.md"

pytestmark = pytest.mark.asyncio


async def test_completion_offers_the_choices_of_a_field(talk: Talk) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "**Status**: ")
    answer = await talk.client.text_document_completion_async(
        lsp.CompletionParams(at.text_document, at.position)
    )
    assert isinstance(answer, lsp.CompletionList)
    labels = [item.label for item in answer.items]
    assert labels == ["Draft", "Review", "Approved", "Implemented", "Archived"]


async def test_a_client_without_snippets_gets_plain_lines(talk: Talk) -> None:
    talk.open("docs/specs/new.md", "\n")
    identifier = lsp.TextDocumentIdentifier(talk.uri("docs/specs/new.md"))
    answer = await talk.client.text_document_completion_async(
        lsp.CompletionParams(identifier, lsp.Position(0, 0))
    )
    assert isinstance(answer, lsp.CompletionList)
    text = next(item.text_edit for item in answer.items if "Bug Fix" in item.label)
    assert isinstance(text, lsp.TextEdit)
    able = talk.capabilities.text_document
    if able and able.completion:
        assert "${1:" in text.new_text
        assert "\n" in text.new_text
    else:
        assert "${" not in text.new_text
        assert "\n" not in text.new_text


async def test_the_title_of_a_document_is_seen_beside_its_id(talk: Talk) -> None:
    talk.open(SPEC)
    talk.type(SPEC, "see BUG-001", "see BUG-")
    at = talk.place(SPEC, "see BUG-")
    answer = await talk.client.text_document_completion_async(
        lsp.CompletionParams(at.text_document, at.position)
    )
    assert isinstance(answer, lsp.CompletionList)
    item = next(each for each in answer.items if each.label == "BUG-001")
    if item.label_details:
        assert shows_markdown(talk)
        assert item.label_details.description == "Keys are lost"
        assert item.detail == "Draft · Bug Fix"
    else:
        assert not shows_markdown(talk)
        assert item.detail == "Keys are lost · Draft · Bug Fix"


async def test_hover_shows_a_card_of_a_mentioned_document(talk: Talk) -> None:
    talk.open(SPEC)
    at = talk.place(SPEC, "see BUG-0")
    card = await talk.client.text_document_hover_async(
        lsp.HoverParams(at.text_document, at.position)
    )
    assert card
    assert isinstance(card.contents, lsp.MarkupContent)
    if card.contents.kind == lsp.MarkupKind.Markdown:
        assert shows_markdown(talk)
        assert card.contents.value.startswith("**BUG-001 · Keys are lost**\n")
    else:
        assert not shows_markdown(talk)
        assert card.contents.value.startswith("BUG-001 · Keys are lost\n")


def shows_markdown(talk: Talk) -> bool:
    """Whether the client shows Markdown and label details."""
    able = talk.capabilities.text_document
    return bool(able and able.hover)
