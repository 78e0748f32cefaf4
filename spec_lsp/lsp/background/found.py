"""Tell the user once what was found in a folder that nothing configures.

Clients that show it themselves are notified after each indexing, with an empty message once the
folder is configured; others show one message per folder.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import uris
from spec_lsp.lsp.publish import shows
from spec_lsp.printable import printable

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder

FOUND = "specLsp/found"
_TOLD = ("told", "found")  # fact in the cache of a folder


async def tell(server: SpecServer, folder: Folder) -> None:
    """Notify the client of what was found, or show it to the user once."""
    if shows(server, "found"):
        message = await _found_in(folder)
        server.protocol.notify(FOUND, {"uri": uris.to_uri(folder.location), "message": message})
        return
    is_opened = folder.location in server.session.folders
    if not is_opened or await asyncio.to_thread(_was_told, folder):
        return
    message = await _found_in(folder)
    can_say = bool(message) and await asyncio.to_thread(_is_remembered, folder)
    if can_say:
        server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, message))


async def _found_in(folder: Folder) -> str:
    """What was found in a folder, as a sentence; empty if it is configured."""
    from spec_lsp.features.show.found import found_sentence
    from spec_lsp.storage.file_filter import is_root
    from spec_lsp.storage.find_templates import find_templates

    if folder.loaded.config_path or is_root(folder.root):
        return ""
    templates = (await asyncio.to_thread(find_templates, folder.root)).templates
    entries = folder.workspace.index.entries
    return printable(found_sentence(folder.settings.families, entries, len(templates)))


def _was_told(folder: Folder) -> bool:
    from spec_lsp.storage.store import cache_of

    return cache_of(folder.root).fact(":".join(_TOLD)) is not None


def _is_remembered(folder: Folder) -> bool:
    """Remember that the user was told; false if that is impossible, so as not to repeat it."""
    from spec_lsp.storage.store import cache_of

    cache_of(folder.root).keep_fact(*_TOLD, b"1")
    return _was_told(folder)
