"""From changes to the protocol's workspace edit, with versions where the client knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import uris
from spec_lsp.text import Edit

if TYPE_CHECKING:
    from spec_lsp.features.model import FileChange
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.rules.model import Fix

# lsp-mode applies all text edits before it renames files, whatever their order in the edit (8.0).
_EDITS_FIRST = "emacs"

Step = lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile


def of_fix(server: SpecServer, root: Root, fix: Fix) -> lsp.WorkspaceEdit | None:
    """The edit that a fix makes; None where the client cannot do all of it."""
    by_path: dict[str, list[Edit]] = {}
    for change in fix.changes:
        by_path.setdefault(change.path, []).append(change.edit)
    renames = [fix.rename] if fix.rename else []
    created = [(fix.new_file.path, fix.new_file.text)] if fix.new_file else []
    return workspace_edit(server, root, by_path, renames, created)


def of_change(server: SpecServer, root: Root, change: FileChange) -> lsp.WorkspaceEdit | None:
    """The edit of a rename."""
    return workspace_edit(server, root, change.edits, change.renames)


def moves_files(server: SpecServer) -> bool:
    """Whether the client can rename files as part of an edit."""
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    return lsp.ResourceOperationKind.Rename in ((able and able.resource_operations) or ())


def joined(edits: Sequence[lsp.WorkspaceEdit]) -> lsp.WorkspaceEdit | None:
    """Several edits, of folders that share no file, as one."""
    if len(edits) < 2:
        return edits[0] if edits else None
    return lsp.WorkspaceEdit(
        changes={uri: texts for edit in edits for uri, texts in (edit.changes or {}).items()}
        or None,
        document_changes=[step for edit in edits for step in edit.document_changes or ()] or None,
    )


def workspace_edit(
    server: SpecServer,
    root: Root,
    edits: Mapping[str, Sequence[Edit]],
    renames: Iterable[tuple[str, str]] = (),
    created: Iterable[tuple[str, str]] = (),
) -> lsp.WorkspaceEdit | None:
    """Edits by path, files to create and files to rename, as one change.

    Files are renamed first and edited under their new URIs: an editor that saves by itself would
    otherwise write the edited text under the old name again, after the file was renamed.
    """
    able = (
        server.client_capabilities.workspace and server.client_capabilities.workspace.workspace_edit
    )
    steps: list[Step] = []
    for path, text in created:
        steps += _creation(server, root, path, text)
    moved = dict(renames)
    edited = {} if server.client_name == _EDITS_FIRST else moved
    moves = [_rename(server, root, old, new) for old, new in moved.items()]
    texts = (_text_step(server, root, path, each, edited.get(path)) for path, each in edits.items())
    steps += [*moves, *filter(None, texts)]
    # Neovim announces that it moves files, and leaves out that it knows the form which says so.
    if able and (able.document_changes or able.resource_operations):
        can_move = {str(each.value) for each in able.resource_operations or ()}
        needed = {step.kind for step in steps if not isinstance(step, lsp.TextDocumentEdit)}
        if not needed <= can_move:
            return None
        server.session.own_renames |= {(uris.same(m.old_uri), uris.same(m.new_uri)) for m in moves}
        return lsp.WorkspaceEdit(document_changes=steps)
    if any(not isinstance(step, lsp.TextDocumentEdit) for step in steps):
        return None
    changes_by_uri = {
        step.text_document.uri: list(step.edits)
        for step in steps
        if isinstance(step, lsp.TextDocumentEdit)
    }
    return lsp.WorkspaceEdit(changes=changes_by_uri)  # type: ignore[arg-type]


def _rename(server: SpecServer, root: Root, old: str, new: str) -> lsp.RenameFile:
    old_uri, new_uri = (server.session.uri_of(root, path) for path in (old, new))
    return lsp.RenameFile(old_uri=old_uri, new_uri=new_uri)


def _text_step(
    server: SpecServer, root: Root, path: str, changes: Sequence[Edit], new_path: str | None
) -> lsp.TextDocumentEdit | None:
    ruler = server.session.ruler(root, path)
    if not ruler:
        return None
    # Under its new name a file has no version yet.
    buffer = None if new_path else root.buffers.get(path)
    document = lsp.OptionalVersionedTextDocumentIdentifier(
        uri=server.session.uri_of(root, new_path or path),
        version=buffer.version if buffer else None,
    )
    return lsp.TextDocumentEdit(document, ruler.edits(changes))


def _creation(server: SpecServer, root: Root, path: str, text: str) -> list[Step]:
    uri = server.session.uri_of(root, path)
    top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri=uri, version=None)
    return [
        lsp.CreateFile(uri=uri, options=lsp.CreateFileOptions(overwrite=False)),
        lsp.TextDocumentEdit(document, [lsp.TextEdit(top, text)]),
    ]
