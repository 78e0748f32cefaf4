"""Occurrences of the target at a place in the open document."""

from __future__ import annotations

from spec_lsp.features.navigate.references import declared
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Highlight
from spec_lsp.features.shared.target import target_at
from spec_lsp.features.shared.uses import use_locations, uses_in


def highlights(place: Place) -> list[Highlight]:
    """Return the definition, mentions and links in this document, in order."""
    target = target_at(place)
    if not target:
        return []
    path = place.entry.path
    defined = {each.span for each in declared(place, target) if each.path == path}
    used = {each.span for each in use_locations(uses_in(place.workspace, place.entry, target))}
    return [Highlight(span, span in defined) for span in sorted(defined | used)]
