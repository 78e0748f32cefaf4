"""A server without features that answers at once: the cost of pygls alone, a lower bound."""

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

server = LanguageServer("empty", "1")


@server.feature(
    lsp.TEXT_DOCUMENT_DIAGNOSTIC,
    lsp.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False),
)
def diagnostics(_: lsp.DocumentDiagnosticParams) -> lsp.RelatedFullDocumentDiagnosticReport:
    """Find nothing."""
    return lsp.RelatedFullDocumentDiagnosticReport(items=[])


@server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
def changed(params: lsp.DidChangeTextDocumentParams) -> None:
    """Push empty diagnostics for every version, unless the client pulls them."""
    client = server.client_capabilities.text_document
    if client and client.diagnostic:
        return
    item = params.text_document
    server.text_document_publish_diagnostics(
        lsp.PublishDiagnosticsParams(item.uri, [], item.version)
    )


@server.feature(lsp.TEXT_DOCUMENT_COMPLETION)
def completion(_: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    """Offer nothing."""
    return []


if __name__ == "__main__":
    server.start_io()
