"""`spec-lsp init`: write a configuration that lists the templates that are there already."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import say

if TYPE_CHECKING:
    from spec_lsp.storage.find_templates import FoundTemplates
    from spec_lsp.storage.folder import Folder

NAME = "spec-lsp.toml"
_SHOWN = 10  # files that are left out, one line each


def init(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Add every key as a comment.")] = False,
) -> None:
    """Find the templates in this folder and create a spec-lsp.toml that lists them.

    Exit code 0: created, or nothing to configure. 2: this folder is already configured.
    """
    from spec_lsp.cli.folders import open_new
    from spec_lsp.cli.starter import short, starter
    from spec_lsp.storage.file_filter import config_file
    from spec_lsp.storage.find_templates import find_templates
    from spec_lsp.storage.write import RefusedError, create

    here = Path.cwd()
    existing = config_file(here)
    if existing:
        raise CannotRunError(f"{existing} already configures this folder; nothing was written")
    found = find_templates(here)
    text = (starter if full else short)(found.globs)
    _say_what_was_found(found, open_new([(NAME, text)]))
    _say_what_is_left_out(found)
    if dry_run:
        say(f"Would write {NAME}:")
        for line in text.splitlines():
            say(f"  {line}".rstrip())
        return
    try:
        create(here, NAME, text)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    say(f"Wrote {NAME}")


def _say_what_was_found(found: FoundTemplates, folder: Folder) -> None:
    """Name the templates with the number of documents that follow each."""
    from spec_lsp.report.formats.as_text import plural

    counts = Counter(
        entry.kind for entry in folder.workspace.index.entries.values() if entry.is_spec
    )
    if not (found.templates or counts):
        say(
            "No templates and no documents of a known kind were found; put your templates into"
            " .spec-lsp/templates/, or see `spec-lsp template list` for the built-in ones"
        )
        return
    own = [(template.kind, template.path) for template in found.templates]
    builtin = [(kind, "built-in") for kind in sorted(counts.keys() - {kind for kind, _ in own})]
    width = max(len(kind) for kind, _ in (*own, *builtin))
    for kind, path in (*own, *builtin):
        say(f"{kind:{width}}  {plural(counts[kind], 'document'):>13}  {path}")
    others = sum(not entry.is_spec for entry in folder.workspace.index.entries.values())
    if others:
        say(f"{plural(others, 'other file')} without a template")


def _say_what_is_left_out(found: FoundTemplates) -> None:
    if not found.left_out:
        return
    say("Left out:")
    for path, reason in list(found.left_out.items())[:_SHOWN]:
        say(f"  {path}: {reason}")
    if len(found.left_out) > _SHOWN:
        say(f"  and {len(found.left_out) - _SHOWN} more")
