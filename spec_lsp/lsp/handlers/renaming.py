"""Renaming IDs, headings and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from spec_lsp.features.rename import file as file_rename
from spec_lsp.features.rename import rename as renaming
from spec_lsp.lsp import unsaved, uris
from spec_lsp.lsp.background import watching
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.workspace_edit import joined, moves_files, of_change
from spec_lsp.printable import printable

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

_REQUEST_FAILED = -32803


def prepare_rename(
    server: SpecServer, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder | None:
    """Return the range and text to rename."""
    place = server.session.place_of(params)
    found = renaming.prepare(place) if place else None
    if not place or found is None:
        return None
    if found.refusal:
        raise refusal(found.refusal)
    ruler = PositionConverter(place.document, server.session.encoding)
    return lsp.PrepareRenamePlaceholder(range=ruler.range(found.span), placeholder=found.text)


def rename(server: SpecServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """Return the edit that renames in all files, or refuse with the reason."""
    place = server.session.place_of(params)
    if not place:
        return None
    change = renaming.rename(place, params.new_name, moves_files=moves_files(server))
    if change.refusal:
        raise refusal(change.refusal)
    folder = server.session.locate(params.text_document.uri)[0]
    edit = of_change(server, folder, change)
    if not edit:
        raise refusal("This editor cannot rename files, which this rename requires")
    unsaved.expect(server, folder, change, place.document.path)
    return edit


def will_rename_files(
    server: SpecServer, params: lsp.RenameFilesParams
) -> lsp.WorkspaceEdit | None:
    """Return the edits that update links and IDs when files are renamed.

    VS Code sends this request also while it applies a `RenameFile` of our own edit, which already
    includes links and IDs. They must not be changed twice.
    """
    pairs: dict[str, list[tuple[str, str]]] = {}
    folders: dict[str, Folder] = {}
    own = server.session.own_renames
    for each in params.files:
        if (uris.same(each.old_uri), uris.same(each.new_uri)) in own:
            continue
        folder, old = server.session.locate(each.old_uri)
        new_folder, new = server.session.locate(each.new_uri)
        if new_folder is folder and folder.location:
            pairs.setdefault(folder.location, []).append((old, new))
            folders[folder.location] = folder
    found = []
    for location, renames in pairs.items():
        folder = folders[location]
        change = file_rename.renamed(folder.workspace, folder.texts.document, renames)
        if not change.refusal and change.edits:
            found.append(of_change(server, folder, change))
            unsaved.expect(server, folder, change)
    return joined([edit for edit in found if edit])


def did_rename_files(server: SpecServer, params: lsp.RenameFilesParams) -> None:
    """Refresh the old and the new paths."""
    server.session.own_renames.clear()
    watching.events(server, [uri for each in params.files for uri in (each.old_uri, each.new_uri)])


def refusal(sentence: str) -> JsonRpcException:
    """Create a `RequestFailed` error with the reason."""
    return JsonRpcException(message=printable(sentence), code=_REQUEST_FAILED)
