"""Renaming what a place names: a heading with its anchors."""

from __future__ import annotations

from spec_lsp.features.heading_rename import heading_at, rename_heading
from spec_lsp.features.model import FileChange, Renamable
from spec_lsp.features.place import Place
from spec_lsp.text import Span


def prepare(place: Place) -> Renamable:
    """What would be renamed, or why nothing can be."""
    found = heading_at(place)
    if found:
        return Renamable(*found)
    here = Span(place.offset, place.offset)
    return Renamable(here, "", "There is no ID and no heading here to rename.")


def rename(place: Place, new: str) -> FileChange:
    """Give what the place names another name, everywhere."""
    return rename_heading(place, new)
