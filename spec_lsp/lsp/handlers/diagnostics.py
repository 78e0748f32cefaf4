"""Diagnostics for clients that pull them."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from spec_lsp.lsp import publish
from spec_lsp.workspace.packed import pack

if TYPE_CHECKING:
    from lsprotocol import types as lsp

    from spec_lsp.lsp.convert import Plain
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

_SLICE = 25  # files diagnosed before yielding to the event loop


def pull(server: SpecServer, params: lsp.DocumentDiagnosticParams) -> Plain:
    """Return the diagnostics of an open file, or that they are unchanged."""
    buffer = server.session.buffer(params.text_document.uri)
    if not buffer:
        return {"kind": "full", "items": []}
    diagnostics = server.session.diagnostics(buffer.folder, buffer.path)
    items = publish.converted(server, buffer.folder, diagnostics, buffer.document)
    return _as_report(items, params.previous_result_id)


async def pull_all(server: SpecServer, params: lsp.WorkspaceDiagnosticParams) -> Plain:
    """Return the diagnostics of all files; yields to the event loop."""
    known = {each.uri: each.value for each in params.previous_result_ids}
    items: list[Plain] = []
    for folder in tuple(server.session.roots.values()):
        for number, path in enumerate(folder.paths):
            report = _report(server, folder, path, known)
            if report:
                items.append(report)
            if number % _SLICE == 0:
                await asyncio.sleep(0)
    return {"items": items}


def _report(server: SpecServer, folder: Folder, path: str, known: dict[str, str]) -> Plain | None:
    session = server.session
    uri = session.uri_of(folder, path)
    diagnostics = session.diagnostics(folder, path)
    lines = folder.texts.lines(path) if diagnostics else None
    found = publish.converted(server, folder, diagnostics, lines) if lines else []
    if not found and uri not in known:
        return None
    buffer = session.buffer_at(folder, path)
    version = buffer.version if buffer else None
    return {"uri": uri, "version": version, **_as_report(found, known.get(uri))}


def _as_report(found: list[Plain], known: str | None) -> Plain:
    """Return a full report, or `unchanged` if the client has this result."""
    name = hashlib.sha1(pack(found), usedforsecurity=False).hexdigest()
    if name == known:
        return {"kind": "unchanged", "resultId": name}
    return {"kind": "full", "resultId": name, "items": found}
