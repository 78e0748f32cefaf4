"""`spec-lsp rename`: another name for an ID, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.terminal import say, shown, write_source

if TYPE_CHECKING:
    from spec_lsp.features.model import FileChange
    from spec_lsp.storage.project import Project


def rename(
    old: Annotated[
        str, typer.Argument(help="An ID, one inside a document (SPEC-004/FR-2), or a path.")
    ],
    new: Annotated[str, typer.Argument(help="The ID to have in its place.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the changes and write nothing.")
    ] = False,
) -> None:
    """Rename an ID: where it is defined, wherever it is used, and the file that carries it."""
    from spec_lsp.cli.mending import patch
    from spec_lsp.cli.projects import open_here
    from spec_lsp.features.rename import named, rename_id

    project = open_here()
    target = named(project.workspace, _relative(project, old))
    if not target:
        raise CannotRunError(f"nothing here defines {old}")
    change = rename_id(project.workspace, project.document, target, new)
    if change.refusal:
        raise CannotRunError(change.refusal)
    texts = _texts(project, change)
    if dry_run:
        write_source("".join(patch(project, texts, change.renames)))
        return
    _save(project, change, texts)


def _relative(project: Project, name: str) -> str:
    """A path as the project knows it; anything else as it is."""
    from pathlib import Path

    place = Path(name).resolve() if name.endswith(".md") else None
    if place and place.is_relative_to(project.folder):
        return place.relative_to(project.folder).as_posix()
    return name


def _texts(project: Project, change: FileChange) -> dict[str, tuple[str, str]]:
    """Each file's text before and after."""
    from spec_lsp.text import apply

    found: dict[str, tuple[str, str]] = {}
    for path, edits in change.edits.items():
        before = project.disk.text(path) or ""
        found[path] = before, apply(before, edits)
    return found


def _save(project: Project, change: FileChange, texts: dict[str, tuple[str, str]]) -> None:
    from spec_lsp.report.as_text import plural
    from spec_lsp.storage.write import RefusedError, save

    try:
        save(project.folder, texts, change.renames)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    places = sum(len(edits) for edits in change.edits.values())
    say(f"Changed {plural(places, 'place')} in {plural(len(texts), 'file')}.")
    for old_path, new_path in change.renames:
        say(f"Renamed {shown(project.disk.at(old_path))} to {shown(project.disk.at(new_path))}.")
