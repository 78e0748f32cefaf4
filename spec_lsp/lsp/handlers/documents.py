"""Life cycle messages: the connection, open files, watched files, settings, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lsprotocol import types as lsp

from spec_lsp.lsp import publish, unsaved, uris
from spec_lsp.lsp.background import watchers, watching
from spec_lsp.lsp.background.indexing import index_root
from spec_lsp.lsp.buffers import TextChange
from spec_lsp.lsp.log import send_log_to
from spec_lsp.lsp.protocol import UNVERSIONED
from spec_lsp.lsp.settings import read_settings
from spec_lsp.text import Position

if TYPE_CHECKING:
    from spec_lsp.lsp.buffers import Buffer
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.text import Encoding

_PAUSE = 0.5  # seconds without an edit before closed files are diagnosed again


def initialized(server: SpecServer, params: lsp.InitializedParams) -> None:
    """Add the workspace folders and start indexing them."""
    session = server.session
    session.encoding = cast("Encoding", server.workspace.position_encoding or "utf-16")
    session.settings = server.settings
    send_log_to(server.window_log_message, server.settings.log_level)
    for folder in server.workspace.folders.values():
        path = uris.to_path(folder.uri)
        if path:
            session.add_folder(path)
    if not session.folders and server.workspace.root_uri:
        path = uris.to_path(server.workspace.root_uri)
        if path:
            session.add_folder(path)
    watchers.register(server)
    for folder in list(session.roots.values()):
        index_root(server, folder)
    request_settings(server)


def did_open(server: SpecServer, params: lsp.DidOpenTextDocumentParams) -> None:
    """Add a buffer, which replaces the text on disk."""
    item = params.text_document
    buffer = server.session.open(item.uri, item.text, _version(item.version))
    folder = buffer.folder
    if not folder.is_complete and folder.location not in server.readings.tasks:
        index_root(server, folder)
    publish.changed(server, buffer)


def did_change(server: SpecServer, params: lsp.DidChangeTextDocumentParams) -> None:
    """Apply an edit to a buffer."""
    item = params.text_document
    changes = [_change(change) for change in params.content_changes]
    buffer = server.session.change(item.uri, _version(item.version), changes)
    if buffer:
        publish.changed(server, buffer)
        unsaved.edited(server, buffer)
        _reindex(server, buffer)


def did_save(server: SpecServer, params: lsp.DidSaveTextDocumentParams) -> None:
    """Publish again; without file watching, saving is the only sign of a change on disk."""
    buffer = server.session.buffer(params.text_document.uri)
    if buffer:
        publish.changed(server, buffer)


def did_close(server: SpecServer, params: lsp.DidCloseTextDocumentParams) -> None:
    """Remove a buffer; the text on disk is used again."""
    buffer = server.session.close(params.text_document.uri)
    if buffer:
        publish.closed(server, buffer)
        if buffer.folder.texts.text(buffer.path) != buffer.document.text:
            _reindex(server, buffer)


def did_change_watched_files(server: SpecServer, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Process changes on disk."""
    watching.events(server, [change.uri for change in params.changes])


def did_change_configuration(server: SpecServer, params: lsp.DidChangeConfigurationParams) -> None:
    """Apply the settings in the message, or request them from the client."""
    if params.settings:
        publish.set_settings(server, read_settings(params.settings))
    else:
        request_settings(server)


def did_change_workspace_folders(
    server: SpecServer, params: lsp.DidChangeWorkspaceFoldersParams
) -> None:
    """Add and remove workspace folders."""
    for folder in params.event.removed:
        if path := uris.to_path(folder.uri):
            server.session.remove_folder(path)
    for folder in params.event.added:
        if path := uris.to_path(folder.uri):
            index_root(server, server.session.add_folder(path))
    watchers.register(server)


def _reindex(server: SpecServer, buffer: Buffer) -> None:
    """Re-index the folder when a template or the configuration was edited.

    Open files are diagnosed immediately; closed ones after a pause in typing.
    """
    folder = buffer.folder
    if folder.shapes_settings(buffer.path):
        index_root(server, folder, _PAUSE)


def request_settings(server: SpecServer) -> None:
    """Request the settings, if the client supports it."""
    workspace = server.client_capabilities.workspace
    if not workspace or not workspace.configuration:
        return
    items = [lsp.ConfigurationItem(section="spec-lsp")]
    server.start(_fetch_settings(server, lsp.ConfigurationParams(items)), "settings")


async def _fetch_settings(server: SpecServer, params: lsp.ConfigurationParams) -> None:
    answer = await server.workspace_configuration_async(params)
    if answer and answer[0] is not None:
        publish.set_settings(server, read_settings(answer[0]))


def _version(given: int) -> int | None:
    return None if given == UNVERSIONED else given


def _change(change: lsp.TextDocumentContentChangeEvent) -> TextChange:
    given = getattr(change, "range", None)
    if given is None:
        return TextChange(change.text)
    start, end = given.start, given.end
    return TextChange(
        change.text, Position(start.line, start.character), Position(end.line, end.character)
    )
