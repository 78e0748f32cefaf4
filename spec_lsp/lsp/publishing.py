"""Telling the client what is wrong: pushed as soon as it is known, or refreshed when it pulls.

One model a client, never both. A change makes its own file due and the open files that it affects;
what is closed is spoken of only to a client that asks for the whole workspace.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spec_lsp.lsp import convert
from spec_lsp.lsp.log import send_log_to
from spec_lsp.lsp.methods import pulls
from spec_lsp.printable import printable
from spec_lsp.rules.model import Diagnostic

if TYPE_CHECKING:
    from spec_lsp.lsp.convert import Plain, Ruler
    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.lsp.session import Buffer
    from spec_lsp.lsp.settings import ClientSettings

logger = logging.getLogger(__name__)

CHANGED = "specLsp/changed"
INDEXED = "specLsp/indexed"


# How long the overviews of a client wait, in seconds, before they are told to look again.
_PAUSE = 0.15
_LONGEST_PAUSE = 0.1


class Due:
    """What waits to be told. `sent` is what each URI was last told, so that nothing is repeated.

    `pause` is what the last telling took: so long the next one waits, for the messages that came in
    meanwhile to be read, and a burst of keys is judged a few times and not at every key.
    """

    def __init__(self) -> None:
        self.uris: set[str] = set()
        self.task: asyncio.Task[None] | None = None
        self.pause = 0.0
        self.touched: set[str] = set()
        self.others = False
        self.announcement: asyncio.Task[None] | None = None
        self.sent: dict[str, list[Plain]] = {}


def changed(server: SpecServer, buffer: Buffer) -> None:
    """An open file has a new text: it is due, and taken in when somebody asks for anything."""
    server.session.behind[buffer.uri] = buffer
    make_due(server, [buffer.uri], others=False)


def catch_up(server: SpecServer) -> None:
    """Take in the files that were edited since somebody asked last; those they affect are due."""
    behind = server.session.behind
    while behind:
        _, buffer = behind.popitem()
        affected = buffer.root.take(buffer.document)
        if others := [each.uri for each in server.session.open_in(buffer.root, affected)]:
            make_due(server, others, others=True)


def closed(server: SpecServer, buffer: Buffer) -> None:
    """A file was closed: what was said of its buffer is taken back."""
    affected = buffer.root.release(buffer.path)
    due(server).uris.discard(buffer.uri)
    if due(server).sent.pop(buffer.uri, None):
        publish(server, buffer.uri, None, [])
    make_due(server, [b.uri for b in server.session.open_in(buffer.root, affected)], others=True)


def make_due(server: SpecServer, uris: Iterable[str], *, others: bool) -> None:
    """Tell of some open files soon; `others` says that more than the edited file is meant."""
    waiting = due(server)
    waiting.touched.update(uris)
    waiting.others |= others
    if waiting.announcement is None or waiting.announcement.done():
        waiting.announcement = server.start(_announce(server), "announcement")
    if pulls(server.client_capabilities) or not server.session.settings.allows("diagnostics"):
        return
    waiting.uris.update(uris)
    if waiting.task is None or waiting.task.done():
        waiting.task = server.start(_tell(server), "diagnostics")


def all_due(server: SpecServer, root: Root | None = None) -> None:
    """Tell of every open file anew, for a new configuration or index."""
    buffers = server.session.buffers.values()
    found = [b.uri for b in buffers if root is None or b.root is root]
    make_due(server, found, others=True)


def set_settings(server: SpecServer, settings: ClientSettings) -> None:
    """Take over new settings of the client."""
    if settings == server.session.settings:
        return
    server.settings = server.session.settings = settings
    for root in server.session.roots.values():
        root.set_levels(settings.rules)
    send_log_to(server, settings.log_level)
    all_due(server)


def due(server: SpecServer) -> Due:
    """What waits to be told, made at the first use."""
    found = getattr(server, "due", None)
    if found is None:
        found = server.due = Due()  # type: ignore[attr-defined]
    return found


async def _tell(server: SpecServer) -> None:
    """Push the findings of everything that is due."""
    waiting = due(server)
    await asyncio.sleep(max(server.session.settings.delay, waiting.pause))
    began = time.perf_counter()
    catch_up(server)
    uris = sorted(waiting.uris)
    waiting.uris = set()
    for uri in uris:
        push(server, uri)
        # Messages that came in meanwhile are answered between two files.
        await asyncio.sleep(0)
    waiting.pause = min(time.perf_counter() - began, _LONGEST_PAUSE)
    if waiting.uris:
        waiting.task = server.start(_tell(server), "diagnostics")


async def _announce(server: SpecServer) -> None:
    """Tell a client that its overviews are out of date, once for all changes of a moment."""
    await asyncio.sleep(_PAUSE)
    catch_up(server)
    waiting = due(server)
    uris, others = sorted(waiting.touched), waiting.others
    waiting.touched, waiting.others = set(), False
    if others and pulls(server.client_capabilities):
        refresh(server)
    server.protocol.notify(CHANGED, {"uris": uris})


def push(server: SpecServer, uri: str) -> None:
    """Send the diagnostics of an open file, unless they are what was sent last."""
    buffer = server.session.buffer(uri)
    if not buffer:
        return
    found = converted(server, buffer.root, server.session.diagnostics(buffer), buffer.document)
    if due(server).sent.get(buffer.uri) != found:
        due(server).sent[buffer.uri] = found
        publish(server, buffer.uri, buffer.version, found)


def publish(server: SpecServer, uri: str, version: int | None, found: list[Plain]) -> None:
    """Send diagnostics."""
    params: Plain = {"uri": uri, "diagnostics": found}
    if version is not None:
        params["version"] = version
    server.protocol.tell(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def refresh(server: SpecServer) -> None:
    """Ask a client that pulls to pull again, where it can be asked."""
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
    server: SpecServer, root: Root, found: Iterable[Diagnostic], lines: convert.Lines
) -> list[Plain]:
    """Diagnostics in the protocol's terms."""
    ruler = convert.Ruler(lines, server.session.encoding)
    return [convert.diagnostic(each, ruler, list(_related(server, root, each))) for each in found]


def _related(server: SpecServer, root: Root, each: Diagnostic) -> Iterable[Plain]:
    text_document = server.client_capabilities.text_document
    publish_options = text_document and text_document.publish_diagnostics
    if not pulls(server.client_capabilities) and not (
        publish_options and publish_options.related_information
    ):
        return
    for related in each.related:
        ruler: Ruler | None = server.session.ruler(root, related.path)
        if ruler:
            uri = server.session.uri_of(root, related.path)
            place = {"uri": uri, "range": ruler.plain_range(related.span)}
            yield {"location": place, "message": printable(related.message)}
