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
from spec_lsp.lsp.pending import Renaming
from spec_lsp.text import apply

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import FileChange
    from spec_lsp.lsp.buffers import Buffer
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

_TIME_TO_SAVE = 3.0  # seconds; auto save in VS Code takes 1


def expect(server: SpecServer, folder: Folder, change: FileChange, here: str = "") -> None:
    """Store an edit that was sent to the client, which may not apply it."""
    moved = dict(change.renames)
    texts = {
        uris.same(server.session.uri_of(folder, moved.get(path, path))): apply(document.text, edits)
        for path, edits in change.edits.items()
        if (document := folder.texts.document(path))
    }
    seen = uris.same(server.session.uri_of(folder, moved.get(here, here))) if here else ""
    server.session.renaming = Renaming(texts, seen)


def edited(server: SpecServer, buffer: Buffer) -> None:
    """Start the check once the client has applied the edit: a text is as expected."""
    renaming = server.session.renaming
    if renaming and renaming.texts.get(uris.same(buffer.uri)) == buffer.document.text:
        server.session.renaming = None
        server.start(_report(server, renaming), "unsaved files")


async def _report(server: SpecServer, renaming: Renaming) -> None:
    await asyncio.sleep(_TIME_TO_SAVE)
    count = 0
    async for uri in breathing(renaming.texts):
        count += uri != renaming.here and not _is_saved(server, uri, renaming.texts[uri])
    if count:
        files = "1 other file" if count == 1 else f"{count} other files"
        verb = "is" if count == 1 else "are"
        message = f"{files} changed by the rename {verb} not saved yet"
        params = lsp.ShowMessageParams(lsp.MessageType.Warning, message)
        server.window_show_message(params)


def _is_saved(server: SpecServer, uri: str, expected: str) -> bool:
    folder, path = server.session.locate(uri)
    buffer = server.session.buffer_at(folder, path)
    text = buffer.document.text if buffer else expected
    on_disk = folder.texts.disk.read(path).text if folder.texts.disk else None
    return on_disk is not None and _plain(on_disk) == _plain(text)


def _plain(text: str) -> str:
    """Remove the differences that editors normalize: byte order mark and line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
