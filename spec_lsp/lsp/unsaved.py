"""After a rename: tell the user how many of the changed files the editor has not saved.

Renaming changes files that the user has not opened. Some editors save them, some leave them as
modified buffers that are easily overlooked, and no client says which it does.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import uris
from spec_lsp.lsp.breathing import breathing
from spec_lsp.text import apply

if TYPE_CHECKING:
    from spec_lsp.features.model import FileChange
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.lsp.session import Buffer

_TIME_TO_SAVE = 3.0  # seconds; auto save of VS Code takes 1


@dataclass(frozen=True)
class Renaming:
    """The texts that a rename leads to, by URI; `here` is the file that the user is looking at."""

    texts: dict[str, str]
    here: str


def expect(server: SpecServer, root: Root, change: FileChange, here: str = "") -> None:
    """Remember an edit that the client has been sent, and may apply or not."""
    moved = dict(change.renames)
    texts = {
        uris.same(server.session.uri_of(root, moved.get(path, path))): apply(document.text, edits)
        for path, edits in change.edits.items()
        if (document := root.document(path))
    }
    seen = uris.same(server.session.uri_of(root, moved.get(here, here))) if here else ""
    server.session.renaming = Renaming(texts, seen)


def edited(server: SpecServer, buffer: Buffer) -> None:
    """Notice that the client has applied the edit: one of the texts is what it should become."""
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
    root, path = server.session.locate(uri)
    buffer = root.buffers.get(path)
    text = buffer.document.text if buffer else expected
    on_disk = root.disk.read(path).text if root.disk else None
    return on_disk is not None and _plain(on_disk) == _plain(text)


def _plain(text: str) -> str:
    """A text without what editors take off or make uniform when they open a file."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
