"""What `spec-lsp new` is asked for, checked."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import CannotRunError, unknown

if TYPE_CHECKING:
    from spec_lsp.features.shared.place import Page
    from spec_lsp.storage.folder import Folder
    from spec_lsp.template.schema import Template


def find_kind(folder: Folder, kind: str) -> Template:
    """The template of a kind; a name that could be several kinds is refused."""
    settings, folded = folder.workspace.settings, kind.casefold()
    template = settings.template(kind)
    if template and template.kind.casefold() == folded:
        return template
    kinds = [each.kind for each in settings.templates]
    same = [each for each in kinds if each.rpartition("/")[2].casefold() == folded]
    if len(same) > 1:
        raise CannotRunError(f"“{kind}” can be {' or '.join(same)}")
    if not template:
        begun = [each for each in kinds if each.casefold().startswith(folded)]
        if len(begun) > 1:
            raise CannotRunError(f"“{kind}” can be {' or '.join(begun)}")
        raise unknown("kind", kind, kinds)
    return template


def source_page(folder: Folder, name: str, today: str, author: str) -> Page:
    """The document from `--from`, by its ID or its path."""
    from spec_lsp.features.shared.place import Page
    from spec_lsp.identifiers import key_of

    paths = [each.path for each in folder.workspace.index.owners(key_of(name))]
    here = directory_of(folder, Path(name)) if not paths else ""
    paths = paths or [here or ""]
    if len(paths) > 1:
        raise CannotRunError(f"{name} is defined in {' and '.join(paths)}; name the path instead")
    document = folder.texts.document(paths[0])
    entry = folder.workspace.entry(paths[0])
    if not document or not entry:
        raise CannotRunError(f"{name} is not defined here")
    binding = folder.binding(document)
    return Page(folder.workspace, document, binding, entry, folder.texts.document, today, author)


def kind_for(page: Page) -> Template:
    """The only kind that is made for documents of a kind, such as a plan for a bug."""
    from spec_lsp.features.shared.id_fields import takers

    label = page.entry.label
    settings = page.workspace.settings
    found = [each for each, _ in takers(page.binding.template, settings)] if page.binding else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise CannotRunError(f"No kind has a field for {label}")
    kinds = ", ".join(each.kind for each in found)
    raise CannotRunError(f"Several kinds have a field for {label}; name one of {kinds}")


def directory_in_unit(folder: Folder, template: Template, page: Page | None) -> str | None:
    """The unit of a document that belongs into one: that of its source, or the only one without."""
    from spec_lsp.workspace.unit_places import name_in_unit, units_without

    name = name_in_unit(folder.workspace, template)
    if not name:
        return None
    if page and page.entry.unit:
        return page.entry.unit
    units = units_without(folder.workspace, name)
    if len(units) == 1:
        return units[0]
    wanted = f"Name the folder of this {template.kind} with --dir"
    if not units:
        raise CannotRunError(f"{wanted}: each has a {name}")
    raise CannotRunError(f"{wanted}: {', '.join(units)}")


def one_line(title: str) -> str:
    line = " ".join(title.split())
    if not line:
        raise CannotRunError("The title is empty")
    return line


def checked_id(folder: Folder, template: Template, own_id: str) -> str:
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


def directory_of(folder: Folder, chosen: Path | None) -> str | None:
    """The folder from `--dir`, relative to the workspace."""
    if chosen is None:
        return None
    place = chosen.resolve()
    if not place.is_relative_to(folder.root):
        raise CannotRunError(f"{chosen} is outside {folder.root}; nothing was written")
    path = place.relative_to(folder.root).as_posix()
    return "" if path == "." else posixpath.normpath(path)


def given_fields(template: Template, given: list[str]) -> dict[str, str]:
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
