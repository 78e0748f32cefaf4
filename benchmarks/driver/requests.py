"""The other requests of an editor: each some times, after an edit that has been processed."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
