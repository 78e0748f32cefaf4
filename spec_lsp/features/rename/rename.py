"""Renaming the target at a place: an ID with its file, or a heading with its anchor."""

from __future__ import annotations

from functools import partial

from spec_lsp.features.rename.heading import heading_at, rename_heading
from spec_lsp.features.rename.id import rename_id
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import FileChange, Renamable
from spec_lsp.features.shared.steps import Steps
from spec_lsp.features.shared.target import Target, document_of, target_at
from spec_lsp.text import Span
from spec_lsp.workspace.facts import is_title_key


def prepare(place: Place) -> Renamable:
    """Return what would be renamed, or a refusal."""
    target = _id_at(place)
    if target:
        text = target.origin.of(place.document.text)
        return Renamable(
            target.origin, text, "" if target.paths else f"{text} is not defined in any document"
        )
    found = heading_at(place)
    if found:
        return Renamable(*found)
    here = Span(place.offset, place.offset)
    return Renamable(here, "", "No ID or heading at this position")


def rename(place: Place, new: str, *, moves_files: bool = True) -> Steps[FileChange]:
    """Rename the target at a place in all files."""
    refusal = prepare(place).refusal
    if refusal:
        return FileChange(refusal=refusal)
    target = _id_at(place)
    if target:
        read = partial(document_of, place.page)
        return (yield from rename_id(place.workspace, read, target, new, moves_files=moves_files))
    return (yield from rename_heading(place, new))


def _id_at(place: Place) -> Target | None:
    """Return the ID at a place; None in a range, which has several, and for titles and numbers."""
    mention = place.mention
    if (mention and mention.is_implied) or not (mention or place.defined):
        return None
    named = mention or place.defined
    if named and (is_title_key(named.key) or " " in named.key):
        return None
    target = target_at(place)
    return target if target and target.key and target.kind != "heading" else None
