"""What an editor asks besides: each request some times, after an edit that has been digested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.driver.session import Buffer


class Request(NamedTuple):
    """A request, under the name that it is shown by; `needs` is what the server must announce."""

    name: str
    method: str
    needs: str
    params: dict[str, Any]


def asked(buffer: Buffer, times: int) -> Iterator[tuple[str, list[float]]]:
    """The seconds that each request takes, of those that the server announces."""
    for request in _requests(buffer):
        if not buffer.session.can.get(request.needs):
            continue
        seconds = []
        for _ in range(times):
            buffer.type("x")
            buffer.diagnose()
            seconds.append(buffer.client.call(request.method, request.params)[1])
        yield request.name, seconds


def _requests(buffer: Buffer) -> Iterator[Request]:
    """All requests; places stand before the one that is typed at, so that they stay."""
    text = buffer.text[: buffer.offset]
    link = buffer.at(_find(r"\]\((?=[^)]*#)", text) + 3)
    own = buffer.at(_find(r"\b(?:BUG|DEC|SPEC|TASK)-\d", text) + 2)
    heading = buffer.at(_find(r"\n## ", text) + 5)
    whole = {
        "textDocument": buffer.item,
        "range": {"start": {"line": 0, "character": 0}, "end": buffer.position(len(text))},
    }
    this = {"textDocument": buffer.item}
    for kind, place in (("link", link), ("ID", own)):
        yield Request(f"hover, {kind}", "textDocument/hover", "hoverProvider", place)
        yield Request(f"definition, {kind}", "textDocument/definition", "definitionProvider", place)
        context = {"context": {"includeDeclaration": True}}
        yield Request(
            f"references, {kind}",
            "textDocument/references",
            "referencesProvider",
            {**place, **context},
        )
    for kind, place in (("heading", heading), ("ID", own)):
        new = {"newName": "SPEC-77777"}
        yield Request(f"rename, {kind}", "textDocument/rename", "renameProvider", {**place, **new})
    yield Request("highlight", "textDocument/documentHighlight", "documentHighlightProvider", own)
    yield Request("outline", "textDocument/documentSymbol", "documentSymbolProvider", this)
    query = {"query": "rationale"}
    yield Request("workspace symbols", "workspace/symbol", "workspaceSymbolProvider", query)
    actions = {**whole, "context": {"diagnostics": []}}
    yield Request("code actions", "textDocument/codeAction", "codeActionProvider", actions)
    yield Request("code lenses", "textDocument/codeLens", "codeLensProvider", this)
    yield Request(
        "semantic tokens", "textDocument/semanticTokens/full", "semanticTokensProvider", this
    )
    yield Request("links", "textDocument/documentLink", "documentLinkProvider", this)
    yield Request("folding", "textDocument/foldingRange", "foldingRangeProvider", this)
    yield Request("inlay hints", "textDocument/inlayHint", "inlayHintProvider", whole)
    places = {"textDocument": buffer.item, "positions": [own["position"]]}
    yield Request("selection", "textDocument/selectionRange", "selectionRangeProvider", places)
    yield Request(
        "call hierarchy", "textDocument/prepareCallHierarchy", "callHierarchyProvider", own
    )


def _find(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return found.start() if found else 0
