"""`spec-lsp new`: create a document from a template."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.errors import CannotRunError, unknown
from spec_lsp.cli.terminal import say, shown, write_source

if TYPE_CHECKING:
    from spec_lsp.storage.folder import Folder
    from spec_lsp.template.schema import Template


def new(
    kind: Annotated[str, typer.Argument(help="Kind of document, from `template list`.")],
    title: Annotated[str, typer.Argument(help="Title of the document.")],
    *,
    own_id: Annotated[
        str,
        typer.Option("--id", metavar="ID", help=r"ID of the document. \[default: next free ID]"),
    ] = "",
    folder: Annotated[
        Path | None,
        typer.Option(
            "--dir", metavar="DIR", help=r"Folder of the document. \[default: folder of its kind]"
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Set a field; may be repeated."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the document; write nothing.")
    ] = False,
) -> None:
    """Create a document with the next free ID, today's date and your name from git."""
    from spec_lsp.cli.folders import open_here
    from spec_lsp.features.shared.new_document import DocumentRequest, new_file
    from spec_lsp.storage.clock import today
    from spec_lsp.storage.history import author
    from spec_lsp.storage.write import RefusedError, create

    opened = open_here()
    template = _template(opened, kind)
    order = DocumentRequest(
        template,
        _one_line(title),
        _checked_id(opened, template, own_id),
        _directory(opened, folder),
        today(),
        author(opened.root),
        _fields(template, given or []),
    )
    made = new_file(opened.workspace, order)
    if not made.path:
        raise CannotRunError(
            f"The folder for kind “{template.kind}” is outside {opened.root}; nothing was written"
        )
    file = opened.at(made.path)
    if dry_run:
        say(f"{shown(file)} would contain:")
        write_source(f"\n{made.text}")
        return
    try:
        create(opened.root, made.path, made.text)
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    opened.refresh([made.path])
    entry = opened.workspace.entry(made.path)
    name = f" {entry.id}" if entry and entry.id else ""
    say(f"Wrote {shown(file)}: {template.kind}{name} “{_one_line(title)}”")


def _template(folder: Folder, kind: str) -> Template:
    template = folder.workspace.settings.template(kind)
    if not template:
        raise unknown("kind", kind, [each.kind for each in folder.workspace.settings.templates])
    return template


def _one_line(title: str) -> str:
    line = " ".join(title.split())
    if not line:
        raise CannotRunError("The title is empty")
    return line


def _checked_id(folder: Folder, template: Template, own_id: str) -> str:
    """The ID from `--id`, checked to be valid and unused."""
    from spec_lsp.identifiers import key_of
    from spec_lsp.template.write.file_name import is_safe_id
    from spec_lsp.workspace.known_ids import id_in

    if not own_id:
        return ""
    pattern = template.id
    if not pattern:
        raise CannotRunError(f"Documents of kind “{template.kind}” have no ID")
    found = id_in(own_id, pattern)
    if not is_safe_id(own_id) or not found or found[0] != own_id:
        shape = pattern.render(1) if pattern.prefix or pattern.digits else "login_throttle"
        raise CannotRunError(
            f"“{own_id}” is not a valid ID for kind “{template.kind}”; expected one like {shape}"
        )
    taken = next(iter(folder.workspace.index.owners(key_of(own_id))), None)
    if taken:
        raise CannotRunError(f"{own_id} is already used by {taken.path}")
    return own_id


def _directory(folder: Folder, chosen: Path | None) -> str | None:
    """The folder from `--dir`, relative to the workspace."""
    if chosen is None:
        return None
    place = chosen.resolve()
    if not place.is_relative_to(folder.root):
        raise CannotRunError(f"{chosen} is outside {folder.root}; nothing was written")
    path = place.relative_to(folder.root).as_posix()
    return "" if path == "." else posixpath.normpath(path)


def _fields(template: Template, given: list[str]) -> dict[str, str]:
    """The values from `--set`, by normalised field name."""
    from spec_lsp.compare import normalise_name
    from spec_lsp.template.notation.choices import find_choice
    from spec_lsp.template.write.yaml_values import is_list, is_map, members_of

    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise CannotRunError(f"`--set {each}` must have the form `--set FIELD=VALUE`")
        slot = template.field(normalise_name(name))
        if not slot:
            raise unknown("field", name, [known.name for known in template.fields])
        if is_map(slot.node):
            raise CannotRunError(f"“{slot.name}” has nested keys, which `--set` cannot write")
        value = " ".join(value.split())
        for member in members_of(value) if is_list(slot) else [value]:
            if slot.choices and not slot.choices.is_open and not find_choice(member, slot.choices):
                raise unknown(f"{slot.name}", member, slot.values)
        found[slot.key] = value
    return found
