"""Diagnostics for clients that ask for them."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publishing

if TYPE_CHECKING:
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer

_SLICE = 25


def pull(server: SpecServer, params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
    """The diagnostics of one open file; nothing is sent twice."""
    buffer = server.session.buffer(params.text_document.uri)
    if not buffer:
        return lsp.RelatedFullDocumentDiagnosticReport(items=[])
    found = publishing.converted(
        server, buffer.root, server.session.diagnostics(buffer), buffer.document
    )
    name = result_id(found)
    if name == params.previous_result_id:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    return lsp.RelatedFullDocumentDiagnosticReport(items=found, result_id=name)


async def pull_all(
    server: SpecServer, params: lsp.WorkspaceDiagnosticParams
) -> lsp.WorkspaceDiagnosticReport:
    """The diagnostics of all files, in slices so that other messages are answered meanwhile."""
    known = {each.uri: each.value for each in params.previous_result_ids}
    items: list[lsp.WorkspaceDocumentDiagnosticReport] = []
    for root in tuple(server.session.roots.values()):
        for number, path in enumerate(root.paths()):
            report = _report(server, root, path, known)
            if report:
                items.append(report)
            if number % _SLICE == 0:
                await asyncio.sleep(0)
    return lsp.WorkspaceDiagnosticReport(items)


def result_id(found: list[lsp.Diagnostic]) -> str:
    """A name for a list of diagnostics: equal lists have equal names."""
    return hashlib.sha1(repr(found).encode(), usedforsecurity=False).hexdigest()


def _report(
    server: SpecServer, root: Root, path: str, known: dict[str, str]
) -> lsp.WorkspaceDocumentDiagnosticReport | None:
    session = server.session
    uri = session.uri_of(root, path)
    buffer = root.buffers.get(path)
    judged = session.diagnostics_of(root, path)
    lines = root.lines(path) if judged else None
    found = publishing.converted(server, root, judged, lines) if lines else []
    name = result_id(found)
    if known.get(uri) == name:
        return lsp.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=name)
    if not found and uri not in known:
        return None
    version = buffer.version if buffer else None
    return lsp.WorkspaceFullDocumentDiagnosticReport(
        uri=uri, items=found, version=version, result_id=name
    )
