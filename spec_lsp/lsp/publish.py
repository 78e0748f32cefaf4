"""Publishing of diagnostics: pushed, or refreshed if the client pulls; never both.

A change queues its own file and the open files that it affects. Diagnostics of closed files are
reported only by workspace pulls.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import convert, uris
from spec_lsp.lsp.capabilities import supported
from spec_lsp.lsp.log import send_log_to
from spec_lsp.printable import printable
from spec_lsp.rules.engine.model import LEVELS, RULE_PAGES, Diagnostic
from spec_lsp.text import Lines

if TYPE_CHECKING:
    from spec_lsp.lsp.buffers import Buffer
    from spec_lsp.lsp.convert import Plain, PositionConverter
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.lsp.settings import ClientSettings
    from spec_lsp.storage.folder import Folder

logger = logging.getLogger(__name__)

CHANGED = "specLsp/changed"
INDEXED = "specLsp/indexed"
_MOST = 1_000  # diagnostics of one file
_PAUSE = 0.15  # seconds of debounce for `CHANGED`
_LONGEST_PAUSE = 0.1  # seconds of debounce for diagnostics, at most


def changed(server: SpecServer, buffer: Buffer) -> None:
    """Queue a changed file; its folder is updated with the next request."""
    server.session.pending[buffer.uri] = buffer
    make_due(server, [buffer.uri], others=False)


def catch_up(server: SpecServer) -> None:
    """Update the folders with edits since the last request, and queue affected files."""
    if others := [each.uri for each in server.session.catch_up()]:
        make_due(server, others, others=True)


def closed(server: SpecServer, buffer: Buffer) -> None:
    """Remove the diagnostics of a closed file."""
    affected = buffer.folder.close(buffer.path)
    server.queue.uris.discard(buffer.uri)
    if server.queue.sent.pop(buffer.uri, None):
        publish(server, buffer.uri, None, [])
    make_due(server, [b.uri for b in server.session.open_in(buffer.folder, affected)], others=True)


def make_due(server: SpecServer, uris: Iterable[str], *, others: bool) -> None:
    """Queue open files for publishing; `others` means more than the edited file."""
    waiting = server.queue
    waiting.touched.update(uris)
    waiting.others |= others
    if waiting.announcement is None or waiting.announcement.done():
        waiting.announcement = server.start(_announce(server), "announcement")
    if pulls(server.client_capabilities) or not server.session.settings.allows("diagnostics"):
        return
    waiting.uris.update(uris)
    if waiting.task is None or waiting.task.done():
        waiting.task = server.start(_tell(server), "diagnostics")


def all_due(server: SpecServer, folder: Folder | None = None) -> None:
    """Queue all open files, after a new configuration or index."""
    buffers = server.session.buffers.values()
    found = [b.uri for b in buffers if folder is None or b.folder is folder]
    make_due(server, found, others=True)


def set_settings(server: SpecServer, settings: ClientSettings) -> None:
    """Apply new settings of the client."""
    if settings == server.session.settings:
        return
    server.settings = server.session.settings = settings
    for folder in server.session.roots.values():
        folder.set_levels(settings.rules)
    server.session.follow()
    send_log_to(server.window_log_message, settings.log_level)
    all_due(server)


async def _tell(server: SpecServer) -> None:
    """Push the diagnostics of all queued files, after the debounce."""
    waiting = server.queue
    await asyncio.sleep(max(server.session.settings.delay, waiting.pause))
    began = time.perf_counter()
    catch_up(server)
    uris = sorted(waiting.uris)
    waiting.uris = set()
    for uri in uris:
        push(server, uri)
        # Yield to the event loop between two files.
        await asyncio.sleep(0)
    waiting.pause = min(time.perf_counter() - began, _LONGEST_PAUSE)
    if waiting.uris:
        waiting.task = server.start(_tell(server), "diagnostics")


async def _announce(server: SpecServer) -> None:
    """Send one `CHANGED` notification for all changes within the debounce."""
    await asyncio.sleep(_PAUSE)
    catch_up(server)
    waiting = server.queue
    uris, others = sorted(waiting.touched), waiting.others
    waiting.touched, waiting.others = set(), False
    if others and pulls(server.client_capabilities):
        refresh(server)
    server.protocol.notify(CHANGED, {"uris": uris})


def push(server: SpecServer, uri: str) -> None:
    """Send the diagnostics of an open file, unless they are unchanged."""
    buffer = server.session.buffer(uri)
    if not buffer:
        return
    found = converted(
        server,
        buffer.folder,
        server.session.diagnostics(buffer.folder, buffer.path),
        buffer.document,
    )
    if server.queue.sent.get(buffer.uri) != found:
        server.queue.sent[buffer.uri] = found
        publish(server, buffer.uri, buffer.version, found)


def publish(server: SpecServer, uri: str, version: int | None, found: list[Plain]) -> None:
    """Send diagnostics."""
    params: Plain = {"uri": uri, "diagnostics": found}
    if version is not None:
        params["version"] = version
    server.protocol.tell(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def refresh(server: SpecServer) -> None:
    """Request the client to pull diagnostics, lenses and hints again, if it supports it."""
    workspace = server.client_capabilities.workspace
    if not workspace:
        return
    if workspace.diagnostics and workspace.diagnostics.refresh_support:
        server.workspace_diagnostic_refresh(None)
    if workspace.code_lens and workspace.code_lens.refresh_support:
        server.workspace_code_lens_refresh(None)
    if workspace.inlay_hint and workspace.inlay_hint.refresh_support:
        server.workspace_inlay_hint_refresh(None)


def converted(
    server: SpecServer, folder: Folder, found: Iterable[Diagnostic], lines: Lines
) -> list[Plain]:
    """Convert diagnostics to plain JSON: the most severe ones, and how many more there are.

    A client that shows thousands in one file is slow, and so is each keystroke.
    """
    every = list(found)
    shown = every if len(every) <= _MOST else _most_severe(every)
    ruler = convert.PositionConverter(lines, server.session.encoding)
    pages = f"{uris.BUILTIN}:/{RULE_PAGES}" if shows(server, "builtin") else ""
    plain = [
        convert.diagnostic(each, ruler, [*_related(server, folder, each)], pages) for each in shown
    ]
    return [*plain, convert.more(len(every) - len(shown))] if len(every) > len(shown) else plain


def _most_severe(found: list[Diagnostic]) -> list[Diagnostic]:
    by_level = sorted(range(len(found)), key=lambda at: -LEVELS.index(found[at].level))
    return [found[at] for at in sorted(by_level[:_MOST])]


def _related(server: SpecServer, folder: Folder, each: Diagnostic) -> Iterable[Plain]:
    text_document = server.client_capabilities.text_document
    publish_options = text_document and text_document.publish_diagnostics
    if not pulls(server.client_capabilities) and not (
        publish_options and publish_options.related_information
    ):
        return
    for related in each.related:
        ruler: PositionConverter | None = server.session.ruler(folder, related.path)
        if ruler:
            uri = server.session.uri_of(folder, related.path)
            place = {"uri": uri, "range": ruler.plain_range(related.span)}
            yield {"location": place, "message": printable(related.message)}


def pulls(client: lsp.ClientCapabilities) -> bool:
    """Whether a client pulls diagnostics; then none are pushed."""
    return bool(client.text_document and client.text_document.diagnostic)


def shows(server: SpecServer, what: str) -> bool:
    """Whether the client declares that it shows something itself: `experimental.specLsp`.

    `found`: what is in a folder without a configuration. `builtin`: documents of the program.
    """
    return bool(supported(server.protocol.asked["capabilities"], "experimental", "specLsp", what))
