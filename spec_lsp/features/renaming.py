"""Renaming what a place names: a heading with its anchors."""

from __future__ import annotations

from spec_lsp.features.heading_rename import heading_at, rename_heading
from spec_lsp.features.model import FileChange, Renamable
from spec_lsp.features.place import Place


def prepare(place: Place) -> Renamable:
    """What would be renamed, or why nothing can be."""
    found = heading_at(place)
    return Renamable(*found) if found else Renamable(refusal="Nothing here can be renamed.")


def rename(place: Place, new: str) -> FileChange:
    """Give what the place names another name, everywhere."""
    return rename_heading(place, new)
