"""New documents from templates: text, values and path."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import quote

from spec_lsp.features.shared.place import Page
from spec_lsp.rules.engine.model import NewFile
from spec_lsp.template.schema import Template
from spec_lsp.template.write.file_name import new_text, slug_id
from spec_lsp.template.write.values import Values
from spec_lsp.workspace.habits import habit_of
from spec_lsp.workspace.new_path import new_path, place_of
from spec_lsp.workspace.numbers import next_number, next_number_in
from spec_lsp.workspace.workspace import Workspace

_LEADING = re.compile(r"(?P<number>\d{1,6})(?:\.[ \t]|-(?!\d))")


@dataclass(frozen=True)
class DocumentRequest:
    """The request for a new document; empty values are computed."""

    template: Template
    title: str = ""
    id: str = ""
    directory: str | None = None
    today: str = ""
    author: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def new_file(workspace: Workspace, order: DocumentRequest) -> NewFile:
    """Create a document from a template at a free path.

    A folder outside the workspace is replaced by its root.
    """
    values = values_of_order(workspace, order)
    path = new_path(workspace, order.template, values, order.directory)
    path = path or new_path(workspace, order.template, values, "")
    titled = replace(values, title=_numbered_title(workspace, order, path))
    return NewFile(path, partial(new_text, order.template, titled))


def values_for(page: Page, template: Template, title: str = "") -> Values:
    """Return the known values for turning a page into a document of a kind."""
    own = page.entry.id if page.binding and page.binding.template.kind == template.kind else ""
    directory = posixpath.dirname(page.path) if page.path else None
    order = DocumentRequest(template, title, own, directory, page.today, page.author)
    return values_of_order(page.workspace, order)


def values_of_order(workspace: Workspace, order: DocumentRequest) -> Values:
    """Return the values: the given or next free ID, title, today, author."""
    template = order.template
    free = order.id or next_free_id(workspace, template, _directory(workspace, order))
    if not free and template.id and order.title:
        free = slug_id(order.title)
    return Values(order.title, free, order.today, order.author, order.fields)


def next_free_id(
    workspace: Workspace, template: Template, directory: str, besides: str = ""
) -> str:
    """Return the next free ID; bare numbers are counted by kind and folder."""
    habit = habit_of(workspace, template)
    pattern = habit.id if habit else template.id
    if not pattern or not (pattern.prefix or pattern.digits):
        return ""
    if pattern.prefix:
        return pattern.render(next_number(workspace, pattern.prefix, besides))
    return pattern.render(next_number_in(workspace, directory, template.kind, besides))


def phrase(template: Template) -> str:
    """Return the name of a kind for use in a sentence."""
    return template.name.lower() if not template.name.isupper() else template.name


def relative(source_directory: str, path: str) -> str:
    """Return a path relative to a folder, for a link."""
    return quote(posixpath.relpath(path, source_directory or "."), safe="/-._~")


def _numbered_title(workspace: Workspace, order: DocumentRequest, path: str) -> str:
    """The title after the number of its file, if most documents of the kind are titled so."""
    entries = [e for e in workspace.index.entries.values() if e.kind == order.template.kind]
    numbered = [e for e in entries if _number(e.title) is not None]
    alike = [e for e in numbered if _number(e.title) == _number(posixpath.basename(e.path))]
    number = _number(posixpath.basename(path))
    is_usual = order.title and number is not None and 2 * len(alike) > len(entries)
    return f"{number}. {order.title}" if is_usual else order.title


def _number(text: str) -> int | None:
    """The number at the start of a title, `12. Use SQLite`, or of a file name."""
    found = _LEADING.match(text)
    return int(found["number"]) if found else None


def _directory(workspace: Workspace, order: DocumentRequest) -> str:
    if order.directory is not None:
        return order.directory
    return place_of(workspace, order.template)[0]
