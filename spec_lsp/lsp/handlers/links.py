"""The command that lists what a document refers to, and what refers to it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from spec_lsp.features.navigate.call_hierarchy import incoming, outgoing
from spec_lsp.text import Span
from spec_lsp.workspace import resolve

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import Call
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.storage.folder import Folder
    from spec_lsp.workspace.entry import Entry

_MOST = 200  # documents in a direction


def links(server: SpecServer, given: dict[str, Any]) -> dict[str, Any] | None:
    """Return the links and backlinks of a document, each with its first place, and its own place.

    `count` is the number of documents that refer to it; only the first of them are listed.
    """
    folder, path = server.session.locate(given["uri"])
    entry = folder.workspace.entry(path)
    if not entry:
        return None
    own = next((each.span for each in entry.defined if each.is_own), entry.title_span)
    referrers = sorted(folder.workspace.index.referrers(path))
    sources = [*islice(chain.from_iterable(incoming(folder.workspace, path)), _MOST)]
    targets = outgoing(folder.workspace, path)[:_MOST]
    own_labels = _labels(folder, entry)
    labels = {call.path: _labels(folder, folder.workspace.entry(call.path)) for call in sources}
    return {
        "place": _range(server, folder, path, own or Span(0, 0)),
        "count": len(referrers),
        "incoming": [
            _link(server, folder, call, call.path, labels[call.path].get(path, ""))
            for call in sources
        ],
        "outgoing": [
            _link(server, folder, call, path, own_labels.get(call.path, "")) for call in targets
        ],
    }


def _labels(folder: Folder, entry: Entry | None) -> Mapping[str, str]:
    """The fields in which a document names others, by the paths of these."""
    found: dict[str, str] = {}
    for target, _, label in resolve.outgoing(folder.workspace, entry) if entry else ():
        found[target.path] = found.get(target.path) or label
    return found


def _link(server: SpecServer, folder: Folder, call: Call, place: str, label: str) -> dict[str, Any]:
    """A document at the other end, and where the reference is written."""
    return {
        "uri": server.session.uri_of(folder, call.path),
        "name": call.name,
        "detail": call.detail,
        "label": label,
        "at": server.session.uri_of(folder, place),
        "range": _range(server, folder, place, call.uses[0] if call.uses else Span(0, 0)),
    }


def _range(server: SpecServer, folder: Folder, path: str, span: Span) -> dict[str, Any] | None:
    ruler = server.session.ruler(folder, path)
    return ruler.plain_range(span) if ruler else None
