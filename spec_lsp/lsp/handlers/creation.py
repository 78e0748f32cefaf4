"""Commands that create documents and change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.features.edit import advance_status
from spec_lsp.features.edit.actions import insert_missing as missing_fix
from spec_lsp.features.shared.new_document import DocumentRequest, new_file, values_of_order
from spec_lsp.lsp.handlers.folder_of import folder_of, inside
from spec_lsp.lsp.handlers.renaming import refusal
from spec_lsp.lsp.workspace_edit import of_fix, small_edit
from spec_lsp.storage.clock import today
from spec_lsp.template.write.file_name import is_safe_id
from spec_lsp.template.write.fill import new_document
from spec_lsp.template.write.snippet import plain, snippet

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

Answer = dict[str, Any] | None


def new(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Create a document: return it as a snippet, or write it."""
    session = server.session
    folder = folder_of(server, given)
    template = folder.settings.template(given.get("kind", ""))
    if not template:
        raise refusal(f"Unknown kind “{given.get('kind', '')}”")
    if given.get("id") and not is_safe_id(given["id"]):
        raise refusal(f"“{given['id']}” is not a valid ID: it cannot be used in a file name")
    order = DocumentRequest(
        template,
        given.get("title", ""),
        given.get("id", ""),
        directory=session.locate(inside(given["directory"]))[1].rpartition("/")[0]
        if given.get("directory")
        else None,
        today=today(),
        author=session.settings.author or folder.author,
    )
    return _made(server, folder, order, write=bool(given.get("write")))


def create_from_id(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Create a document for the undefined ID at a position."""
    session = server.session
    at = given["position"]
    place = session.place(given["uri"], at["line"], at["character"])
    if not place or not place.mention:
        return None
    prefix = place.mention.text.rstrip("0123456789.")
    kinds = [t for t in place.workspace.settings.templates if t.id and t.id.prefix == prefix]
    if given.get("kind"):
        kinds = [each for each in kinds if each.kind == given["kind"]]
    if not kinds or any(place.workspace.index.definitions(place.mention.key)):
        return None
    page = place.page
    order = DocumentRequest(kinds[0], "", place.mention.text, today=page.today, author=page.author)
    return _made(server, session.locate(given["uri"])[0], order, write=bool(given.get("write")))


def insert_missing(server: SpecServer, given: dict[str, Any]) -> None:
    """Insert all missing sections."""
    page = server.session.page(given["uri"])
    buffer = server.session.buffer(given["uri"])
    fix = missing_fix(page) if page else None
    if buffer and fix:
        _apply(server, of_fix(server, buffer.folder, fix))


def set_status(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Set the status of an open document; without one, advance to the next, or say why not."""
    page = server.session.page(given["uri"])
    buffer = server.session.buffer(given["uri"])
    if not page or not buffer or not page.binding:
        return None
    status = given.get("status") or advance_status.next_state(page.binding)
    fix = advance_status.set_status(page, status, status) if status else None
    if not fix:
        return {"message": advance_status.why_not(page.binding, status)}
    _apply(server, of_fix(server, buffer.folder, fix))
    return {"status": status}


def _made(server: SpecServer, folder: Folder, order: DocumentRequest, *, write: bool) -> Answer:
    file = new_file(folder.workspace, order)
    values = values_of_order(folder.workspace, order)
    uri = server.session.uri_of(folder, file.path)
    if write:
        _apply(server, small_edit(server, folder, {}, created=[(file.path, file.text)]))
        return {"uri": uri, "id": values.id}
    parts = new_document(order.template, values)
    return {"uri": uri, "snippet": snippet(parts), "plain": plain(parts), "id": values.id}


def _apply(server: SpecServer, edit: lsp.WorkspaceEdit | None) -> None:
    if edit:
        server.workspace_apply_edit(lsp.ApplyWorkspaceEditParams(edit))
    else:
        raise refusal("This editor does not support this change")
