"""Renaming IDs, headings and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from spec_lsp.features import file_rename, renaming
from spec_lsp.lsp import unsaved, uris, watching
from spec_lsp.lsp.convert import Ruler
from spec_lsp.lsp.edits import joined, moves_files, of_change
from spec_lsp.printable import printable

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer

_REQUEST_FAILED = -32803


def prepare_rename(
    server: SpecServer, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder | None:
    """What would be renamed at the place."""
    place = server.session.place_of(params)
    found = renaming.prepare(place) if place else None
    if not place or found is None:
        return None
    if found.refusal:
        raise refusal(found.refusal)
    ruler = Ruler(place.document, server.session.encoding)
    return lsp.PrepareRenamePlaceholder(range=ruler.range(found.span), placeholder=found.text)


def rename(server: SpecServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """One edit that renames everywhere, or a sentence that says why not."""
    place = server.session.place_of(params)
    if not place:
        return None
    change = renaming.rename(place, params.new_name, moves_files=moves_files(server))
    if change.refusal:
        raise refusal(change.refusal)
    root = server.session.buffer(params.text_document.uri).root
    edit = of_change(server, root, change)
    if not edit:
        raise refusal("this editor cannot rename files, which renaming this needs")
    unsaved.expect(server, root, change, place.document.path)
    return edit


def will_rename_files(
    server: SpecServer, params: lsp.RenameFilesParams
) -> lsp.WorkspaceEdit | None:
    """The edits that keep links and IDs right when files are about to be renamed.

    VS Code asks this in the middle of an edit of ours that renames a file. The same edit has the
    links and IDs too, and they must not be changed twice.
    """
    pairs: dict[str, list[tuple[str, str]]] = {}
    roots = {}
    own = server.session.own_renames
    for each in params.files:
        if (uris.same(each.old_uri), uris.same(each.new_uri)) in own:
            continue
        root, old = server.session.locate(each.old_uri)
        new_root, new = server.session.locate(each.new_uri)
        if new_root is root and root.folder:
            pairs.setdefault(root.folder, []).append((old, new))
            roots[root.folder] = root
    found = []
    for folder, renames in pairs.items():
        root = roots[folder]
        change = file_rename.renamed(root.workspace, root.document, renames)
        if not change.refusal and change.edits:
            found.append(of_change(server, root, change))
            unsaved.expect(server, root, change)
    return joined([edit for edit in found if edit])


def did_rename_files(server: SpecServer, params: lsp.RenameFilesParams) -> None:
    """Files were renamed: look at both names."""
    server.session.own_renames.clear()
    watching.events(server, [uri for each in params.files for uri in (each.old_uri, each.new_uri)])


def refusal(sentence: str) -> JsonRpcException:
    """An answer that says why something cannot be done."""
    return JsonRpcException(message=printable(sentence), code=_REQUEST_FAILED)
