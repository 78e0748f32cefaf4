"""The action that creates a document from another one, with links in both directions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from spec_lsp.features.shared.id_fields import taking_field
from spec_lsp.features.shared.new_document import (
    DocumentRequest,
    new_file,
    phrase,
    relative,
    values_of_order,
)
from spec_lsp.features.shared.place import Page
from spec_lsp.identifiers import key_of
from spec_lsp.markdown.front_matter import list_values
from spec_lsp.rules.engine.model import Change, Fix, NewFile
from spec_lsp.template.schema import FieldSlot, Template
from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.yaml_values import list_text
from spec_lsp.text import Edit, Span, line_ending
from spec_lsp.workspace.entry import Entry

# Sections whose list may name another document, the most specific first.
_REFERENCES = (
    re.compile(r"internal references", re.IGNORECASE),
    re.compile(r"related (?:documents?|plans?|specs?|specifications?|work)", re.IGNORECASE),
    re.compile(r"references|related|links|see also", re.IGNORECASE),
)


def derived(page: Page, template: Template, order: DocumentRequest | None = None) -> Fix | None:
    """Create a document of another kind for this one, with links in both directions.

    `order` has what is known of the new document; by default, the title of this one.
    """
    source = page.binding.template if page.binding else None
    slot = taking_field(template, source, page.workspace.settings) if source else None
    if not source or not slot or not page.entry.id:
        return None
    order = order or DocumentRequest(
        template, page.entry.title, today=page.today, author=page.author
    )
    planned = new_file(page.workspace, order)
    links = {slot.key: page.entry.id} if slot.kind != "link" else {}
    links |= _link_values(template, source, page.entry, posixpath.dirname(planned.path))
    order = replace(order, fields={**links, **order.fields})
    values = values_of_order(page.workspace, order)
    made = NewFile(planned.path, partial(new_text, template, values))
    back = tuple(_back_links(page, template, values.id))
    back = back or tuple(_listed(page, values.id, planned.path))
    return Fix(f"Create {phrase(template)} for {page.entry.id}", back, new_file=made)


def _link_values(
    template: Template, source: Template, entry: Entry, directory: str
) -> dict[str, str]:
    """Return the values of link fields for the source: `Spec` is a "Bug Fix Specification"."""
    words = {word.casefold() for word in re.findall(r"\w+", source.document.title)}
    found = {}
    for slot in template.fields:
        if slot.kind == "link" and _is_called(slot, words):
            found[slot.key] = f"[{entry.id}]({relative(directory, entry.path)})"
    return found


def _is_called(slot: FieldSlot, words: Iterable[str]) -> bool:
    return any(len(slot.key) > 2 and word.startswith(slot.key) for word in words)


def _back_links(page: Page, template: Template, new_id: str) -> Iterator[Change]:
    """Add the new ID to the matching field of the source."""
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


def _listed(page: Page, new_id: str, path: str) -> Iterator[Change]:
    """Add a link to the list of the section for references, if the source has one."""
    document = page.document
    keys = {mention.key for mention in page.entry.mentions}
    found = [each for each in document.sections if each.level and each.items]
    ranked = (
        section
        for title in _REFERENCES
        for section in found
        if title.fullmatch(section.title) and section.items[-1].span.end <= document.footer_start
    )
    section = next(ranked, None)
    if not section or not new_id or key_of(new_id) in keys:
        return
    last = section.items[-1]
    line = document.line_at(last.span.start)
    lead = document.text[line.start : last.text_span.start]
    link = f"[{new_id}]({relative(posixpath.dirname(page.path), path)})"
    end = document.line_at(max(last.span.end - 1, last.span.start)).end
    start = f"{line_ending(document.text)}{lead}"
    yield Change(page.path, Edit(Span(end, end), f"{start}{link}"))
