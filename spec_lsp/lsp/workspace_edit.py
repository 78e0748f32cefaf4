"""Conversion of changes to a `WorkspaceEdit`, with versions of open files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.features.shared.steps import Steps, finish
from spec_lsp.lsp import uris
from spec_lsp.lsp.convert import Plain
from spec_lsp.text import Edit

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import FileChange
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.rules.engine.model import Fix
    from spec_lsp.storage.folder import Folder

# lsp-mode 8.0 applies all text edits before it renames files, ignoring their order in the edit.
_EDITS_FIRST = "emacs"

_TOP = {"line": 0, "character": 0}


def of_fix(server: SpecServer, folder: Folder, fix: Fix) -> lsp.WorkspaceEdit | None:
    """Convert a fix; None if the client does not support all of it."""
    by_path: dict[str, list[Edit]] = {}
    for change in fix.changes:
        by_path.setdefault(change.path, []).append(change.edit)
    renames = [fix.rename] if fix.rename else []
    created = [(fix.new_file.path, fix.new_file.text)] if fix.new_file else []
    return small_edit(server, folder, by_path, renames, created)


def of_change(server: SpecServer, folder: Folder, change: FileChange) -> Steps[Plain | None]:
    """Convert the change of a rename, file by file."""
    return _workspace_edit(server, folder, change.edits, change.renames, ())


def moves_files(server: SpecServer) -> bool:
    """Whether the client supports `RenameFile` in edits."""
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    return lsp.ResourceOperationKind.Rename in ((able and able.resource_operations) or ())


def joined(edits: Sequence[Plain]) -> Plain | None:
    """Merge edits of folders that share no file."""
    if len(edits) < 2:
        return edits[0] if edits else None
    if "documentChanges" in edits[0]:
        return {"documentChanges": [step for edit in edits for step in edit["documentChanges"]]}
    return {"changes": {uri: texts for edit in edits for uri, texts in edit["changes"].items()}}


def small_edit(
    server: SpecServer,
    folder: Folder,
    edits: Mapping[str, Sequence[Edit]],
    renames: Iterable[tuple[str, str]] = (),
    created: Iterable[tuple[str, str]] = (),
) -> lsp.WorkspaceEdit | None:
    """Convert an edit of few files into an object of the protocol library."""
    plain = finish(_workspace_edit(server, folder, edits, renames, created))
    return server.protocol.structured(plain, lsp.WorkspaceEdit) if plain else None


def _workspace_edit(
    server: SpecServer,
    folder: Folder,
    edits: Mapping[str, Sequence[Edit]],
    renames: Iterable[tuple[str, str]],
    created: Iterable[tuple[str, str]],
) -> Steps[Plain | None]:
    """Convert edits by path, files to create and files to rename into one edit.

    Files are renamed first and edited under their new URIs: otherwise an editor with auto save
    would write the edited text to the old path after the rename.
    """
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    moved = dict(renames)
    edited = {} if server.client_name == _EDITS_FIRST else moved
    moves = [_rename(server, folder, old, new) for old, new in moved.items()]
    files = [step for path, text in created for step in _creation(server, folder, path, text)]
    texts: list[Plain] = []
    for path, each in edits.items():
        yield
        texts += _text_steps(server, folder, path, each, edited.get(path))
    # Neovim advertises `resourceOperations` but not `documentChanges`.
    if able and (able.document_changes or able.resource_operations):
        can_move = {str(each.value) for each in able.resource_operations or ()}
        if not {step["kind"] for step in (*files, *moves) if "kind" in step} <= can_move:
            return None
        uri_pairs = {(uris.same(m["oldUri"]), uris.same(m["newUri"])) for m in moves}
        server.session.own_renames |= uri_pairs
        return {"documentChanges": [*files, *moves, *texts]}
    if files or moves:
        return None
    return {"changes": {step["textDocument"]["uri"]: step["edits"] for step in texts}}


def _rename(server: SpecServer, folder: Folder, old: str, new: str) -> Plain:
    old_uri, new_uri = (server.session.uri_of(folder, path) for path in (old, new))
    return {"kind": "rename", "oldUri": old_uri, "newUri": new_uri}


def _text_steps(
    server: SpecServer, folder: Folder, path: str, changes: Iterable[Edit], new_path: str | None
) -> Iterator[Plain]:
    ruler = server.session.ruler(folder, path)
    if not ruler:
        return
    # A renamed file has no version under its new URI.
    buffer = None if new_path else server.session.buffer_at(folder, path)
    uri = server.session.uri_of(folder, new_path or path)
    yield {
        "textDocument": {"uri": uri, "version": buffer.version if buffer else None},
        "edits": [{"range": ruler.plain_range(e.span), "newText": e.text} for e in changes],
    }


def _creation(server: SpecServer, folder: Folder, path: str, text: str) -> list[Plain]:
    uri = server.session.uri_of(folder, path)
    return [
        {"kind": "create", "uri": uri, "options": {"overwrite": False}},
        {
            "textDocument": {"uri": uri, "version": None},
            "edits": [{"range": {"start": _TOP, "end": _TOP}, "newText": text}],
        },
    ]
