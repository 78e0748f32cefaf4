"""Renaming a heading with its anchor and all links to it."""

from __future__ import annotations

import re
from functools import partial

from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import FileChange
from spec_lsp.features.shared.steps import Steps
from spec_lsp.features.shared.target import document_of, section_with, target_at
from spec_lsp.features.shared.update_links import followed
from spec_lsp.markdown.anchors import slug
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.markdown.section import Section
from spec_lsp.text import Edit, Span, apply

_AFTER_ID = re.compile(r"[*_`~\])]*(?:[ \t]*[:.–—-]+[*_`]*)?[ \t]*")


def heading_at(place: Place) -> tuple[Span, str] | None:
    """Return the heading at a place or its link target, as span in the open document and text."""
    found = _heading(place)
    if not found:
        return None
    document, section = found
    name = name_span(place, document, section)
    if document.path == place.page.path and name.holds(place.offset):
        return name, name.of(document.text)
    target = target_at(place)
    if place.reference and target:
        return target.origin, name.of(document.text)
    return name, name.of(document.text)


def rename_heading(place: Place, new: str) -> Steps[FileChange]:
    """Change the text of a heading and all links to it; refuse duplicate anchors."""
    found = _heading(place)
    if not found:
        return FileChange(refusal="No heading at this position")
    document, section = found
    new = " ".join(new.split())
    edit = Edit(name_span(place, document, section), new)
    after = parse(document.path, apply(document.text, [edit]))
    refusal = _refusal(document, section, after, new)
    if refusal:
        return FileChange(refusal=refusal)
    if edit.span.of(document.text) == new:
        return FileChange()
    read = partial(document_of, place.page)
    edits = yield from followed(place.workspace, read, {document.path: [edit]}, {})
    return FileChange(edits)


def name_span(place: Place, document: Document, section: Section) -> Span:
    """Return the span of a heading without a leading ID, which is renamed separately."""
    heading = section.heading
    if not heading:
        return Span(section.start, section.start)
    entry = place.workspace.entry(document.path)
    for defined in entry.defined if entry else ():
        if heading.text_span.covers(defined.span) and defined.span.start < defined.span.end:
            sign = _AFTER_ID.match(document.text, defined.span.end, heading.text_span.end)
            if sign and sign.end() < heading.text_span.end:
                return Span(sign.end(), heading.text_span.end)
    return heading.text_span


def _heading(place: Place) -> tuple[Document, Section] | None:
    section = place.document.section_at(place.offset)
    if section.heading and section.heading.span.holds(place.offset):
        return place.document, section
    reference = place.reference
    if not reference or not reference.anchor or not place.workspace.entry(reference.path):
        return None
    document = document_of(place.page, reference.path)
    linked = section_with(document, reference.anchor) if document else None
    return (document, linked) if document and linked and linked.heading else None


def _refusal(document: Document, section: Section, after: Document, new: str) -> str:
    """Return why a text cannot be used for a heading; empty if it can."""
    if not new:
        return "A heading cannot be empty"
    titles = [each.title for each in document.sections]
    wanted = [each.title for each in after.sections]
    if len(wanted) != len(titles) or wanted[: section.index] != titles[: section.index]:
        return f"“{new}” cannot be used in a heading"
    renamed = after.sections[section.index]
    if (
        not renamed.title.endswith(new)
        or wanted[section.index + 1 :] != titles[section.index + 1 :]
    ):
        return f"“{new}” cannot be used in a heading"
    anchor = slug(renamed.title)
    if not anchor:
        return f"“{new}” would leave the heading without an anchor"
    if document.anchors.get(anchor, section.index) != section.index:
        return f"Another heading in this document already has the anchor “#{anchor}”"
    return ""
