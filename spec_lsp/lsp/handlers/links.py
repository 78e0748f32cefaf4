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

_MOST = 200  # documents in a direction, in one answer


def links(server: SpecServer, given: dict[str, Any]) -> dict[str, Any] | None:
    """Return the links and backlinks of a document, each with its first place, and its own place.

    The lists begin with the document at the index `from`; `count` and `targets` are the numbers of
    all documents that refer to it, and that it refers to.
    """
    folder, path = server.session.locate(given["uri"])
    entry = folder.workspace.entry(path)
    if not entry:
        return None
    own = next((each.span for each in entry.defined if each.is_own), entry.title_span)
    start = given.get("from") or 0
    here = islice(incoming(folder.workspace, path), start, start + _MOST)
    sources = [*chain.from_iterable(here)]
    targets = outgoing(folder.workspace, path)
    own_labels = _labels(folder, entry)
    labels = {call.path: _labels(folder, folder.workspace.entry(call.path)) for call in sources}
    return {
        "place": _range(server, folder, path, own or Span(0, 0)),
        "count": len(folder.workspace.index.referrers(path)),
        "targets": len(targets),
        "incoming": [
            _link(server, folder, call, call.path, labels[call.path].get(path, ""))
            for call in sources
        ],
        "outgoing": [
            _link(server, folder, call, path, own_labels.get(call.path, ""))
            for call in targets[start : start + _MOST]
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
