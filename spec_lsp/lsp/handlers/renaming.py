"""Renaming IDs, headings and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from spec_lsp.features.rename import file as file_rename
from spec_lsp.features.rename import rename as renaming
from spec_lsp.lsp import unsaved, uris
from spec_lsp.lsp.background import watching
from spec_lsp.lsp.background.cooperative import in_slices
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.workspace_edit import joined, moves_files, of_change
from spec_lsp.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.features.shared.steps import Steps
    from spec_lsp.lsp.convert import Plain
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

_REQUEST_FAILED = -32803
_CONTENT_MODIFIED = -32801
_T = TypeVar("_T")


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


async def rename(server: SpecServer, params: lsp.RenameParams) -> Plain | None:
    """Return the edit that renames in all files, or refuse with the reason."""
    place = server.session.place_of(params)
    if not place:
        return None
    moves = moves_files(server)
    change = await _unchanged(server, renaming.rename(place, params.new_name, moves_files=moves))
    if change.refusal:
        raise refusal(change.refusal)
    folder = server.session.locate(params.text_document.uri)[0]
    expected = unsaved.expected(server, folder, change, place.document.path)
    edit = await _unchanged(server, of_change(server, folder, change))
    if not edit:
        raise refusal("This editor cannot rename files, which this rename requires")
    server.session.renaming = expected
    return edit


async def will_rename_files(server: SpecServer, params: lsp.RenameFilesParams) -> Plain | None:
    """Return the edits that update links and IDs when files are renamed.

    VS Code sends this request also while it applies a `RenameFile` of our own edit, which already
    includes links and IDs. They must not be changed twice.
    """
    found = []
    for folder, pairs in _renamed_in(server, params):
        read = folder.texts.document
        change = await _unchanged(server, file_rename.renamed(folder.workspace, read, pairs))
        if not change.refusal and change.edits:
            server.session.renaming = unsaved.expected(server, folder, change)
            found.append(await _unchanged(server, of_change(server, folder, change)))
    return joined([edit for edit in found if edit])


def did_rename_files(server: SpecServer, params: lsp.RenameFilesParams) -> None:
    """Refresh the old and the new paths."""
    server.session.own_renames.clear()
    watching.events(server, [uri for each in params.files for uri in (each.old_uri, each.new_uri)])


def refusal(sentence: str) -> JsonRpcException:
    """Create a `RequestFailed` error with the reason."""
    return JsonRpcException(message=printable(sentence), code=_REQUEST_FAILED)


def _renamed_in(
    server: SpecServer, params: lsp.RenameFilesParams
) -> Iterable[tuple[Folder, list[tuple[str, str]]]]:
    """The files that are renamed within a folder, except by our own edits."""
    found: dict[str, tuple[Folder, list[tuple[str, str]]]] = {}
    own = server.session.own_renames
    for each in params.files:
        if (uris.same(each.old_uri), uris.same(each.new_uri)) not in own:
            folder, old = server.session.locate(each.old_uri)
            new_folder, new = server.session.locate(each.new_uri)
            if new_folder is folder and folder.location:
                found.setdefault(folder.location, (folder, []))[1].append((old, new))
    return found.values()


async def _unchanged(server: SpecServer, steps: Steps[_T]) -> _T:
    """Do work on the open texts; refuse if one of them was changed meanwhile."""
    before = server.session.documents
    result = await in_slices(steps)
    if not server.session.has_texts(before):
        raise JsonRpcException(message="The text was changed meanwhile", code=_CONTENT_MODIFIED)
    return result
