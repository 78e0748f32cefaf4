"""`spec-lsp init`: say what is there, and write a configuration that lists own templates."""

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
    from spec_lsp.template.schema import Template

NAME = "spec-lsp.toml"
_SHOWN = 10  # files that are left out, one line each
_WORST = 3  # problems, one line each


def init(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Add every key as a comment.")] = False,
) -> None:
    """Find layouts and templates in this folder and create a spec-lsp.toml.

    Layouts are recognised without it, so it only lists templates of your own.

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
    folder = open_new([(NAME, text)])
    if not dry_run:
        # Written first: `init | head` may end before all has been said.
        try:
            create(here, NAME, text)
        except RefusedError as refused:
            raise CannotRunError(str(refused)) from None
    _say_what_was_found(found, folder)
    _say_what_is_left_out(found)
    _say_the_worst(folder)
    say(f"Would write {NAME}:" if dry_run else f"Wrote {NAME}")
    for line in text.splitlines() if dry_run else ():
        say(f"  {line}".rstrip())


def _say_what_was_found(found: FoundTemplates, folder: Folder) -> None:
    """Name the families and the templates, with the number of documents that follow each."""
    from spec_lsp.report.families import families_found
    from spec_lsp.report.formats.as_text import plural

    entries, families = folder.workspace.index.entries, folder.settings.families
    for line in families_found(families, entries):
        say(line)
    rest = [each for path, each in entries.items() if not families.covering(path)]
    counts = Counter(each.kind for each in rest if each.is_spec)
    if not (found.templates or counts or families):
        say(
            "No templates and no documents of a known kind were found; name your templates in"
            " `templates` of spec-lsp.toml, put them into .spec-lsp/templates/, or see"
            " `spec-lsp template list` for the built-in ones"
        )
        return
    # What documents of a family follow is counted there.
    own = [
        (template.kind, template.path)
        for template in found.templates
        if counts[template.kind] or not _is_used(template, folder)
    ]
    builtin = [(kind, "built-in") for kind in sorted(counts.keys() - {kind for kind, _ in own})]
    width = max((len(kind) for kind, _ in (*own, *builtin)), default=0)
    for kind, path in (*own, *builtin):
        say(f"{kind:{width}}  {plural(counts[kind], 'document'):>13}  {path}")
    if others := sum(not each.is_spec for each in rest):
        say(f"{plural(others, 'other file')} without a template")


def _is_used(template: Template, folder: Folder) -> bool:
    """Whether documents of a family follow a template of the team's own."""
    entries = folder.workspace.index.entries.values()
    families = folder.settings.families
    return any(each.kind == template.kind and families.covering(each.path) for each in entries)


def _say_what_is_left_out(found: FoundTemplates) -> None:
    if not found.left_out:
        return
    say("Left out:")
    for path, reason in list(found.left_out.items())[:_SHOWN]:
        say(f"  {path}: {reason}")
    if len(found.left_out) > _SHOWN:
        say(f"  and {len(found.left_out) - _SHOWN} more")


def _say_the_worst(folder: Folder) -> None:
    """Name the problems to look at first."""
    from spec_lsp.cli.check.report import RuleSelection, report_on
    from spec_lsp.cli.folders import CheckTarget
    from spec_lsp.report.formats.as_overview import worst
    from spec_lsp.report.formats.as_text import Paint, head

    report = report_on([CheckTarget(folder)], RuleSelection())
    issues = worst(report.at_least("info"))[:_WORST]
    if issues:
        say("Worst problems:")
    for issue in issues:
        say(f"  {head(issue, Paint(is_on=False))}")
