"""Titles that are IDs, across documents: what a change adds and what is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.workspace.facts import is_title_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.workspace.entry import Entry
    from spec_lsp.workspace.facts import Defined
    from spec_lsp.workspace.index import DefinitionSite, Index


def added_again(index: Index, entry: Entry) -> Iterator[tuple[Defined, list[DefinitionSite]]]:
    """Titles that a change adds, although the same title with another text is there already.

    Where all of them are there, the change has been carried out.
    """
    added = [*entry.defined_where(lambda each: each.scope == "unit" and is_title_key(each.key))]
    there = [(each, [*index.shared(entry.base, each.key)]) for each in added]
    if len(there) > 1 and all(sites for _, sites in there):
        return
    for each, sites in there:
        if others := [site for site in sites if site.what.title != each.title]:
            yield each, others
