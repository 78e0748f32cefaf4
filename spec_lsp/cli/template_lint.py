"""`spec-lsp template lint`: faults of templates, and what will hurt their documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.complete import markdown_paths
from spec_lsp.cli.find_template import template_at
from spec_lsp.cli.terminal import has_colour, say, shown, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.storage.discover import Loaded
    from spec_lsp.template.schema import Template


def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help=r"Templates to check. \[default: all of this folder]",
            autocompletion=markdown_paths,
        ),
    ] = None,
) -> None:
    """Check templates: faults, what will hurt their documents, and files that are not read.

    Exit code 0: no fault. 1: at least one template cannot be used as it is.
    """
    if paths:
        faulty = sum(_is_faulty(str(path), template_at(path)) for path in paths)
        raise typer.Exit(1 if faulty else 0)
    from spec_lsp.storage.discover import find_root, load

    root = find_root(Path.cwd())
    loaded = load(root)
    own = loaded.settings.written_templates
    faulty = sum(_is_faulty(shown(root / each.path), each) for each in own)
    unread = [*_unread(root, loaded)]
    for path, reason in unread:
        say(f"{shown(root / path)} is not read: {reason}")
    if not own and not unread:
        say("No templates of your own; `spec-lsp template list` shows the built-in ones")
    raise typer.Exit(1 if faulty else 0)


def _is_faulty(name: str, template: Template) -> bool:
    """Report on one template; return whether it has a fault."""
    from spec_lsp.report.formats.as_text import plural
    from spec_lsp.report.unreadable import render
    from spec_lsp.template.show.warnings import lacks, warnings

    text, colour = template.document.text, has_colour()
    if template.faults:
        write(render(name, text, template.faults, colour=colour))
    if found := [*warnings(template)]:
        write(render(name, text, found, "warning", colour=colour))
    sections = plural(len(template.slots), "section")
    fields = plural(len(template.fields), "field")
    facts = ", ".join([fields, sections, *lacks(template)])
    say(f"{name}: {template.kind} ({template.name}), {facts}")
    return bool(template.faults)


def _unread(root: Path, loaded: Loaded) -> Iterator[tuple[str, str]]:
    """The files beside templates that are not read as one, with the reason."""
    from spec_lsp.storage.find_templates import unread_beside

    yield from loaded.unread.items()
    yield from unread_beside(root, loaded)
