"""Symbols, links, folding, selection, lenses, hints and semantic tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.features.navigate import links as document_links
from spec_lsp.features.navigate import workspace_symbols
from spec_lsp.features.shared.target import landing
from spec_lsp.features.show import folding, hints, lens, selection, symbols
from spec_lsp.features.show import semantic_tokens as colours
from spec_lsp.lsp.background.cooperative import in_slices
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.greeting import TOKEN_MODIFIERS, TOKEN_TYPES
from spec_lsp.printable import printable, printable_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.features.shared.place import Page
    from spec_lsp.features.shared.results import Lens, SemanticToken, Symbol
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.text import Span

_SYMBOLS = {
    "document": lsp.SymbolKind.File,
    "section": lsp.SymbolKind.String,
    "field": lsp.SymbolKind.Field,
    "id": lsp.SymbolKind.Constant,
    "task": lsp.SymbolKind.Boolean,
}
_FOLDS = {"comment": lsp.FoldingRangeKind.Comment}


def document_symbol(
    server: SpecServer, params: lsp.DocumentSymbolParams
) -> list[lsp.DocumentSymbol] | list[lsp.SymbolInformation] | None:
    """Return the outline: a tree, or flat if the client supports no tree."""
    page, ruler = _page(server, params.text_document.uri)
    if not page or not ruler:
        return None
    outline = symbols.outline(page)
    text_document = server.client_capabilities.text_document
    able = text_document and text_document.document_symbol
    if able and able.hierarchical_document_symbol_support:
        return [_symbol(each, ruler) for each in outline]
    return list(_flat(outline, params.text_document.uri, ruler, ""))


def workspace_symbol(
    server: SpecServer, params: lsp.WorkspaceSymbolParams
) -> list[lsp.SymbolInformation] | None:
    """Search IDs and titles in the workspace."""
    found = []
    for folder in server.session.roots.values():
        for each in workspace_symbols.find(folder.workspace, params.query):
            ruler = server.session.ruler(folder, each.path)
            if ruler:
                place = lsp.Location(
                    server.session.uri_of(folder, each.path), ruler.range(each.span)
                )
                kind = _SYMBOLS[each.kind]
                found.append(
                    lsp.SymbolInformation(
                        name=each.name,
                        kind=kind,
                        location=place,
                        container_name=each.container or None,
                    )
                )
    return found or None


def document_link(
    server: SpecServer, params: lsp.DocumentLinkParams
) -> list[lsp.DocumentLink] | None:
    """Return the links of a file."""
    page, ruler = _page(server, params.text_document.uri)
    if not page or not ruler:
        return None
    folder = server.session.locate(params.text_document.uri)[0]
    text_document = server.client_capabilities.text_document
    able = text_document and text_document.document_link
    answer = []
    for link in document_links.links(page):
        target = link.url or server.session.uri_of(folder, link.path)
        found = lsp.DocumentLink(ruler.range(link.span), target)
        if able and able.tooltip_support:
            found.tooltip = printable(link.tooltip) or None
        if link.anchor and not link.url:
            # The line of the heading is computed when the link is followed.
            found.target = None
            found.data = {"uri": params.text_document.uri, "path": link.path, "anchor": link.anchor}
        answer.append(found)
    return answer or None


def resolve_link(server: SpecServer, link: lsp.DocumentLink) -> lsp.DocumentLink:
    """Add the line of the target heading, as `#L` in the URI."""
    data = link.data if isinstance(link.data, dict) else {}
    uri, path, anchor = (str(data.get(key, "")) for key in ("uri", "path", "anchor"))
    page = server.session.page(uri)
    if not page:
        return link
    folder = server.session.locate(uri)[0]
    link.target = server.session.uri_of(folder, path)
    found, ruler = landing(page, path, anchor), server.session.ruler(folder, path)
    if found and ruler:
        link.target = f"{link.target}#L{ruler.position(found.span.start).line + 1}"
    return link


def folding_range(
    server: SpecServer, params: lsp.FoldingRangeParams
) -> list[lsp.FoldingRange] | None:
    """Return the folding ranges of a file."""
    page, _ = _page(server, params.text_document.uri)
    if not page:
        return None
    return [
        lsp.FoldingRange(
            fold.first, fold.last, kind=_FOLDS.get(fold.kind, lsp.FoldingRangeKind.Region)
        )
        for fold in folding.folds(page)
    ] or None


def selection_range(
    server: SpecServer, params: lsp.SelectionRangeParams
) -> list[lsp.SelectionRange] | None:
    """Return nested ranges around each position."""
    answer = []
    for position in params.positions:
        place = server.session.place(params.text_document.uri, position.line, position.character)
        if not place:
            return None
        ruler = PositionConverter(place.document, server.session.encoding)
        outer: lsp.SelectionRange | None = None
        for span in reversed(selection.selections(place)):
            outer = lsp.SelectionRange(ruler.range(span), outer)
        answer.append(outer or lsp.SelectionRange(lsp.Range(position, position)))
    return answer


async def code_lens(server: SpecServer, params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
    """Return the lenses above titles and requirements."""
    page, ruler = _page(server, params.text_document.uri)
    if not page or not ruler:
        return None
    found = await in_slices(lens.lenses(page))
    return [_lens(params.text_document.uri, each, ruler) for each in found] or None


def inlay_hint(server: SpecServer, params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
    """Return the titles of mentioned IDs as inlay hints."""
    page, ruler = _page(server, params.text_document.uri)
    if not page or not ruler:
        return None
    return [
        lsp.InlayHint(
            ruler.position(each.offset),
            printable(each.text),
            tooltip=printable_lines(each.tooltip) or None,
            padding_left=True,
        )
        for each in hints.hints(page, ruler.span(params.range))
    ] or None


def tokens(server: SpecServer, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
    """Return the semantic tokens of a file."""
    return _tokens(server, params.text_document.uri, None)


def tokens_in(server: SpecServer, params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens:
    """Return the semantic tokens of a range."""
    return _tokens(server, params.text_document.uri, params.range)


def _tokens(server: SpecServer, uri: str, within: lsp.Range | None) -> lsp.SemanticTokens:
    page, ruler = _page(server, uri)
    if not page or not ruler:
        return lsp.SemanticTokens([])
    span: Span | None = ruler.span(within) if within else None
    return lsp.SemanticTokens(list(_encoded(colours.tokens(page, span), ruler)))


def _encoded(found: Iterable[SemanticToken], ruler: PositionConverter) -> Iterable[int]:
    """Encode each token as five numbers, relative to the previous one."""
    line = column = 0
    for each in found:
        at = ruler.range(each.span)
        start, end = at.start, at.end
        if start.line != end.line:
            continue
        yield start.line - line
        yield start.character - column if start.line == line else start.character
        yield end.character - start.character
        yield TOKEN_TYPES.index(each.kind)
        yield sum(1 << TOKEN_MODIFIERS.index(name) for name in each.modifiers)
        line, column = start.line, start.character


def _lens(uri: str, each: Lens, ruler: PositionConverter) -> lsp.CodeLens:
    """Convert a lens; the client asks for the references when it is clicked."""
    at = ruler.range(each.span)
    command = lsp.Command(printable(each.title), "")
    if each.is_link:
        command.command, command.arguments = "specLsp.showReferences", [uri, at.start]
    return lsp.CodeLens(at, command)


def _symbol(each: Symbol, ruler: PositionConverter) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        name=each.name or "(untitled)",
        kind=_SYMBOLS[each.kind],
        range=ruler.range(each.span),
        selection_range=ruler.range(each.name_span),
        detail=each.detail or None,
        children=[_symbol(child, ruler) for child in each.children],
    )


def _flat(
    outline: Iterable[Symbol], uri: str, ruler: PositionConverter, container: str
) -> Iterable[lsp.SymbolInformation]:
    for each in outline:
        place = lsp.Location(uri, ruler.range(each.span))
        yield lsp.SymbolInformation(
            name=each.name or "(untitled)",
            kind=_SYMBOLS[each.kind],
            location=place,
            container_name=container or None,
        )
        yield from _flat(each.children, uri, ruler, each.name)


def _page(server: SpecServer, uri: str) -> tuple[Page | None, PositionConverter | None]:
    page = server.session.page(uri)
    return page, PositionConverter(page.document, server.session.encoding) if page else None
