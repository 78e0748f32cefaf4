"""The other requests of an editor: each some times, after an edit that has been processed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.driver.session import Buffer

# Requests with a position: on a link, and on an ID, which only our server knows.
_OF_PLACES = {
    "hover": "hover",
    "definition": "definition",
    "references": "references",
    "rename": "rename",
    "highlight": "documentHighlight",
    "call hierarchy": "prepareCallHierarchy",
}
# Requests for a whole document.
_OF_DOCUMENTS = {
    "outline": "documentSymbol",
    "code actions": "codeAction",
    "code lenses": "codeLens",
    "semantic tokens": "semanticTokens/full",
    "links": "documentLink",
    "folding": "foldingRange",
    "inlay hints": "inlayHint",
}

# Those that read every mention of a document.
_OF_MENTIONS = ("references, ID", "rename, ID", "rename, heading", "code lenses")
_BEFORE_CANCEL = 0.05


class Request(NamedTuple):
    """A request, under the name that it is shown by."""

    name: str
    method: str
    params: dict[str, Any]

    @property
    def provider(self) -> str:
        """The capability of a server that supports the request."""
        subject = self.method.split("/")[1]
        known = {"symbol": "workspaceSymbol", "prepareCallHierarchy": "callHierarchy"}
        return f"{known.get(subject, subject)}Provider"


def asked(buffer: Buffer, times: int) -> Iterator[tuple[str, list[float]]]:
    """The seconds that each request takes, for those that the server supports."""
    for request in _requests(buffer):
        if not buffer.session.can.get(request.provider):
            continue
        seconds = []
        for _ in range(times):
            buffer.type("x")
            buffer.diagnose()
            seconds.append(buffer.client.call(request.method, request.params)[1])
        yield request.name, seconds


def held(buffer: Buffer) -> Iterator[tuple[str, float]]:
    """The seconds of requests that read every mention of a document, and what waits for them.

    For each: its first answer, its whole answer, a hover that waits for it, and a hover after it
    was cancelled.
    """
    client = buffer.client
    for request in _requests(buffer):
        if request.name not in _OF_MENTIONS or not buffer.session.can.get(request.provider):
            continue
        params = request.params | {"partialResultToken": request.name}
        client.inbox.clear()
        began = perf_counter()
        number = client.request(request.method, params)
        _, waiting = client.call("textDocument/hover", buffer.at(0))
        _, whole = client.answer(number, began)
        parts = [at - began for at, method, _ in client.inbox if method == "$/progress"]
        yield f"hub.{request.name}.first", min((*parts, whole))
        yield f"hub.{request.name}.whole", whole
        yield f"hub.{request.name}.waiting", waiting
        number = client.request(request.method, params)
        client.rest(_BEFORE_CANCEL)
        client.notify("$/cancelRequest", {"id": number})
        yield f"hub.{request.name}.freed", client.call("textDocument/hover", buffer.at(0))[1]
        client.answer(number, began)


def _requests(buffer: Buffer) -> Iterator[Request]:
    """All requests; their positions are before the one that is typed at, so they do not move."""
    text = buffer.text[: buffer.offset]
    places = {
        "link": buffer.at(_find(r"\]\((?=[^)]*#)", text) + 3),
        "ID": buffer.at(_find(r"\b(?:BUG|DEC|SPEC|TASK)-\d", text) + 2),
        "heading": buffer.at(_find(r"\n## ", text) + 5),
    }
    more = {"context": {"includeDeclaration": True, "diagnostics": []}, "newName": "SPEC-77777"}
    for name, method in _OF_PLACES.items():
        # A link is renamed by its heading.
        for kind in ("heading", "ID") if name == "rename" else ("link", "ID"):
            yield Request(f"{name}, {kind}", f"textDocument/{method}", places[kind] | more)
    start = {"line": 0, "character": 0}
    whole = {
        "textDocument": buffer.item,
        "range": {"start": start, "end": buffer.position(len(text))},
        "positions": [places["ID"]["position"]],
    }
    for name, method in _OF_DOCUMENTS.items():
        yield Request(name, f"textDocument/{method}", whole | more)
    yield Request("selection", "textDocument/selectionRange", whole)
    yield Request("workspace symbols", "workspace/symbol", {"query": "rationale"})


def _find(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return found.start() if found else 0
