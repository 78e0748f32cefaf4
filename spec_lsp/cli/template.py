"""`spec-lsp template`: what templates there are, and how they were understood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.formats import Format
from spec_lsp.cli.problem import CannotRunError, unknown
from spec_lsp.cli.terminal import has_colour, say, shown, write, write_data, write_source
from spec_lsp.printable import printable_json, printable_lines

if TYPE_CHECKING:
    from spec_lsp.template.model import Template

app = typer.Typer(help="Look at templates.", no_args_is_help=True)


@app.command("list")
def list_templates(
    *, output: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.text
) -> None:
    """List the templates in use here: the team's own, then the built-in ones."""
    found = _templates()
    if output is Format.json:
        write_data(printable_json([_brief(each) for each in found]))
        return
    from spec_lsp.report.as_text import table

    rows = [(each.kind, _shape(each), _where(each), each.description) for each in found]
    write(table([("KIND", "ID", "TEMPLATE", "FOR"), *rows]))


@app.command()
def show(
    template: Annotated[
        str, typer.Argument(help="A kind, or the path of a template.", metavar="KIND_OR_PATH")
    ],
    *,
    output: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.text,
) -> None:
    """Show the schema of a template: fields, sections, tables, checklists and IDs."""
    from spec_lsp.template.describe import describe, outline

    found = find_template(template)
    if output is Format.json:
        write_data(printable_json(describe(found)))
    else:
        write(printable_lines(outline(found)))


@app.command()
def lint(
    paths: Annotated[list[Path], typer.Argument(help="Templates to look at.", metavar="PATH…")],
) -> None:
    """Say what cannot be understood in templates, and how the rest was."""
    from spec_lsp.report.as_text import plural
    from spec_lsp.report.faults import render

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


@app.command()
def export(
    kind: Annotated[str, typer.Argument(help="The kind of the template.")],
    *,
    output: Annotated[
        Path | None, typer.Option(help="The file to write, or a folder; else standard output.")
    ] = None,
) -> None:
    """Write a template as Markdown, to start one of your own from."""
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
    """The template of a kind, or the one in a file."""
    from spec_lsp.template.kinds import by_name

    if name.endswith(".md") or "/" in name:
        if Path(name).exists():
            return _read(Path(name))
        raise CannotRunError(f"{name} does not exist")
    found = _templates()
    template = by_name(name, found)
    if not template:
        raise unknown("kind", name, [each.kind for each in found])
    return template


def _templates() -> tuple[Template, ...]:
    from spec_lsp.storage.discover import find_root, load

    return load(find_root(Path.cwd())).settings.templates


def _read(path: Path) -> Template:
    from spec_lsp.markdown import parse
    from spec_lsp.storage.files import read
    from spec_lsp.template.infer import infer

    reading = read(path)
    if reading.text is None:
        raise CannotRunError(f"{path} was not read: {reading.reason}")
    return infer(parse(shown(path.resolve()), reading.text))


def _brief(template: Template) -> dict[str, object]:
    return {
        "kind": template.kind,
        "title": template.name,
        "id": _shape(template),
        "path": template.path,
        "builtin": template.is_builtin,
        "description": template.description,
    }


def _shape(template: Template) -> str:
    pattern = template.id
    return f"{pattern.prefix}{'#' * pattern.digits}" if pattern else ""


def _where(template: Template) -> str:
    return "built-in" if template.is_builtin else template.path
