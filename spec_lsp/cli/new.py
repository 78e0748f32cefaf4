"""`spec-lsp new`: a ready document from a template."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.problem import CannotRunError, unknown
from spec_lsp.cli.terminal import say, shown, write_source

if TYPE_CHECKING:
    from spec_lsp.storage.project import Project
    from spec_lsp.template.model import Template


def new(
    kind: Annotated[str, typer.Argument(help="The kind of document, as `template list` shows it.")],
    title: Annotated[str, typer.Argument(help="Its title.")],
    *,
    own_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="Its ID, instead of the next free one.")
    ] = "",
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Where it goes, instead of where its kind goes.")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="The value of a field; may be repeated."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the document and write nothing.")
    ] = False,
) -> None:
    """Write a ready document: next free ID, today's date, your name from git."""
    from spec_lsp.cli.projects import open_here
    from spec_lsp.features.create import Order, new_file
    from spec_lsp.storage.history import author
    from spec_lsp.storage.today import today
    from spec_lsp.storage.write import RefusedError, create

    project = open_here()
    template = _template(project, kind)
    order = Order(
        template,
        _one_line(title),
        _checked_id(project, template, own_id),
        _directory(project, folder),
        today(),
        author(project.folder),
        _fields(template, given or []),
    )
    made = new_file(project.workspace, order)
    if not made.path:
        raise CannotRunError(f"a {template.kind} would go outside of {project.folder}")
    file = project.disk.at(made.path)
    if dry_run:
        say(f"{shown(file)} would hold:")
        write_source(f"\n{made.text}")
        return
    try:
        create(project.folder, made.path, made.text)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    project.read(made.path)
    entry = project.workspace.entry(made.path)
    name = f" {entry.id}" if entry and entry.id else ""
    say(f"Wrote {shown(file)}: {template.kind}{name} “{_one_line(title)}”")


def _template(project: Project, kind: str) -> Template:
    template = project.workspace.settings.template(kind)
    if not template:
        raise unknown("kind", kind, [each.kind for each in project.workspace.settings.templates])
    return template


def _one_line(title: str) -> str:
    line = " ".join(title.split())
    if not line:
        raise CannotRunError("a document needs a title")
    return line


def _checked_id(project: Project, template: Template, own_id: str) -> str:
    """An ID that the user chose, if it can be one and is free."""
    from spec_lsp.template.create import is_safe_id
    from spec_lsp.workspace.identity import id_in, key_of

    if not own_id:
        return ""
    pattern = template.id
    if not pattern:
        raise CannotRunError(f"documents of kind “{template.kind}” have no ID")
    found = id_in(own_id, pattern)
    if not is_safe_id(own_id) or not found or found[0] != own_id:
        shape = pattern.render(1) if pattern.prefix or pattern.digits else "login_throttle"
        raise CannotRunError(
            f"“{own_id}” cannot be the ID of a {template.kind} document; one looks like {shape}"
        )
    taken = next(iter(project.workspace.index.owners(key_of(own_id))), None)
    if taken:
        raise CannotRunError(f"{own_id} is taken by {taken.path}")
    return own_id


def _directory(project: Project, folder: Path | None) -> str | None:
    """The folder that the user chose, inside of the project."""
    if folder is None:
        return None
    place = folder.resolve()
    if not place.is_relative_to(project.folder):
        raise CannotRunError(f"{folder} lies outside of {project.folder}; nothing was written")
    path = place.relative_to(project.folder).as_posix()
    return "" if path == "." else posixpath.normpath(path)


def _fields(template: Template, given: list[str]) -> dict[str, str]:
    """The values that the user chose, by normalised field name."""
    from spec_lsp.template.choices import find_choice
    from spec_lsp.template.field_slots import normalise_name
    from spec_lsp.template.matter_values import is_list, is_map, members_of

    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise CannotRunError(f"`--set {each}` should read `--set Field=value`")
        slot = template.field(normalise_name(name))
        if not slot:
            raise unknown("field", name, [known.name for known in template.fields])
        if is_map(slot.node):
            raise CannotRunError(f"“{slot.name}” has keys of its own, which `--set` cannot write")
        value = " ".join(value.split())
        for member in members_of(value) if is_list(slot) else [value]:
            if slot.choices and not slot.choices.is_open and not find_choice(member, slot.choices):
                raise unknown(f"{slot.name}", member, slot.values)
        found[slot.key] = value
    return found
