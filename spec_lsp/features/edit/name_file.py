"""The action that names a file like the other documents of its kind."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial

from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Action
from spec_lsp.features.shared.steps import finish
from spec_lsp.features.shared.target import document_of
from spec_lsp.features.shared.update_links import followed
from spec_lsp.rules.engine.model import Change, Fix
from spec_lsp.template.write.values import Values
from spec_lsp.workspace.name_shapes import has_lead
from spec_lsp.workspace.new_path import new_path
from spec_lsp.workspace.unit_places import name_in_unit


def name_file(page: Page, kind: str) -> Iterator[Action]:
    """Offer a name with the ID, the number or the date that names of this kind begin with.

    A file whose name begins with any of these keeps it.
    """
    path = _wanted_path(page)
    if path:
        title = f"Rename file to {posixpath.basename(path)}"
        yield Action(title, kind, partial(_renamed, page, path, title))


def _wanted_path(page: Page) -> str:
    """The path with the usual name; empty if the file has such a name already."""
    binding, entry = page.binding, page.entry
    if not binding or not entry.is_spec or not page.path or _has_lead(page, page.path):
        return ""
    template = binding.template
    if name_in_unit(page.workspace, template):
        return ""
    is_open = page.document.title == template.document.title and entry.id
    values = Values("" if is_open else entry.title, entry.id, page.today, page.author)
    folder = posixpath.dirname(page.path)
    path = new_path(page.workspace, template, values, folder, besides=page.path)
    return path if path and _has_lead(page, path) else ""


def _has_lead(page: Page, path: str) -> bool:
    pattern = page.binding.template.id if page.binding else None
    return has_lead(posixpath.splitext(posixpath.basename(path))[0], pattern)


def _renamed(page: Page, path: str, title: str) -> Fix:
    """The rename, with the links from and to the file."""
    read = partial(document_of, page)
    found = finish(followed(page.workspace, read, {}, {page.path: path}))
    changes = (Change(each, edit) for each, edits in found.items() for edit in edits)
    return Fix(title, tuple(changes), rename=(page.path, path))
