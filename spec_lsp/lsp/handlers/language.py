"""Completion, hover and what happens on Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.features import completion as completions
from spec_lsp.features import hover as cards
from spec_lsp.features import typing as on_typing
from spec_lsp.features.cards import as_plain_text
from spec_lsp.features.completion import one_line
from spec_lsp.lsp.convert import Ruler
from spec_lsp.template.parts import plain, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spec_lsp.features.model import Completion
    from spec_lsp.lsp.server import SpecServer

_KINDS = {
    "template": lsp.CompletionItemKind.File,
    "section": lsp.CompletionItemKind.Module,
    "block": lsp.CompletionItemKind.Snippet,
    "row": lsp.CompletionItemKind.Snippet,
    "field": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
    "date": lsp.CompletionItemKind.Value,
    "person": lsp.CompletionItemKind.Text,
    "id": lsp.CompletionItemKind.Reference,
    "file": lsp.CompletionItemKind.File,
    "heading": lsp.CompletionItemKind.Reference,
    "tag": lsp.CompletionItemKind.Keyword,
    "key": lsp.CompletionItemKind.Property,
}
_FORMATS = {True: lsp.InsertTextFormat.Snippet, False: lsp.InsertTextFormat.PlainText}


def completion(server: SpecServer, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """What can be inserted at the cursor."""
    place = server.session.place_of(params)
    if not place:
        return None
    snippets = _knows_snippets(server)
    found = completions.complete(place, snippets=snippets)
    ruler = Ruler(place.document, server.session.encoding)
    numbered = [(next(server.session.counter), each) for each in found.items]
    server.session.offered = dict(numbered)
    items = [_item(number, each, ruler, snippets=snippets) for number, each in numbered]
    if not _shows_label_details(server):
        for item in items:
            _tell_all_in_the_detail(item)
    for item, each in zip(items, found.items, strict=True):
        item.filter_text = _filter(each, place.document.text[each.span.start : place.offset])
    return lsp.CompletionList(is_incomplete=found.is_incomplete, items=items)


def resolve_completion(server: SpecServer, item: lsp.CompletionItem) -> lsp.CompletionItem:
    """Documentation, worked out for the item that is looked at."""
    data: Any = item.data
    number = data.get("n") if isinstance(data, dict) else None
    offered = server.session.offered.get(number)
    if offered and offered.documentation:
        text = offered.documentation()
        able = _completion_item(server)
        formats = able.documentation_format if able else None
        item.documentation = _markup(text, formats) if formats else as_plain_text(text)
    return item


def hover(server: SpecServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """A card on what stands at the place."""
    session = server.session
    place = session.place_of(params)
    buffer = session.buffer(params.text_document.uri)
    card = cards.describe(place, session.diagnostics(buffer)) if place else None
    if not place or not card:
        return None
    ruler = Ruler(place.document, server.session.encoding)
    text_document = server.client_capabilities.text_document
    able = text_document.hover if text_document else None
    contents = _markup(card.markdown, able.content_format if able else None)
    return lsp.Hover(contents=contents, range=ruler.range(card.span))


def on_type(
    server: SpecServer, params: lsp.DocumentOnTypeFormattingParams
) -> list[lsp.TextEdit] | None:
    """What Enter adds: the next check box, the next number."""
    place = server.session.place_of(params)
    if not place:
        return None
    ruler = Ruler(place.document, server.session.encoding)
    return ruler.edits(on_typing.after_enter(place)) or None


def _item(number: int, each: Completion, ruler: Ruler, *, snippets: bool) -> lsp.CompletionItem:
    text = snippet(each.parts) if snippets else plain(one_line(each).parts)
    has_holes = snippets and any(not isinstance(part, str) for part in each.parts)
    if snippets and not has_holes:
        text = plain(each.parts)
    return lsp.CompletionItem(
        label=each.label,
        kind=_KINDS[each.kind],
        detail=each.detail or None,
        label_details=lsp.CompletionItemLabelDetails(description=each.description)
        if each.description
        else None,
        sort_text=f"{each.rank:05d}",
        preselect=each.is_preselected or None,
        insert_text_format=_FORMATS[has_holes],
        text_edit=lsp.TextEdit(ruler.range(each.span), text),
        additional_text_edits=ruler.edits(each.also) or None,
        data={"n": number},
    )


def _tell_all_in_the_detail(item: lsp.CompletionItem) -> None:
    """What would stand beside the label, such as the title of a document, comes first."""
    described = item.label_details.description if item.label_details else None
    item.detail = " · ".join(part for part in (described, item.detail) if part) or None
    item.label_details = None


def _filter(each: Completion, typed: str) -> str | None:
    """What is typed is compared with this.

    Some editors tell capitals from small letters here, and people type small ones.
    """
    shown = each.filter or each.label
    if typed.islower():
        return shown.lower()
    return each.filter or None


def _knows_snippets(server: SpecServer) -> bool:
    able = _completion_item(server)
    return bool(able and able.snippet_support)


def _shows_label_details(server: SpecServer) -> bool:
    able = _completion_item(server)
    return bool(able and able.label_details_support)


def _completion_item(server: SpecServer) -> lsp.ClientCompletionItemOptions | None:
    """What the client can do with a completion."""
    text_document = server.client_capabilities.text_document
    completion = text_document.completion if text_document else None
    return completion.completion_item if completion else None


def _markup(text: str, formats: Sequence[lsp.MarkupKind] | None) -> lsp.MarkupContent:
    """A card as Markdown for a client that shows it, and as plain text for others."""
    if lsp.MarkupKind.Markdown in (formats or ()):
        return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return lsp.MarkupContent(lsp.MarkupKind.PlainText, as_plain_text(text))
