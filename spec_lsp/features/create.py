"""New documents from templates: their text, their path, and the links between them and others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from spec_lsp.features.kinship import taking_field
from spec_lsp.features.place import Page
from spec_lsp.markdown.matter import list_values
from spec_lsp.rules.model import Change, Fix, NewFile
from spec_lsp.template.create import new_text, slug_id
from spec_lsp.template.matter_values import list_text
from spec_lsp.template.model import FieldSlot, Template
from spec_lsp.template.values import Values
from spec_lsp.text import Edit
from spec_lsp.workspace.creation import new_path
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.identity import key_of
from spec_lsp.workspace.workspace import Workspace


@dataclass(frozen=True)
class Order:
    """What a new document shall be. What is left empty is worked out."""

    template: Template
    title: str = ""
    id: str = ""
    directory: str | None = None
    today: str = ""
    author: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def new_file(workspace: Workspace, order: Order) -> NewFile:
    """A new document that follows a template, under a path where nothing stands yet.

    A folder outside of the workspace is not believed; then the document stands at its top.
    """
    values = values_of_order(workspace, order)
    path = new_path(workspace, order.template, values, order.directory)
    path = path or new_path(workspace, order.template, values, "")
    return NewFile(path, new_text(order.template, values))


def values_for(page: Page, template: Template, title: str = "") -> Values:
    """What is known of a page that becomes a document of a kind."""
    own = page.entry.id if page.binding and page.binding.template.kind == template.kind else ""
    directory = posixpath.dirname(page.path) if page.path else None
    order = Order(template, title, own, directory, page.today, page.author)
    return values_of_order(page.workspace, order)


def values_of_order(workspace: Workspace, order: Order) -> Values:
    """What is filled in: the ID given or the next free one, title, today, author."""
    template = order.template
    free = order.id or next_free_id(workspace, template, _directory(workspace, order))
    if not free and template.id and order.title:
        free = slug_id(order.title)
    return Values(order.title, free, order.today, order.author, order.fields)


def next_free_id(
    workspace: Workspace, template: Template, directory: str, besides: str = ""
) -> str:
    """The next ID that no other file has; bare numbers are counted by kind and folder."""
    pattern = template.id
    if not pattern or not (pattern.prefix or pattern.digits):
        return ""
    lead = key_of(pattern.prefix) if pattern.prefix else f"{template.kind}:{directory}:"
    own = f"{lead}{key_of(besides[len(pattern.prefix) :])}" if besides else ""
    numbers = [key[len(lead) :] for key, _ in workspace.index.ids(lead) if key != own]
    # Keys have no zeros in front, so that the longer number is the higher one.
    highest = max(filter(str.isdecimal, numbers), key=lambda each: (len(each), each), default="0")
    return pattern.render(int(highest) + 1)


def derived(page: Page, template: Template) -> Fix | None:
    """A document of another kind that carries this one further, linked at both ends."""
    source = page.binding.template if page.binding else None
    slot = taking_field(template, source, page.workspace.settings) if source else None
    if not source or not slot or not page.entry.id:
        return None
    order = Order(template, page.entry.title, today=page.today, author=page.author)
    planned = new_file(page.workspace, order)
    links = {slot.key: page.entry.id} if slot.kind != "link" else {}
    links |= _link_values(template, source, page.entry, posixpath.dirname(planned.path))
    order = Order(template, page.entry.title, today=page.today, author=page.author, fields=links)
    new_id = values_of_order(page.workspace, order).id
    made = NewFile(planned.path, new_text(template, values_of_order(page.workspace, order)))
    back = tuple(_back_links(page, template, new_id))
    return Fix(f"Create {phrase(template)} for {page.entry.id}", back, new_file=made)


def phrase(template: Template) -> str:
    """The name of a kind inside a sentence."""
    return template.name.lower() if not template.name.isupper() else template.name


def relative(source_directory: str, path: str) -> str:
    """A path as a link from a folder writes it."""
    return quote(posixpath.relpath(path, source_directory or "."), safe="/-._~")


def _directory(workspace: Workspace, order: Order) -> str:
    if order.directory is not None:
        return order.directory
    configured = workspace.settings.config.new.get(order.template.kind)
    return (configured.directory if configured else "") or order.template.directory


def _link_values(
    template: Template, source: Template, entry: Entry, directory: str
) -> dict[str, str]:
    """The values of link fields that mean the source: `Spec` means a "Bug Fix Specification"."""
    words = {word.casefold() for word in re.findall(r"\w+", source.document.title)}
    found = {}
    for slot in template.fields:
        if slot.kind == "link" and _is_called(slot, words):
            found[slot.key] = f"[{entry.id}]({relative(directory, entry.path)})"
    return found


def _is_called(slot: FieldSlot, words: Iterable[str]) -> bool:
    return any(len(slot.key) > 2 and word.startswith(slot.key) for word in words)


def _back_links(page: Page, template: Template, new_id: str) -> Iterator[Change]:
    """The new ID in the field of the source that is there for it."""
    binding = page.binding
    slot = taking_field(binding.template, template, page.workspace.settings) if binding else None
    if not binding or not slot or not new_id:
        return
    match = next((m for m in binding.all_fields() if m.slot.key == slot.key), None)
    if not match or match.slot.kind == "link":
        return
    known = {m.key for m in page.entry.mentions if match.field.value_span.covers(m.span)}
    if key_of(new_id) in known:
        return
    value = f"{match.field.value}, {new_id}" if known else new_id
    if match.field.style == "yaml" and match.field.value.startswith(("[", "-")):
        members = [*(list_values(match.field.value) if known else ()), new_id]
        value = list_text(page.document.text, match.field, members)
    span = match.field.value_span
    lead = " " if page.document.text[span.start - 1] == ":" else ""
    yield Change(page.path, Edit(span, lead + value))
