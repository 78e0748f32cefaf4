"""A file at a glance: outline, links, folding, lenses, hints, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.features import folding, hints, lens, search, selection, symbols
from spec_lsp.features import links as document_links
from spec_lsp.features import tokens as colours
from spec_lsp.features.target import landing
from spec_lsp.lsp.convert import Ruler
from spec_lsp.lsp.methods import TOKEN_MODIFIERS, TOKEN_TYPES
from spec_lsp.printable import printable, printable_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.features.model import Lens, Symbol, Token
    from spec_lsp.features.place import Page
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
    """The outline, as a tree or flat as the client can."""
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
    """IDs and titles of the whole workspace."""
    found = []
    for root in server.session.roots.values():
        for each in search.find(root.workspace, params.query):
            ruler = server.session.ruler(root, each.path)
            if ruler:
                place = lsp.Location(server.session.uri_of(root, each.path), ruler.range(each.span))
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
    """What can be followed."""
    page, ruler = _page(server, params.text_document.uri)
    if not page or not ruler:
        return None
    root = server.session.buffer(params.text_document.uri).root
    text_document = server.client_capabilities.text_document
    able = text_document and text_document.document_link
    answer = []
    for link in document_links.links(page):
        target = link.url or server.session.uri_of(root, link.path)
        found = lsp.DocumentLink(ruler.range(link.span), target)
        if able and able.tooltip_support:
            found.tooltip = printable(link.tooltip) or None
        if link.anchor and not link.url:
            # Where a heading stands is looked up when somebody follows the link.
            found.target = None
            found.data = {"uri": params.text_document.uri, "path": link.path, "anchor": link.anchor}
        answer.append(found)
    return answer or None


def resolve_link(server: SpecServer, link: lsp.DocumentLink) -> lsp.DocumentLink:
    """The line of the heading that a link leads to, in the form that editors know."""
    data = link.data if isinstance(link.data, dict) else {}
    uri, path, anchor = (str(data.get(key, "")) for key in ("uri", "path", "anchor"))
    page = server.session.page(uri)
    if not page:
        return link
    root = server.session.buffer(uri).root
    link.target = server.session.uri_of(root, path)
    found, ruler = landing(page, path, anchor), server.session.ruler(root, path)
    if found and ruler:
        link.target = f"{link.target}#L{ruler.position(found.span.start).line + 1}"
    return link


def folding_range(
    server: SpecServer, params: lsp.FoldingRangeParams
) -> list[lsp.FoldingRange] | None:
    """What can be folded."""
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
    """Ever wider stretches around each place."""
    answer = []
    for position in params.positions:
        place = server.session.place(params.text_document.uri, position.line, position.character)
        if not place:
            return None
        ruler = Ruler(place.document, server.session.encoding)
        outer: lsp.SelectionRange | None = None
        for span in reversed(selection.selections(place)):
            outer = lsp.SelectionRange(ruler.range(span), outer)
        answer.append(outer or lsp.SelectionRange(lsp.Range(position, position)))
    return answer


def code_lens(server: SpecServer, params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
    """Lines of facts above titles and requirements."""
    page, ruler = _page(server, params.text_document.uri)
    if not page or not ruler:
        return None
    return [_lens(server, page, each, ruler) for each in lens.lenses(page)] or None


def inlay_hint(server: SpecServer, params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
    """The titles of mentioned IDs."""
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
    """The colours of a file."""
    return _tokens(server, params.text_document.uri, None)


def tokens_in(server: SpecServer, params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens:
    """The colours of a part of a file."""
    return _tokens(server, params.text_document.uri, params.range)


def _tokens(server: SpecServer, uri: str, within: lsp.Range | None) -> lsp.SemanticTokens:
    page, ruler = _page(server, uri)
    if not page or not ruler:
        return lsp.SemanticTokens([])
    span: Span | None = ruler.span(within) if within else None
    return lsp.SemanticTokens(list(_encoded(colours.tokens(page, span), ruler)))


def _encoded(found: Iterable[Token], ruler: Ruler) -> Iterable[int]:
    """Each token as five numbers, its place counted from the one before."""
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


def _lens(server: SpecServer, page: Page, each: Lens, ruler: Ruler) -> lsp.CodeLens:
    at = ruler.range(each.span)
    if not each.show:
        return lsp.CodeLens(at, lsp.Command(printable(each.title), ""))
    session = server.session
    root, _ = session.locate(session.uri_of_page(page))
    places = [
        lsp.Location(session.uri_of(root, target.path), there.range(target.span))
        for target in each.show
        if (there := session.ruler(root, target.path))
    ]
    arguments = [session.uri_of_page(page), at.start, places]
    command = lsp.Command(printable(each.title), "specLsp.showLocations", arguments=arguments)
    return lsp.CodeLens(at, command)


def _symbol(each: Symbol, ruler: Ruler) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        name=each.name or "(untitled)",
        kind=_SYMBOLS[each.kind],
        range=ruler.range(each.span),
        selection_range=ruler.range(each.name_span),
        detail=each.detail or None,
        children=[_symbol(child, ruler) for child in each.children],
    )


def _flat(
    outline: Iterable[Symbol], uri: str, ruler: Ruler, container: str
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


def _page(server: SpecServer, uri: str) -> tuple[Page | None, Ruler | None]:
    page = server.session.page(uri)
    return page, Ruler(page.document, server.session.encoding) if page else None
