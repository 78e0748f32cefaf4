"""The trace tree as a call hierarchy: the documents that one refers to, and that refer to it."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.features.shared.cards_state import full_name, state
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Call
from spec_lsp.features.shared.steps import Batches
from spec_lsp.features.shared.target import own_keys, target_at
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.resolve import carried_out
from spec_lsp.workspace.workspace import Workspace


def prepare(place: Place) -> list[Call]:
    """Return the document at a place: the open one on its title and IDs, otherwise the target."""
    target = target_at(place)
    if not target or (target.kind == "heading" and not place.reference):
        return []
    entries = (place.workspace.entry(path) for path in target.paths)
    return [_call(entry) for entry in entries if entry]


def outgoing(workspace: Workspace, path: str) -> list[Call]:
    """Return the documents that one refers to, in order of the references."""
    entry = workspace.entry(path)
    if not entry:
        return []
    found: dict[str, list[Span]] = {}
    for other, span in sorted(_named(workspace, entry), key=lambda each: each[1]):
        found.setdefault(other, []).append(span)
    targets = ((workspace.entry(other), spans) for other, spans in found.items())
    return [_call(target, spans) for target, spans in targets if target]


def incoming(workspace: Workspace, path: str) -> Batches[Call]:
    """Return the documents that refer to one, in path order."""
    entry = workspace.entry(path)
    for other in sorted(workspace.index.referrers(path)) if entry else ():
        referrer = workspace.entry(other)
        spans = _spans(workspace, referrer, entry) if referrer and entry else []
        yield [_call(referrer, spans)] if referrer and spans else []


def _call(entry: Entry, uses: list[Span] | None = None) -> Call:
    span = entry.title_span or Span(0, 0)
    return Call(
        path=entry.path,
        name=full_name(entry),
        detail=state(entry),
        kind=entry.kind,
        span=span,
        name_span=span,
        uses=tuple(sorted(set(uses or ()))),
    )


def _named(workspace: Workspace, entry: Entry) -> Iterator[tuple[str, Span]]:
    for mention in workspace.mentions(entry):
        for owner in workspace.index.owners(mention.key):
            if owner.path != entry.path:
                yield owner.path, mention.span
    for reference in entry.references:
        if reference.path != entry.path:
            yield reference.path, reference.span
    if target := carried_out(workspace, entry):
        yield target.path, entry.title_span or Span(0, 0)


def _spans(workspace: Workspace, referrer: Entry, entry: Entry) -> list[Span]:
    spans = [mention.span for mention in referrer.mentions_of(own_keys(entry))]
    spans += [r.span for r in referrer.links_to(entry.path)]
    if carried_out(workspace, referrer) is entry:
        spans.append(referrer.title_span or Span(0, 0))
    return spans
