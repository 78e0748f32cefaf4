"""`spec-lsp new`: create a document from a template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.ask import ask_fields, ask_kind, ask_text, can_ask
from spec_lsp.cli.complete import ids, kinds
from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.formats import Format
from spec_lsp.cli.help import FORMAT_HELP
from spec_lsp.cli.new_request import (
    checked_id,
    directory_in_unit,
    directory_of,
    find_kind,
    given_fields,
    kind_for,
    one_line,
    source_page,
)
from spec_lsp.cli.terminal import say, shown, write_data, write_source
from spec_lsp.markdown.parse import parse

if TYPE_CHECKING:
    from spec_lsp.features.shared.new_document import DocumentRequest
    from spec_lsp.features.shared.place import Page
    from spec_lsp.rules.engine.model import NewFile
    from spec_lsp.storage.folder import Folder
    from spec_lsp.template.schema import FieldSlot
    from spec_lsp.text import Edit

_FEW = 5  # places to fill in that are listed


def new(
    kind: Annotated[
        str, typer.Argument(help="Kind of document, from `template list`.", autocompletion=kinds)
    ] = "",
    title: Annotated[str, typer.Argument(help="Title of the document.")] = "",
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
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="ID",
            help="Document to make this one for; links both.",
            autocompletion=ids,
        ),
    ] = "",
    opens: Annotated[
        bool, typer.Option("--open", help="Open the document in your VISUAL or EDITOR.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the document; write nothing.")
    ] = False,
    output: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.text,
) -> None:
    """Create a document with the next free ID, today's date and your name from git.

    Without arguments, ask for the kind, the title and the fields.
    """
    from spec_lsp.cli.folders import open_here
    from spec_lsp.storage.clock import today
    from spec_lsp.storage.history import author
    from spec_lsp.storage.host.editor import editor_command, run_editor

    if opens and dry_run:
        raise CannotRunError("--open and --dry-run cannot be combined")
    opened = open_here()
    command = editor_command(opened.root) if opens else None
    if opens and not command:
        raise CannotRunError("--open needs the name of an editor in VISUAL or EDITOR")
    name, day = author(opened.root), today()
    page = source_page(opened, source, day, name) if source else None
    order = _asked(opened, kind, title, page)
    template = order.template
    chosen = directory_of(opened, folder)
    order = replace(
        order,
        id=checked_id(opened, template, own_id),
        directory=directory_in_unit(opened, template, page) if chosen is None else chosen,
        today=day,
        author=name,
        fields={**order.fields, **given_fields(template, given or [])},
    )
    path = _create(opened, order, page, output, is_dry=dry_run)
    if command:
        raise typer.Exit(run_editor(command, opened.at(path)))


def _asked(opened: Folder, kind: str, title: str, page: Page | None) -> DocumentRequest:
    """The kind and the title from the command line, else from the source or the user."""
    from spec_lsp.features.shared.new_document import DocumentRequest

    asks = not kind and not page and can_ask()
    if asks:
        template = ask_kind(opened.workspace.settings.templates)
    elif kind:
        template = find_kind(opened, kind)
    elif page:
        template = kind_for(page)
    else:
        kinds = ", ".join(each.kind for each in opened.workspace.settings.templates)
        raise CannotRunError(f"Name the kind and the title; kinds: {kinds}")
    if not title and not page:
        if not can_ask():
            raise CannotRunError("The title is missing")
        title = ask_text("Title")
    order = DocumentRequest(template, one_line(title) if title or not page else page.entry.title)
    return replace(order, fields=ask_fields(_unknown(order))) if asks else order


def _unknown(order: DocumentRequest) -> list[FieldSlot]:
    """The fields that have no known value."""
    from spec_lsp.template.write.values import Values, known_value
    from spec_lsp.template.write.yaml_values import is_map

    known = Values(order.title, "-", "2000-01-01", "-")
    return [
        slot
        for slot in order.template.fields
        if slot.is_required
        and (slot.placeholder or slot.choices or not slot.default)
        and not is_map(slot.node)
        and known_value(slot, known, order.template) is None
    ]


def _create(
    opened: Folder, order: DocumentRequest, page: Page | None, output: Format, *, is_dry: bool
) -> str:
    """Write the document and the link to it, and report both; return the path."""
    from spec_lsp.storage.write import RefusedError, save
    from spec_lsp.text import apply

    made, edits = _planned(opened, order, page)
    if not made.path:
        kind = order.template.kind
        raise CannotRunError(
            f"The folder for kind “{kind}” is outside {opened.root}; nothing was written"
        )
    texts: dict[str, tuple[str | None, str]] = {made.path: (None, made.text)}
    if page and edits:
        texts[page.path] = page.document.text, apply(page.document.text, edits)
    if not is_dry:
        try:
            save(opened.root, texts)
        except RefusedError as refused:
            raise CannotRunError(str(refused)) from None
    # The template is known: the others need not be inferred.
    opened.workspace.settings = opened.settings.narrowed(order.template)
    opened.edit(parse(made.path, made.text))
    _report(opened, order, made, [*texts][1:], output, is_dry=is_dry)
    return made.path


def _planned(
    opened: Folder, order: DocumentRequest, page: Page | None
) -> tuple[NewFile, list[Edit]]:
    """The new document, and the edits of its source that link to it."""
    from spec_lsp.features.edit.create_document import derived
    from spec_lsp.features.shared.new_document import new_file

    if not page:
        return new_file(opened.workspace, order), []
    fix = derived(page, order.template, order)
    if not fix or not fix.new_file:
        raise CannotRunError(f"Kind “{order.template.kind}” has no field for {page.entry.label}")
    return fix.new_file, [change.edit for change in fix.changes]


def _report(
    opened: Folder,
    order: DocumentRequest,
    made: NewFile,
    linked: list[str],
    output: Format,
    *,
    is_dry: bool,
) -> None:
    from spec_lsp.features.shared.open_places import open_places
    from spec_lsp.printable import printable_json

    entry = opened.workspace.entry(made.path)
    file = shown(opened.at(made.path))
    found = opened.diagnose(made.path, order.today).shown
    places = open_places(parse(made.path, made.text), found)
    if output is Format.json:
        data: dict[str, object] = {
            "path": file,
            "kind": order.template.kind,
            "id": (entry.id if entry else "") or None,
            "title": order.title,
            "written": not is_dry,
            "linked": [shown(opened.at(path)) for path in linked],
            "places": [{"name": each.name, "line": each.line} for each in places],
        }
        write_data(printable_json(data | ({"text": made.text} if is_dry else {})))
        return
    if is_dry:
        say(f"{file} would contain:")
        write_source(f"\n{made.text}")
        return
    name = f" {entry.id}" if entry and entry.id else ""
    say(f"Wrote {file}: {order.template.kind}{name} “{order.title}”")
    for path in linked:
        say(f"Linked it in {shown(opened.at(path))}")
    if places:
        listed = ", ".join(f"{each.name} (line {each.line})" for each in places[:_FEW])
        more = f" and {len(places) - _FEW} more" if len(places) > _FEW else ""
        say(f"Fill in {listed}{more}")
