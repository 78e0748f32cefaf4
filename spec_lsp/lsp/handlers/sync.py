"""Coming and going: the connection, open files, watched files, settings, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import publishing, unsaved, uris, watchers, watching
from spec_lsp.lsp.indexing import index_root
from spec_lsp.lsp.log import send_log_to
from spec_lsp.lsp.protocol import UNVERSIONED
from spec_lsp.lsp.session import TextChange
from spec_lsp.lsp.settings import read_settings
from spec_lsp.text import Position

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.lsp.session import Buffer

_PAUSE = 0.5


def initialized(server: SpecServer, params: lsp.InitializedParams) -> None:
    """Take in the folders and begin to index them."""
    session = server.session
    session.encoding = server.workspace.position_encoding
    session.settings = server.settings
    send_log_to(server, server.settings.log_level)
    for folder in server.workspace.folders.values():
        path = uris.to_path(folder.uri)
        if path:
            session.add_folder(path)
    if not session.folders and server.workspace.root_uri:
        path = uris.to_path(server.workspace.root_uri)
        if path:
            session.add_folder(path)
    watchers.register(server)
    for root in list(session.roots.values()):
        index_root(server, root)
    request_settings(server)


def did_open(server: SpecServer, params: lsp.DidOpenTextDocumentParams) -> None:
    """A file is open: from now on its buffer counts."""
    item = params.text_document
    buffer = server.session.open(item.uri, item.text, _version(item.version))
    if not buffer.root.is_indexed and buffer.root.indexing is None:
        index_root(server, buffer.root)
    publishing.changed(server, buffer)


def did_change(server: SpecServer, params: lsp.DidChangeTextDocumentParams) -> None:
    """A file was edited."""
    item = params.text_document
    changes = [_change(change) for change in params.content_changes]
    buffer = server.session.change(item.uri, _version(item.version), changes)
    if buffer:
        publishing.changed(server, buffer)
        unsaved.edited(server, buffer)
        _reindex(server, buffer)


def did_save(server: SpecServer, params: lsp.DidSaveTextDocumentParams) -> None:
    """A file was saved; a client that watches nothing tells of the disk this way only."""
    buffer = server.session.buffer(params.text_document.uri)
    if buffer:
        publishing.changed(server, buffer)


def did_close(server: SpecServer, params: lsp.DidCloseTextDocumentParams) -> None:
    """A file is closed: the disk counts again."""
    buffer = server.session.close(params.text_document.uri)
    if buffer:
        publishing.closed(server, buffer)
        if buffer.root.reading(buffer.path).text != buffer.document.text:
            _reindex(server, buffer)


def did_change_watched_files(server: SpecServer, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Files changed on the disk."""
    watching.events(server, [change.uri for change in params.changes])


def did_change_configuration(server: SpecServer, params: lsp.DidChangeConfigurationParams) -> None:
    """The client's settings changed: they came along, or are to be asked for."""
    if params.settings:
        publishing.set_settings(server, read_settings(params.settings))
    else:
        request_settings(server)


def did_change_workspace_folders(
    server: SpecServer, params: lsp.DidChangeWorkspaceFoldersParams
) -> None:
    """Folders came or went."""
    for folder in params.event.removed:
        if path := uris.to_path(folder.uri):
            server.session.remove_folder(path)
    for folder in params.event.added:
        if path := uris.to_path(folder.uri):
            index_root(server, server.session.add_folder(path))
    watchers.register(server)


def _reindex(server: SpecServer, buffer: Buffer) -> None:
    """When a template or the configuration is edited, closed files are judged anew as well.

    Open files were judged at once; the others wait until the typing has paused.
    """
    root = buffer.root
    if root.shapes_settings(buffer.path):
        index_root(server, root, _PAUSE)


def request_settings(server: SpecServer) -> None:
    """Ask a client that can be asked for its settings."""
    workspace = server.client_capabilities.workspace
    if not workspace or not workspace.configuration:
        return
    items = [lsp.ConfigurationItem(section="spec-lsp")]
    server.start(_fetch_settings(server, lsp.ConfigurationParams(items)), "settings")


async def _fetch_settings(server: SpecServer, params: lsp.ConfigurationParams) -> None:
    answer = await server.workspace_configuration_async(params)
    if answer and answer[0] is not None:
        publishing.set_settings(server, read_settings(answer[0]))


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
