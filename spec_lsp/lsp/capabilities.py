"""The table of protocol methods with their handlers, and the commands of the server.

A handler is named by its module in `handlers/` and its function. `switch` is the client setting
that turns the method off; a method that is off is not advertised.

Nothing here imports the protocol library, which takes most of the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spec_lsp.lsp.settings import ClientSettings

_SHORT, _LONG = 1.0, 60.0  # seconds that a request waits for indexing
_WHOLE = (
    "textDocument/references",
    "textDocument/rename",
    "workspace/willRenameFiles",
)
_ACROSS = (
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/typeDefinition",
    "textDocument/implementation",
    "textDocument/prepareCallHierarchy",
    "textDocument/prepareRename",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "workspace/symbol",
)
# Their work grows with the number of files that refer to a document.
_IN_SLICES = (
    "workspace/diagnostic",
    "textDocument/implementation",
    "textDocument/references",
    "textDocument/rename",
    "workspace/willRenameFiles",
    "callHierarchy/incomingCalls",
    "textDocument/codeLens",
)


Plain = dict[str, Any]  # an object of the protocol as plain JSON


@dataclass(frozen=True)
class Method:
    """A method, its handler, and the setting that turns it off."""

    name: str
    handler: str
    switch: str = ""

    @property
    def is_async(self) -> bool:
        """Whether the handler works in slices, between which other messages are handled."""
        return self.name in _IN_SLICES

    @property
    def is_whole(self) -> bool:
        """Whether an answer without all files would be a wrong one."""
        return self.name in _WHOLE

    @property
    def wait_limit(self) -> float:
        """How many seconds a request waits for indexing.

        Most requests then return partial results. References and renames wait longer, because
        they must be complete.
        """
        if self.is_whole:
            return _LONG
        return _SHORT if self.name in _ACROSS else 0

    def wanted(self, settings: ClientSettings, client: Plain) -> bool:
        """Whether the method is advertised to a client with some capabilities."""
        if self.switch and not settings.allows(self.switch):
            return False
        if self.name in ("textDocument/diagnostic", "workspace/diagnostic"):
            return supported(client, "textDocument", "diagnostic") is not None
        return True


def supported(client: Plain, *keys: str) -> Any:  # noqa: ANN401 -- any value of JSON.
    """A capability of a client; None if it is absent."""
    found: Any = client
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return None if found is False else found


METHODS = (
    Method("initialized", "documents.initialized"),
    Method("textDocument/didOpen", "documents.did_open"),
    Method("textDocument/didChange", "documents.did_change"),
    Method("textDocument/didSave", "documents.did_save"),
    Method("textDocument/didClose", "documents.did_close"),
    Method("workspace/didChangeWatchedFiles", "documents.did_change_watched_files"),
    Method("workspace/didChangeConfiguration", "documents.did_change_configuration"),
    Method("workspace/didChangeWorkspaceFolders", "documents.did_change_workspace_folders"),
    Method("textDocument/diagnostic", "diagnostics.pull", "diagnostics"),
    Method("workspace/diagnostic", "diagnostics.pull_all", "diagnostics"),
    Method("textDocument/completion", "language.completion", "completion"),
    Method("completionItem/resolve", "language.resolve_completion", "completion"),
    Method("textDocument/hover", "language.hover", "hover"),
    Method("textDocument/codeAction", "actions.code_action", "codeActions"),
    Method("codeAction/resolve", "actions.resolve_action", "codeActions"),
    Method("textDocument/onTypeFormatting", "language.on_type", "onTypeFormatting"),
    Method("textDocument/definition", "navigation.definition", "definition"),
    Method("textDocument/declaration", "navigation.declaration", "definition"),
    Method("textDocument/typeDefinition", "navigation.type_definition", "definition"),
    Method("textDocument/implementation", "navigation.implementation", "definition"),
    Method("textDocument/references", "navigation.references", "references"),
    Method("textDocument/documentHighlight", "navigation.highlight", "highlight"),
    Method("textDocument/prepareCallHierarchy", "navigation.prepare_calls", "callHierarchy"),
    Method("callHierarchy/incomingCalls", "navigation.incoming_calls", "callHierarchy"),
    Method("callHierarchy/outgoingCalls", "navigation.outgoing_calls", "callHierarchy"),
    Method("textDocument/prepareRename", "renaming.prepare_rename", "rename"),
    Method("textDocument/rename", "renaming.rename", "rename"),
    Method("workspace/willRenameFiles", "renaming.will_rename_files", "rename"),
    Method("workspace/didRenameFiles", "renaming.did_rename_files", "rename"),
    Method("textDocument/documentSymbol", "overview.document_symbol", "symbols"),
    Method("workspace/symbol", "overview.workspace_symbol", "symbols"),
    Method("textDocument/documentLink", "overview.document_link", "documentLinks"),
    Method("documentLink/resolve", "overview.resolve_link", "documentLinks"),
    Method("textDocument/foldingRange", "overview.folding_range", "folding"),
    Method("textDocument/selectionRange", "overview.selection_range", "selectionRanges"),
    Method("textDocument/codeLens", "overview.code_lens", "codeLens"),
    Method("textDocument/inlayHint", "overview.inlay_hint", "inlayHints"),
    Method("textDocument/semanticTokens/full", "overview.tokens", "semanticTokens"),
    Method("textDocument/semanticTokens/range", "overview.tokens_in", "semanticTokens"),
    Method("workspace/executeCommand", "commands.execute"),
)

# The required arguments of each command; others are optional.
COMMANDS: dict[str, tuple[str, ...]] = {
    "specLsp.templates": (),
    "specLsp.new": (),
    "specLsp.nextPlaceholder": ("uri", "position"),
    "specLsp.createFromId": ("uri", "position"),
    "specLsp.graph": (),
    "specLsp.showTemplate": ("uri",),
    "specLsp.templateText": ("uri",),
    "specLsp.status": ("uri",),
    "specLsp.documents": (),
    "specLsp.restartIndex": (),
    "specLsp.insertMissing": ("uri",),
    "specLsp.rules": (),
    "specLsp.setStatus": ("uri",),
    "specLsp.tasks": ("uri",),
    "specLsp.links": ("uri",),
    "specLsp.preview": ("uri",),
    "specLsp.open": ("uri",),
}
