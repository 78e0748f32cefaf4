"""The answer to `initialize`, in plain JSON, before the protocol library is imported.

The library takes most of the time until a server can answer: it is imported while the client reads
the answer and sends the first documents.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from spec_lsp import __version__
from spec_lsp.lsp.capabilities import COMMANDS, METHODS, Plain, supported
from spec_lsp.lsp.frames import FrameError, Frames, read_some
from spec_lsp.lsp.settings import read_settings
from spec_lsp.lsp.uris import is_uri

if TYPE_CHECKING:
    import io

# Clients show and log it, so that reports say which of the two is meant.
_VERSION = f"{__version__}+wasm" if sys.platform == "emscripten" else __version__
TOKEN_TYPES = ["id", "field", "value", "placeholder"]
TOKEN_MODIFIERS = [
    "definition",
    "unresolved",
    "external",
    "draft",
    "active",
    "final",
    "dropped",
]
TRIGGERS = ["#", "-", ":", " ", "[", "(", "/", "|", "*"]
_PREPARED = ("textDocument", "rename", "prepareSupport")
_ENCODINGS = ("utf-8", "utf-16", "utf-32")
# Of any scheme: clients have folders that are on no disk.
_ANY_FILE = {"filters": [{"pattern": {"glob": "**/*"}}]}
_KINDS = ["quickfix", "refactor", "source", "source.fixAll.spec-lsp"]
# What each method adds to the capabilities of the server.
_PROVIDED: dict[str, Plain] = {
    "textDocument/completion": {
        "completionProvider": {"triggerCharacters": TRIGGERS, "resolveProvider": True}
    },
    "textDocument/hover": {"hoverProvider": True},
    "textDocument/declaration": {"declarationProvider": True},
    "textDocument/definition": {"definitionProvider": True},
    "textDocument/typeDefinition": {"typeDefinitionProvider": True},
    "textDocument/implementation": {"implementationProvider": True},
    "textDocument/references": {"referencesProvider": True},
    "textDocument/documentHighlight": {"documentHighlightProvider": True},
    "textDocument/documentSymbol": {"documentSymbolProvider": True},
    "textDocument/codeAction": {
        "codeActionProvider": {"codeActionKinds": _KINDS, "resolveProvider": True}
    },
    "textDocument/codeLens": {"codeLensProvider": {"resolveProvider": False}},
    "textDocument/documentLink": {"documentLinkProvider": {"resolveProvider": True}},
    "workspace/symbol": {"workspaceSymbolProvider": {"resolveProvider": False}},
    "textDocument/onTypeFormatting": {
        "documentOnTypeFormattingProvider": {"firstTriggerCharacter": "\n"}
    },
    "textDocument/rename": {"renameProvider": True},
    "textDocument/foldingRange": {"foldingRangeProvider": True},
    "textDocument/selectionRange": {"selectionRangeProvider": True},
    "textDocument/prepareCallHierarchy": {"callHierarchyProvider": True},
    "textDocument/semanticTokens/full": {
        "semanticTokensProvider": {
            "legend": {"tokenTypes": TOKEN_TYPES, "tokenModifiers": TOKEN_MODIFIERS},
            "range": True,
            "full": True,
        }
    },
    "textDocument/inlayHint": {"inlayHintProvider": {"resolveProvider": False}},
    "textDocument/diagnostic": {
        "diagnosticProvider": {
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
            "identifier": "spec-lsp",
        }
    },
}


@dataclass
class Greeting:
    """What was read before the server is made: the messages, and the request that is answered."""

    frames: Frames = field(default_factory=Frames)
    bodies: list[bytes] = field(default_factory=list)
    number: int | str | None = None
    error: FrameError | None = None


def greet(source: io.RawIOBase, target: BinaryIO) -> Greeting:
    """Read the first message; if it is a valid `initialize`, answer it.

    Everything else is left to the server.
    """
    greeting = Greeting()
    try:
        while not greeting.bodies and (data := read_some(source)):
            greeting.bodies += greeting.frames.cut(data)
    except FrameError as error:
        greeting.error = error
    request = _read(greeting.bodies[0]) if greeting.bodies else None
    if request:
        answer = {"jsonrpc": "2.0", "id": request["id"], "result": result_of(request["params"])}
        body = json.dumps(answer, ensure_ascii=False).encode()
        target.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        target.flush()
        greeting.number = request["id"]
    return greeting


def result_of(params: Plain) -> Plain:
    """The result of `initialize`: what the server offers to this client."""
    client = params["capabilities"]
    settings = read_settings(params.get("initializationOptions"))
    wanted = [method.name for method in METHODS if method.wanted(settings, client)]
    offers: Plain = {
        "positionEncoding": encoding_for(client),
        "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
    }
    for name in wanted:
        offers |= _PROVIDED.get(name, {})
    if "renameProvider" in offers and supported(client, *_PREPARED) is not None:
        offers["renameProvider"] = {"prepareProvider": True}
    offers["executeCommandProvider"] = {"commands": list(COMMANDS)}
    operations = {
        name: _ANY_FILE
        for name in ("didRename", "willRename")
        if f"workspace/{name}Files" in wanted
        and supported(client, "workspace", "fileOperations", name) is not None
    }
    folders = {"supported": True, "changeNotifications": True}
    offers["workspace"] = {"workspaceFolders": folders, "fileOperations": operations}
    return {
        "capabilities": offers,
        "serverInfo": {"name": "spec-lsp", "version": _VERSION},
    }


def encoding_for(client: Plain) -> str:
    """The position encoding that a client likes best."""
    liked = supported(client, "general", "positionEncodings")
    known = (each for each in liked if each in _ENCODINGS) if isinstance(liked, list) else ()
    return next(iter(known), "utf-16")


def is_valid(params: object) -> bool:
    """Whether parameters of `initialize` have the right types, as far as the server reads them."""
    if not isinstance(params, dict) or not isinstance(params.get("capabilities"), dict):
        return False
    if not isinstance(params.get("processId"), int | None):
        return False
    uris = _folder_uris(params)
    return all(isinstance(each, str) for each in uris) and not wrong_folder(params)


def wrong_folder(params: Plain) -> str:
    """The first workspace folder that is not a URI; empty if all are."""
    uris = (each for each in _folder_uris(params) if isinstance(each, str))
    return next((each for each in uris if not is_uri(each)), "")


def _folder_uris(params: Plain) -> list[object]:
    """The URIs of the workspace folders; something that is no text for what is no folder."""
    folders = params.get("workspaceFolders") or []
    listed = folders if isinstance(folders, list) else [folders]
    found = [each.get("uri") if isinstance(each, dict) else False for each in listed]
    return [each for each in (params.get("rootUri"), *found) if each is not None]


def _read(body: bytes) -> Plain | None:
    """Read a valid `initialize` request."""
    try:
        request = json.loads(body)
        is_one = request["jsonrpc"] == "2.0" and request["method"] == "initialize"
        is_numbered = isinstance(request["id"], int | str)
        return request if is_one and is_numbered and is_valid(request["params"]) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
