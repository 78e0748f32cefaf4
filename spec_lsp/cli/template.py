"""`spec-lsp template`: list, inspect, check, compare and export templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.complete import kinds, kinds_or_paths
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.find_template import found_template, loaded_here, settings_here
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP, Command, Group
from spec_lsp.cli.template_diff import diff
from spec_lsp.cli.template_lint import lint
from spec_lsp.cli.terminal import say, write, write_data, write_source
from spec_lsp.printable import printable_json, printable_lines

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template

app = typer.Typer(cls=Group, help="Inspect templates.", no_args_is_help=True, add_completion=False)
app.command(cls=Command)(lint)
app.command(cls=Command)(diff)


@app.command("list", cls=Command)
def list_templates(
    *, output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text
) -> None:
    """List the templates in use: your own, those of families, then the built-in ones."""
    root, loaded = loaded_here()
    settings = loaded.settings
    found = settings.templates
    if output is Format.json:
        write_data(printable_json([_brief(each) for each in found]))
        return
    from spec_lsp.features.show.why import source
    from spec_lsp.report.formats.as_text import table

    rows = [(each.kind, _shape(each), source(each), each.description) for each in found]
    write(table([("KIND", "ID", "TEMPLATE", "DESCRIPTION"), *rows]))
    if bases := settings.families.bases:
        from spec_lsp.report.families import family_table

        write(f"\n{family_table(bases)}")
    from spec_lsp.storage.find_templates import unread_beside

    if unread := [*unread_beside(root, loaded)]:
        write(f"\n{table([('NOT READ', 'REASON'), *unread])}")


@app.command(cls=Command)
def show(
    template: Annotated[
        str,
        typer.Argument(
            help="Kind, path or family.", metavar="KIND_OR_PATH", autocompletion=kinds_or_paths
        ),
    ],
    *,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """Show the schema of a template: fields, sections, tables, checklists and IDs.

    For a family, show its paths, kinds and IDs.
    """
    from spec_lsp.report.families import family_data, family_outline
    from spec_lsp.template.show.outline import describe
    from spec_lsp.template.show.understood import understood

    bases = [each for each in settings_here().families.bases if each.family.name == template]
    if output is Format.json:
        data = family_data(bases[0]) if bases else describe(found_template(template))
        write_data(printable_json(data))
    elif bases:
        write(printable_lines("\n".join(map(family_outline, bases))))
    else:
        write(printable_lines(understood(found_template(template))))


@app.command(cls=Command)
def export(
    kind: Annotated[str, typer.Argument(help="Kind of the template.", autocompletion=kinds)],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help=r"File or folder to write to. \[default: standard output]"
        ),
    ] = None,
) -> None:
    """Write a template as Markdown, as a starting point for your own."""
    template = found_template(kind)
    if output is None:
        write_source(template.document.text)
        return
    from spec_lsp.storage.write import RefusedError, create

    file = output / f"{template.kind}.md" if output.is_dir() or not output.suffix else output
    try:
        create(Path.cwd(), str(file), template.document.text)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    say(f"Wrote {file}")


def _brief(template: Template) -> dict[str, object]:
    return {
        "kind": template.kind,
        "title": template.name,
        "id": _shape(template),
        "path": template.path,
        "builtin": template.is_builtin,
        "family": template.family,
        "description": template.description,
    }


def _shape(template: Template) -> str:
    pattern = template.id
    return f"{pattern.prefix}{'#' * pattern.digits}" if pattern else ""
