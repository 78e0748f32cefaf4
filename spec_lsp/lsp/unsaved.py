"""Warning after a rename about changed files that the editor has not saved.

Renaming changes files that the user has not opened. Some editors save them, others keep them as
modified buffers that are easily overlooked; the protocol does not tell which.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import uris
from spec_lsp.lsp.background.cooperative import breathing
from spec_lsp.lsp.pending import RenamedFile, Renaming
from spec_lsp.text import apply

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import FileChange
    from spec_lsp.lsp.buffers import Buffer
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

_TIME_TO_SAVE = 3.0  # seconds; auto save in VS Code takes 1


def expected(server: SpecServer, folder: Folder, change: FileChange, here: str = "") -> Renaming:
    """Note what an edit changes before it is sent to the client, which may not apply it."""
    moved = dict(change.renames)

    def uri_of(path: str) -> str:
        return uris.same(server.session.uri_of(folder, moved.get(path, path)))

    open_texts, disk = folder.texts.open, folder.texts.disk
    files = {
        uri_of(path): RenamedFile(
            folder, path, edits, open_texts.get(path), disk.saved(path) if disk else None
        )
        for path, edits in change.edits.items()
    }
    return Renaming(files, uri_of(here) if here else "")


def edited(server: SpecServer, buffer: Buffer) -> None:
    """Start the check once the client has applied the edit: a text is as expected."""
    renaming = server.session.renaming
    file = renaming.files.get(uris.same(buffer.uri)) if renaming else None
    if renaming and file and _has_edits(file, buffer.document.text):
        server.session.renaming = None
        server.start(_report(server, renaming), "unsaved files")


def _has_edits(file: RenamedFile, text: str) -> bool:
    disk = file.folder.texts.disk
    on_disk = disk.text(file.path) if disk else None
    before = file.document.text if file.document else on_disk
    return before is not None and apply(before, file.edits) == text


async def _report(server: SpecServer, renaming: Renaming) -> None:
    await asyncio.sleep(_TIME_TO_SAVE)
    count = 0
    async for uri in breathing(renaming.files):
        count += uri != renaming.here and not _is_saved(server, uri, renaming.files[uri])
    if count:
        files = "1 other file" if count == 1 else f"{count} other files"
        verb = "is" if count == 1 else "are"
        message = f"{files} changed by the rename {verb} not saved yet"
        params = lsp.ShowMessageParams(lsp.MessageType.Warning, message)
        server.window_show_message(params)


def _is_saved(server: SpecServer, uri: str, file: RenamedFile) -> bool:
    """Whether a file on the disk, maybe under its new name, is not the one before the rename."""
    _, path = server.session.locate(uri)
    disk = file.folder.texts.disk
    saved = disk.saved(path) if disk else None
    return saved is not None and saved != file.saved
