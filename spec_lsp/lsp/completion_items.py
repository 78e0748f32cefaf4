"""Conversion of completions to plain JSON objects.

There may be a hundred at each keystroke; creating and serializing the types of the protocol
library is slower.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.features.completion.complete import one_line
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.template.write.snippet import plain, snippet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.features.shared.place import Place
    from spec_lsp.features.shared.results import Completion
    from spec_lsp.lsp.convert import Plain
    from spec_lsp.text import Encoding

_KINDS = {
    kind: int(number)
    for kind, number in {
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
    }.items()
}
_PLAIN_TEXT, _SNIPPET = map(int, (lsp.InsertTextFormat.PlainText, lsp.InsertTextFormat.Snippet))


def completion_items(
    found: Iterable[tuple[int, Completion]],
    place: Place,
    encoding: Encoding,
    able: lsp.ClientCompletionItemOptions | None,
) -> list[Plain]:
    """Convert numbered completions at a place, within the capabilities of the client (`able`)."""
    snippets = bool(able and able.snippet_support)
    describe = _described if able and able.label_details_support else _told_in_the_detail
    span_range = cache(PositionConverter(place.document, encoding).plain_range)
    items = []
    for number, each in found:
        text, has_holes = _text(each, snippets=snippets)
        item: Plain = {
            "label": each.label,
            "kind": _KINDS[each.kind],
            "sortText": f"{each.rank:05d}",
            "insertTextFormat": _SNIPPET if has_holes else _PLAIN_TEXT,
            "textEdit": {"range": span_range(each.span), "newText": text},
            "data": {"n": number},
            **describe(each),
        }
        if each.is_preselected:
            item["preselect"] = True
        if each.also:
            edits = ({"range": span_range(edit.span), "newText": edit.text} for edit in each.also)
            item["additionalTextEdits"] = list(edits)
        if compared := _filter(each, place.document.text[each.span.start : place.offset]):
            item["filterText"] = compared
        items.append(item)
    return items


def _text(each: Completion, *, snippets: bool) -> tuple[str, bool]:
    """Return the text to insert, and whether it is a snippet with tab stops."""
    if not snippets:
        return plain(one_line(each).parts), False
    if all(isinstance(part, str) for part in each.parts):
        return plain(each.parts), False
    return snippet(each.parts), True


def _described(each: Completion) -> Plain:
    found: Plain = {"detail": each.detail} if each.detail else {}
    if each.description:
        found["labelDetails"] = {"description": each.description}
    return found


def _told_in_the_detail(each: Completion) -> Plain:
    """Put the description, such as the title of a document, before the detail."""
    told = " · ".join(part for part in (each.description, each.detail) if part)
    return {"detail": told} if told else {}


def _filter(each: Completion, typed: str) -> str:
    """Return the `filterText`, in lower case if the user types lower case.

    Some editors filter case-sensitively.
    """
    return (each.filter or each.label).lower() if typed.islower() else each.filter
