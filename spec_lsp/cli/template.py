"""`spec-lsp template`: list, inspect, check and export templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.errors import CannotRunError, unknown
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP, Command, Group
from spec_lsp.cli.terminal import has_colour, say, shown, write, write_data, write_source
from spec_lsp.printable import printable_json, printable_lines

if TYPE_CHECKING:
    from spec_lsp.storage.discover import Loaded
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.settings import Settings

app = typer.Typer(cls=Group, help="Inspect templates.", no_args_is_help=True)


@app.command("list", cls=Command)
def list_templates(
    *, output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text
) -> None:
    """List the templates in use: your own, those of families, then the built-in ones."""
    root, loaded = _loaded()
    settings = loaded.settings
    found = settings.templates
    if output is Format.json:
        write_data(printable_json([_brief(each) for each in found]))
        return
    from spec_lsp.report.formats.as_text import table

    rows = [(each.kind, _shape(each), _where(each), each.description) for each in found]
    write(table([("KIND", "ID", "TEMPLATE", "DESCRIPTION"), *rows]))
    if bases := settings.families.bases:
        from spec_lsp.report.families import family_table

        write(f"\n{family_table(bases)}")
    from spec_lsp.storage.unread_templates import unread_templates

    if unread := unread_templates(root, loaded):
        write(f"\n{table([('NOT READ', 'REASON'), *unread.items()])}")


@app.command(cls=Command)
def show(
    template: Annotated[str, typer.Argument(help="Kind, path or family.", metavar="KIND_OR_PATH")],
    *,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """Show the schema of a template: fields, sections, tables, checklists and IDs.

    For a family, show its paths, kinds and IDs.
    """
    from spec_lsp.report.families import family_data, family_outline
    from spec_lsp.template.show.outline import describe, outline

    bases = [each for each in _settings().families.bases if each.family.name == template]
    if output is Format.json:
        data = family_data(bases[0]) if bases else describe(find_template(template))
        write_data(printable_json(data))
    elif bases:
        write(printable_lines("\n".join(map(family_outline, bases))))
    else:
        write(printable_lines(outline(find_template(template))))


@app.command(cls=Command)
def lint(
    paths: Annotated[list[Path], typer.Argument(help="Templates to check.")],
) -> None:
    """Check templates, and count the fields and sections that were recognised."""
    from spec_lsp.report.formats.as_text import plural
    from spec_lsp.report.unreadable import render

    faulty = 0
    for path in paths:
        template = _read(path)
        faulty += bool(template.faults)
        if template.faults:
            write(render(str(path), template.document.text, template.faults, colour=has_colour()))
        sections = plural(len(template.slots), "section")
        fields = plural(len(template.fields), "field")
        say(f"{path}: {template.kind} ({template.name}), {fields}, {sections}")
    raise typer.Exit(1 if faulty else 0)


@app.command(cls=Command)
def export(
    kind: Annotated[str, typer.Argument(help="Kind of the template.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help=r"File or folder to write to. \[default: standard output]"
        ),
    ] = None,
) -> None:
    """Write a template as Markdown, as a starting point for your own."""
    template = find_template(kind)
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


def find_template(name: str) -> Template:
    """The template of a kind or at a path."""
    from spec_lsp.template.match.choose_template import by_name

    if name.endswith(".md") or "/" in name:
        if Path(name).exists():
            return _read(Path(name))
        raise CannotRunError(f"{name} does not exist")
    found = _settings().templates
    template = by_name(name, found)
    if not template:
        raise unknown("kind", name, [each.kind for each in found])
    return template


def _settings() -> Settings:
    return _loaded()[1].settings


def _loaded() -> tuple[Path, Loaded]:
    from spec_lsp.storage.discover import find_root, load

    root = find_root(Path.cwd())
    return root, load(root)


def _read(path: Path) -> Template:
    from spec_lsp.markdown.parse import parse
    from spec_lsp.storage.files import read
    from spec_lsp.template.read.infer import infer

    reading = read(path)
    if reading.text is None:
        raise CannotRunError(f"{path} cannot be read: {reading.reason}")
    return infer(parse(shown(path.resolve()), reading.text))


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


def _where(template: Template) -> str:
    if template.is_builtin:
        return f"built-in ({template.family})" if template.family else "built-in"
    return template.path
