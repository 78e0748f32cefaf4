"""`spec-lsp rename`: rename an ID and update all references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.complete import ids
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import say, shown, write_source

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import FileChange
    from spec_lsp.storage.folder import Folder


def rename(
    old: Annotated[
        str,
        typer.Argument(
            help="ID, ID inside a document (SPEC-004/FR-2), or path.", autocompletion=ids
        ),
    ],
    new: Annotated[str, typer.Argument(help="New ID.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the changes as a diff; write nothing.")
    ] = False,
) -> None:
    """Rename an ID: its definition, all references and the name of its file."""
    from spec_lsp.cli.check.fix import patch
    from spec_lsp.cli.folders import open_here
    from spec_lsp.features.rename.id import named, rename_id
    from spec_lsp.features.shared.steps import finish

    folder = open_here()
    target = named(folder.workspace, _relative(folder, old))
    if not target:
        raise CannotRunError(f"{old} is not defined here")
    change = finish(rename_id(folder.workspace, folder.texts.document, target, new))
    if change.refusal:
        raise CannotRunError(change.refusal)
    texts = _texts(folder, change)
    if dry_run:
        write_source("".join(patch(folder, texts, change.renames)))
        return
    _save(folder, change, texts)


def _relative(folder: Folder, name: str) -> str:
    """A path relative to the workspace; anything else unchanged."""
    from pathlib import Path

    place = Path(name).resolve() if name.endswith(".md") else None
    if place and place.is_relative_to(folder.root):
        return place.relative_to(folder.root).as_posix()
    return name


def _texts(folder: Folder, change: FileChange) -> dict[str, tuple[str, str]]:
    """The text of each file before and after."""
    from spec_lsp.text import apply

    found: dict[str, tuple[str, str]] = {}
    for path, edits in change.edits.items():
        before = folder.texts.text(path) or ""
        found[path] = before, apply(before, edits)
    return found


def _save(folder: Folder, change: FileChange, texts: dict[str, tuple[str, str]]) -> None:
    from spec_lsp.report.formats.as_text import plural
    from spec_lsp.storage.write import RefusedError, save

    try:
        save(folder.root, texts, change.renames)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    places = sum(len(edits) for edits in change.edits.values())
    say(f"Changed {plural(places, 'place')} in {plural(len(texts), 'file')}")
    for old_path, new_path in change.renames:
        say(f"Renamed {shown(folder.at(old_path))} to {shown(folder.at(new_path))}")
