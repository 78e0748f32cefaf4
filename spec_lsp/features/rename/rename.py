"""Renaming what a place names: an ID with its file, or a heading with its anchors."""

from __future__ import annotations

from functools import partial

from spec_lsp.features.rename.heading import heading_at, rename_heading
from spec_lsp.features.rename.id import rename_id
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import FileChange, Renamable
from spec_lsp.features.shared.target import Target, document_of, target_at
from spec_lsp.text import Span


def prepare(place: Place) -> Renamable:
    """What would be renamed, or why nothing can be."""
    target = _id_at(place)
    if target:
        text = target.origin.of(place.document.text)
        return Renamable(target.origin, text, "" if target.paths else f"Nothing defines {text}.")
    found = heading_at(place)
    if found:
        return Renamable(*found)
    here = Span(place.offset, place.offset)
    return Renamable(here, "", "There is no ID and no heading here to rename.")


def rename(place: Place, new: str, *, moves_files: bool = True) -> FileChange:
    """Give what the place names another name, everywhere."""
    refusal = prepare(place).refusal
    if refusal:
        return FileChange(refusal=refusal)
    target = _id_at(place)
    if target:
        read = partial(document_of, place.page)
        return rename_id(place.workspace, read, target, new, moves_files=moves_files)
    return rename_heading(place, new)


def _id_at(place: Place) -> Target | None:
    """The ID at a place; a range names several, and none of them to rename."""
    mention = place.mention
    if (mention and mention.is_implied) or not (mention or place.defined):
        return None
    target = target_at(place)
    return target if target and target.key and target.kind != "heading" else None
