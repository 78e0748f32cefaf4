"""Definition, references, highlights and call hierarchy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.features.navigate import call_hierarchy
from spec_lsp.features.navigate import definition as definitions
from spec_lsp.features.navigate import highlight as highlights
from spec_lsp.features.navigate import implementation as implementations
from spec_lsp.features.navigate import references as uses
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.partial import collected

if TYPE_CHECKING:
    from spec_lsp.features.shared.place import Place
    from spec_lsp.features.shared.results import Call, Highlight, Location
    from spec_lsp.features.shared.steps import Batches
    from spec_lsp.lsp.convert import Plain
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.lsp.session import Positioned
    from spec_lsp.storage.folder import Folder

Located = lsp.ImplementationParams | lsp.ReferenceParams
Targets = list[lsp.Location] | list[lsp.LocationLink] | None


def definition(server: SpecServer, params: lsp.DefinitionParams) -> Targets:
    """Return the targets of an ID or a link."""
    return _go(server, params, "definition", definitions.definitions)


def declaration(server: SpecServer, params: lsp.DeclarationParams) -> Targets:
    """Return the declaration of an ID."""
    return _go(server, params, "declaration", definitions.declarations)


def type_definition(server: SpecServer, params: lsp.TypeDefinitionParams) -> Targets:
    """Return the matching line of the template."""
    return _go(server, params, "type_definition", definitions.type_definitions)


async def implementation(
    server: SpecServer, params: lsp.ImplementationParams
) -> list[Plain] | None:
    """Return the plans and tasks that implement a spec."""
    place = server.session.place_of(params)
    return await _located(server, params, implementations.implementations(place)) if place else None


async def references(server: SpecServer, params: lsp.ReferenceParams) -> list[Plain] | None:
    """Return all references to the target at the position."""
    place = server.session.place_of(params)
    if not place:
        return None
    is_wanted = params.context.include_declaration
    return await _located(server, params, uses.references(place, declaration=is_wanted))


def highlight(
    server: SpecServer, params: lsp.DocumentHighlightParams
) -> list[lsp.DocumentHighlight] | None:
    """Return all occurrences in the file."""
    place = server.session.place_of(params)
    if not place:
        return None
    ruler = PositionConverter(place.document, server.session.encoding)
    return [_highlight(each, ruler) for each in highlights.highlights(place)] or None


def prepare_calls(
    server: SpecServer, params: lsp.CallHierarchyPrepareParams
) -> list[lsp.CallHierarchyItem] | None:
    """Return the root document of the trace tree."""
    place = server.session.place_of(params)
    if not place:
        return None
    folder = _folder(server, params)
    items = (_call_item(server, folder, call) for call in call_hierarchy.prepare(place))
    return [item for item in items if item] or None


async def incoming_calls(
    server: SpecServer, params: lsp.CallHierarchyIncomingCallsParams
) -> list[Plain] | None:
    """Return the documents that refer to this one."""
    folder, path = server.session.locate(params.item.uri)

    def converted(call: Call) -> Plain | None:
        item, ruler = _plain_item(server, folder, call), server.session.ruler(folder, call.path)
        ranges = [ruler.plain_range(span) for span in call.uses] if ruler else []
        return {"from": item, "fromRanges": ranges} if item else None

    calls = call_hierarchy.incoming(folder.workspace, path)
    return await collected(server, params, calls, converted)


def outgoing_calls(
    server: SpecServer, params: lsp.CallHierarchyOutgoingCallsParams
) -> list[lsp.CallHierarchyOutgoingCall] | None:
    """Return the documents that this one refers to."""
    folder, path = server.session.locate(params.item.uri)
    ruler = server.session.ruler(folder, path)
    found = []
    for call in call_hierarchy.outgoing(folder.workspace, path):
        item = _call_item(server, folder, call)
        if item:
            ranges = [ruler.range(span) for span in call.uses] if ruler else []
            found.append(lsp.CallHierarchyOutgoingCall(item, ranges))
    return found


def _highlight(each: Highlight, ruler: PositionConverter) -> lsp.DocumentHighlight:
    kind = lsp.DocumentHighlightKind.Write if each.is_definition else lsp.DocumentHighlightKind.Read
    return lsp.DocumentHighlight(ruler.range(each.span), kind)


def _go(
    server: SpecServer,
    params: Positioned,
    method: str,
    find: Callable[[Place], Sequence[Location]],
) -> Targets:
    place = server.session.place_of(params)
    if not place:
        return None
    folder = _folder(server, params)
    found = find(place)
    text_document = server.client_capabilities.text_document
    able = getattr(text_document, method, None) if text_document else None
    if able and able.link_support:
        return list(_links(server, folder, place, found)) or None
    return list(_locations(server, folder, found)) or None


def _locations(server: SpecServer, folder: Folder, found: Sequence[Location]) -> list[lsp.Location]:
    answer = []
    for each in found:
        ruler = server.session.ruler(folder, each.path)
        if ruler:
            answer.append(
                lsp.Location(server.session.uri_of(folder, each.path), ruler.range(each.span))
            )
    return answer


def _links(
    server: SpecServer, folder: Folder, place: Place, found: Sequence[Location]
) -> list[lsp.LocationLink]:
    here = PositionConverter(place.document, server.session.encoding)
    answer = []
    for each in found:
        ruler = server.session.ruler(folder, each.path)
        if ruler:
            answer.append(
                lsp.LocationLink(
                    target_uri=server.session.uri_of(folder, each.path),
                    target_range=ruler.range(each.whole),
                    target_selection_range=ruler.range(each.span),
                    origin_selection_range=here.range(each.origin) if each.origin else None,
                )
            )
    return answer


def _call_item(server: SpecServer, folder: Folder, call: Call) -> lsp.CallHierarchyItem | None:
    plain = _plain_item(server, folder, call)
    return server.protocol.structured(plain, lsp.CallHierarchyItem) if plain else None


def _plain_item(server: SpecServer, folder: Folder, call: Call) -> Plain | None:
    ruler = server.session.ruler(folder, call.path)
    if not ruler:
        return None
    found: Plain = {
        "name": call.name,
        "kind": int(lsp.SymbolKind.File),
        "uri": server.session.uri_of(folder, call.path),
        "range": ruler.plain_range(call.span),
        "selectionRange": ruler.plain_range(call.name_span),
    }
    return {**found, "detail": call.detail} if call.detail else found


async def _located(
    server: SpecServer, params: Located, found: Batches[Location]
) -> list[Plain] | None:
    folder = _folder(server, params)

    def converted(each: Location) -> Plain | None:
        ruler = server.session.ruler(folder, each.path)
        uri = server.session.uri_of(folder, each.path)
        return {"uri": uri, "range": ruler.plain_range(each.span)} if ruler else None

    return await collected(server, params, found, converted)


def _folder(server: SpecServer, params: Positioned) -> Folder:
    return server.session.locate(params.text_document.uri)[0]
