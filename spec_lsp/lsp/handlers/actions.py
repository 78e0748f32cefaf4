"""Code actions; their edits are computed when an action is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.features.edit.actions import CREATE, INSERT_MISSING, REWRITE
from spec_lsp.features.edit.actions import actions as find_actions
from spec_lsp.features.shared.results import QUICK_FIX
from spec_lsp.lsp import publish
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.publish import shows
from spec_lsp.lsp.workspace_edit import of_fix
from spec_lsp.printable import printable
from spec_lsp.template.builtin import SCHEME

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import Action
    from spec_lsp.lsp.buffers import Buffer
    from spec_lsp.lsp.server import SpecServer

# Kinds offered when the editor requests actions automatically, as the cursor moves.
_AT_HAND = [QUICK_FIX, REWRITE, CREATE, INSERT_MISSING]


def code_action(server: SpecServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
    """Return the actions for a range."""
    session = server.session
    buffer = session.buffer(params.text_document.uri)
    page = session.page(params.text_document.uri)
    if not buffer or not page:
        return None
    span = PositionConverter(buffer.document, session.encoding).span(params.range)
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    if params.context.trigger_kind == lsp.CodeActionTriggerKind.Automatic:
        only = only or _AT_HAND
    found = find_actions(page, span, session.diagnostics(buffer.folder, buffer.path), only)
    answer = (_converted(server, buffer, each) for each in found)
    return [each for each in answer if each] or None


def resolve_action(server: SpecServer, action: lsp.CodeAction) -> lsp.CodeAction:
    """Compute the edit of the chosen action."""
    number = action.data.get("n") if isinstance(action.data, dict) else None
    known = server.session.actions.get(number) if isinstance(number, int) else None
    if known:
        buffer, each = known
        fix = each.work()
        action.edit = of_fix(server, buffer.folder, fix) if fix else None
    return action


def _converted(server: SpecServer, buffer: Buffer, each: Action) -> lsp.CodeAction | None:
    session = server.session
    number = next(session.counter)
    action = lsp.CodeAction(
        title=printable(each.title),
        kind=each.kind,
        diagnostics=_fixed(server, buffer, each) or None,
        is_preferred=each.is_preferred or None,
    )
    if each.opens:
        return _opening(server, buffer, each, action)
    if _resolves(server):
        action.data = {"n": number}
        session.remember_action(number, buffer, each)
        return action
    fix = each.work()
    action.edit = of_fix(server, buffer.folder, fix) if fix else None
    return action if action.edit else None


def _opening(
    server: SpecServer, buffer: Buffer, each: Action, action: lsp.CodeAction
) -> lsp.CodeAction | None:
    """Let an action open a file; None if the client cannot show it."""
    client = server.client_capabilities
    able = client.window and client.window.show_document and client.window.show_document.support
    if not able or (each.opens.startswith(SCHEME) and not shows(server, "builtin")):
        return None
    uri = server.session.uri_of(buffer.folder, each.opens)
    action.command = lsp.Command(action.title, "specLsp.open", arguments=[{"uri": uri}])
    return action


def _fixed(server: SpecServer, buffer: Buffer, each: Action) -> list[lsp.Diagnostic]:
    found = [
        diagnostic
        for diagnostic in server.session.diagnostics(buffer.folder, buffer.path)
        if diagnostic.code in each.codes and (not each.spans or diagnostic.span in each.spans)
    ]
    plain = publish.converted(server, buffer.folder, found, buffer.document)
    return [server.protocol.structured(each, lsp.Diagnostic) for each in plain]


def _resolves(server: SpecServer) -> bool:
    text_document = server.client_capabilities.text_document
    able = text_document and text_document.code_action
    support = able and able.resolve_support
    return bool(support and "edit" in support.properties)
