"""References to the target at a place, by ID and by link."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Location
from spec_lsp.features.shared.steps import Batches
from spec_lsp.features.shared.target import Target, defining, landing, target_at
from spec_lsp.features.shared.uses import use_locations, uses


def references(place: Place, *, declaration: bool) -> Batches[Location]:
    """Return all mentions and links of the ID, the heading or, on the title, the document."""
    target = target_at(place)
    if not target:
        return
    defined = list(dict.fromkeys(declared(place, target))) if declaration else []
    taken = {(each.path, each.span) for each in defined}
    yield defined
    for found in uses(place.workspace, target):
        yield [each for each in use_locations(found) if (each.path, each.span) not in taken]


def declared(place: Place, target: Target) -> Iterator[Location]:
    """Return the definition of a target."""
    index = place.workspace.index
    if target.kind in ("document", "id") and target.key:
        for found in index.definitions(target.key):
            yield defining(found.path, found.what)
    elif target.kind == "inner":
        for path in target.paths:
            for found in index.inner(path, target.key):
                yield defining(found.path, found.what)
    else:
        for path in target.paths:
            if location := landing(place.page, path, target.anchor):
                yield location
