"""Completion, hover and on-type formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.features.completion import complete as completions
from spec_lsp.features.edit import on_enter as on_typing
from spec_lsp.features.shared.cards import as_plain_text
from spec_lsp.features.show import hover as cards
from spec_lsp.lsp.completion_items import completion_items
from spec_lsp.lsp.convert import PositionConverter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spec_lsp.lsp.server import SpecServer


def completion(server: SpecServer, params: lsp.CompletionParams) -> dict[str, Any] | None:
    """Return the completions at the cursor."""
    place = server.session.place_of(params)
    if not place:
        return None
    able = _completion_item(server)
    found = completions.complete(place, snippets=bool(able and able.snippet_support))
    numbered = {next(server.session.counter): each for each in found.items}
    server.session.offered = numbered
    items = completion_items(numbered.items(), place, server.session.encoding, able)
    return {"isIncomplete": found.is_incomplete, "items": items}


def resolve_completion(server: SpecServer, item: lsp.CompletionItem) -> lsp.CompletionItem:
    """Add the documentation of the selected item."""
    data: Any = item.data
    number = data.get("n") if isinstance(data, dict) else None
    offered = server.session.offered.get(number) if isinstance(number, int) else None
    if offered and offered.documentation:
        text = offered.documentation()
        able = _completion_item(server)
        formats = able.documentation_format if able else None
        item.documentation = _markup(text, formats) if formats else as_plain_text(text)
    return item


def hover(server: SpecServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """Return the card for the position."""
    session = server.session
    place = session.place_of(params)
    if not place:
        return None
    found = session.diagnostics(*session.locate(params.text_document.uri))
    card = cards.describe(place, found)
    if not card:
        return None
    ruler = PositionConverter(place.document, server.session.encoding)
    text_document = server.client_capabilities.text_document
    able = text_document.hover if text_document else None
    contents = _markup(card.markdown, able.content_format if able else None)
    return lsp.Hover(contents=contents, range=ruler.range(card.span))


def on_type(
    server: SpecServer, params: lsp.DocumentOnTypeFormattingParams
) -> list[lsp.TextEdit] | None:
    """Return the edits after Enter: the next check box, the next number."""
    place = server.session.place_of(params)
    if not place:
        return None
    ruler = PositionConverter(place.document, server.session.encoding)
    return ruler.edits(on_typing.after_enter(place)) or None


def _completion_item(server: SpecServer) -> lsp.ClientCompletionItemOptions | None:
    """The client's capabilities for completion items."""
    text_document = server.client_capabilities.text_document
    completion = text_document.completion if text_document else None
    return completion.completion_item if completion else None


def _markup(text: str, formats: Sequence[lsp.MarkupKind] | None) -> lsp.MarkupContent:
    """Return a card as Markdown if the client supports it, otherwise as plain text."""
    if lsp.MarkupKind.Markdown in (formats or ()):
        return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return lsp.MarkupContent(lsp.MarkupKind.PlainText, as_plain_text(text))
