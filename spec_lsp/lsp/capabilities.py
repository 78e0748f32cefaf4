"""The table of protocol methods with their handlers and capabilities.

A handler is named by its module in `handlers/` and its function. `switch` is the client setting
that turns the method off; a method that is off is not advertised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types as lsp

from spec_lsp.lsp.settings import ClientSettings

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
_SHORT, _LONG = 1.0, 60.0  # seconds that a request waits for indexing
_WHOLE = (
    lsp.TEXT_DOCUMENT_REFERENCES,
    lsp.TEXT_DOCUMENT_RENAME,
    lsp.WORKSPACE_WILL_RENAME_FILES,
)
_ACROSS = (
    lsp.TEXT_DOCUMENT_COMPLETION,
    lsp.TEXT_DOCUMENT_HOVER,
    lsp.TEXT_DOCUMENT_DEFINITION,
    lsp.TEXT_DOCUMENT_DECLARATION,
    lsp.TEXT_DOCUMENT_TYPE_DEFINITION,
    lsp.TEXT_DOCUMENT_IMPLEMENTATION,
    lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY,
    lsp.TEXT_DOCUMENT_PREPARE_RENAME,
    lsp.TEXT_DOCUMENT_CODE_LENS,
    lsp.TEXT_DOCUMENT_INLAY_HINT,
    lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
    lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE,
    lsp.WORKSPACE_SYMBOL,
)
# Their work grows with the number of files that refer to a document.
_IN_SLICES = (
    lsp.WORKSPACE_DIAGNOSTIC,
    lsp.TEXT_DOCUMENT_IMPLEMENTATION,
    lsp.TEXT_DOCUMENT_REFERENCES,
    lsp.TEXT_DOCUMENT_RENAME,
    lsp.WORKSPACE_WILL_RENAME_FILES,
    lsp.CALL_HIERARCHY_INCOMING_CALLS,
    lsp.TEXT_DOCUMENT_CODE_LENS,
)
TRIGGERS = ["#", "-", ":", " ", "[", "(", "/", "|", "*"]


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

    def wanted(self, settings: ClientSettings, client: lsp.ClientCapabilities) -> bool:
        """Whether the method is advertised to this client."""
        if self.switch and not settings.allows(self.switch):
            return False
        if self.name in (lsp.TEXT_DOCUMENT_DIAGNOSTIC, lsp.WORKSPACE_DIAGNOSTIC):
            return pulls(client)
        return True


METHODS = (
    Method(lsp.INITIALIZED, "documents.initialized"),
    Method(lsp.TEXT_DOCUMENT_DID_OPEN, "documents.did_open"),
    Method(lsp.TEXT_DOCUMENT_DID_CHANGE, "documents.did_change"),
    Method(lsp.TEXT_DOCUMENT_DID_SAVE, "documents.did_save"),
    Method(lsp.TEXT_DOCUMENT_DID_CLOSE, "documents.did_close"),
    Method(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, "documents.did_change_watched_files"),
    Method(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, "documents.did_change_configuration"),
    Method(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "documents.did_change_workspace_folders"),
    Method(lsp.TEXT_DOCUMENT_DIAGNOSTIC, "diagnostics.pull", "diagnostics"),
    Method(lsp.WORKSPACE_DIAGNOSTIC, "diagnostics.pull_all", "diagnostics"),
    Method(lsp.TEXT_DOCUMENT_COMPLETION, "language.completion", "completion"),
    Method(lsp.COMPLETION_ITEM_RESOLVE, "language.resolve_completion", "completion"),
    Method(lsp.TEXT_DOCUMENT_HOVER, "language.hover", "hover"),
    Method(lsp.TEXT_DOCUMENT_CODE_ACTION, "actions.code_action", "codeActions"),
    Method(lsp.CODE_ACTION_RESOLVE, "actions.resolve_action", "codeActions"),
    Method(lsp.TEXT_DOCUMENT_ON_TYPE_FORMATTING, "language.on_type", "onTypeFormatting"),
    Method(lsp.TEXT_DOCUMENT_DEFINITION, "navigation.definition", "definition"),
    Method(lsp.TEXT_DOCUMENT_DECLARATION, "navigation.declaration", "definition"),
    Method(lsp.TEXT_DOCUMENT_TYPE_DEFINITION, "navigation.type_definition", "definition"),
    Method(lsp.TEXT_DOCUMENT_IMPLEMENTATION, "navigation.implementation", "definition"),
    Method(lsp.TEXT_DOCUMENT_REFERENCES, "navigation.references", "references"),
    Method(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "navigation.highlight", "highlight"),
    Method(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "navigation.prepare_calls", "callHierarchy"),
    Method(lsp.CALL_HIERARCHY_INCOMING_CALLS, "navigation.incoming_calls", "callHierarchy"),
    Method(lsp.CALL_HIERARCHY_OUTGOING_CALLS, "navigation.outgoing_calls", "callHierarchy"),
    Method(lsp.TEXT_DOCUMENT_PREPARE_RENAME, "renaming.prepare_rename", "rename"),
    Method(lsp.TEXT_DOCUMENT_RENAME, "renaming.rename", "rename"),
    Method(lsp.WORKSPACE_WILL_RENAME_FILES, "renaming.will_rename_files", "rename"),
    Method(lsp.WORKSPACE_DID_RENAME_FILES, "renaming.did_rename_files", "rename"),
    Method(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "overview.document_symbol", "symbols"),
    Method(lsp.WORKSPACE_SYMBOL, "overview.workspace_symbol", "symbols"),
    Method(lsp.TEXT_DOCUMENT_DOCUMENT_LINK, "overview.document_link", "documentLinks"),
    Method(lsp.DOCUMENT_LINK_RESOLVE, "overview.resolve_link", "documentLinks"),
    Method(lsp.TEXT_DOCUMENT_FOLDING_RANGE, "overview.folding_range", "folding"),
    Method(lsp.TEXT_DOCUMENT_SELECTION_RANGE, "overview.selection_range", "selectionRanges"),
    Method(lsp.TEXT_DOCUMENT_CODE_LENS, "overview.code_lens", "codeLens"),
    Method(lsp.TEXT_DOCUMENT_INLAY_HINT, "overview.inlay_hint", "inlayHints"),
    Method(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "overview.tokens", "semanticTokens"),
    Method(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "overview.tokens_in", "semanticTokens"),
    Method(lsp.WORKSPACE_EXECUTE_COMMAND, "commands.execute"),
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
    "specLsp.open": ("uri",),
}


def pulls(client: lsp.ClientCapabilities) -> bool:
    """Whether a client pulls diagnostics; then none are pushed."""
    return bool(client.text_document and client.text_document.diagnostic)


def shows(client: lsp.ClientCapabilities, what: str) -> bool:
    """Whether a client declares that it shows something itself: `experimental.specLsp`.

    `found`: what is in a folder without a configuration. `builtin`: documents of the program.
    """
    declared: Any = client.experimental
    for name in ("specLsp", what):
        is_table = isinstance(declared, dict)
        declared = declared.get(name) if is_table else getattr(declared, name, None)
    return bool(declared)


def options(method: Method, client: lsp.ClientCapabilities) -> Any:  # noqa: ANN401 -- of any method.
    """Return the registration options of a method."""
    markdown = [lsp.FileOperationFilter(lsp.FileOperationPattern("**/*"), "file")]
    found: dict[str, Any] = {
        lsp.TEXT_DOCUMENT_COMPLETION: lsp.CompletionOptions(
            trigger_characters=TRIGGERS, resolve_provider=True
        ),
        lsp.TEXT_DOCUMENT_CODE_ACTION: lsp.CodeActionOptions(
            code_action_kinds=[
                lsp.CodeActionKind.QuickFix,
                lsp.CodeActionKind.Refactor,
                lsp.CodeActionKind.Source,
                "source.fixAll.spec-lsp",
            ],
            resolve_provider=True,
        ),
        lsp.TEXT_DOCUMENT_ON_TYPE_FORMATTING: lsp.DocumentOnTypeFormattingOptions("\n"),
        lsp.TEXT_DOCUMENT_RENAME: lsp.RenameOptions(prepare_provider=True),
        lsp.WORKSPACE_WILL_RENAME_FILES: lsp.FileOperationRegistrationOptions(markdown),
        lsp.WORKSPACE_DID_RENAME_FILES: lsp.FileOperationRegistrationOptions(markdown),
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: lsp.SemanticTokensLegend(
            TOKEN_TYPES, TOKEN_MODIFIERS
        ),
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: lsp.SemanticTokensLegend(
            TOKEN_TYPES, TOKEN_MODIFIERS
        ),
        lsp.TEXT_DOCUMENT_DIAGNOSTIC: lsp.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="spec-lsp"
        ),
        lsp.TEXT_DOCUMENT_DID_SAVE: lsp.SaveOptions(include_text=False),
    }
    return found.get(method.name)
