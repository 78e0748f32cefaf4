"""The target at a place: a document, an ID or a heading; for navigation and renaming."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Location
from spec_lsp.identifiers import prefix_of
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.memo import once
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Defined, Mention, Reference
from spec_lsp.workspace.link_targets import target_path
from spec_lsp.workspace.resolve import resolve

_CARRIED = ("field", "title", "file")


@dataclass(frozen=True, slots=True)
class Target:
    """A named target; `origin` is the span of its name in the open document.

    A `document` has `paths`, several for duplicate IDs, and its own ID as `key`. An `id` is global
    without being the own ID of a document; an `inner` one belongs to a document. A `heading` has an
    anchor, as does an ID that is defined in a heading.
    """

    kind: Literal["document", "id", "inner", "heading"]
    origin: Span
    paths: tuple[str, ...] = ()
    key: str = ""
    anchor: str = ""


def target_at(place: Place) -> Target | None:
    """Return the target at a place."""
    if place.mention:
        return _mentioned(place, place.mention)
    if place.defined:
        return _defined(place, place.defined)
    if place.reference:
        return _linked(place, place.reference)
    return _headed(place)


def document_of(page: Page, path: str) -> Document | None:
    """Return any file of the workspace as a document."""
    return page.document if path == page.path else page.read(path)


def landing(page: Page, path: str, anchor: str = "", origin: Span | None = None) -> Location | None:
    """Return the location of a link target: a heading, a document's title, or the top of a file."""
    path = target_path(page.workspace, page.path, path)
    entry = page.workspace.entry(path)
    if anchor:
        document = document_of(page, path)
        found = _anchored(document, anchor) if document else None
        return Location(path, *found, origin) if found else None
    if entry:
        span = entry.title_span or Span(0, 0)
        return Location(path, span, span, origin)
    top = Span(0, 0)
    return Location(path, top, top, origin) if path and page.workspace.files.exists(path) else None


def section_with(document: Document, anchor: str) -> Section | None:
    """Return the section with an anchor, ignoring case like browsers."""
    index = document.anchors.get(anchor, document.anchors.get(anchor.lower()))
    return None if index is None else document.sections[index]


def anchor_of(document: Document, section: Section) -> str:
    """Return the anchor of a section's heading."""
    return next((name for name, at in document.anchors.items() if at == section.index), "")


def defining(path: str, defined: Defined, origin: Span | None = None) -> Location:
    """Return the definition of an ID: the ID, or the title if the ID is only in the file name."""
    span = defined.span if defined.span.start < defined.span.end else defined.name_span
    whole = Span(min(span.start, defined.name_span.start), max(span.end, defined.name_span.end))
    return Location(path, span, whole, origin)


def own_key(entry: Entry) -> str:
    """Return the key of a document's own ID; a log of decisions has none."""
    return next((d.key for d in entry.defined if d.is_own and d.form in _CARRIED), "")


def own_keys(entry: Entry | None) -> frozenset[str]:
    """Return the keys of the global IDs that a file defines."""
    return once(entry, _own_keys) if entry else frozenset()


def _own_keys(entry: Entry) -> frozenset[str]:
    return frozenset(each.key for each in entry.unplaced("defined") if each.is_own)


def _anchored(document: Document, anchor: str) -> tuple[Span, Span] | None:
    """Return the heading with an anchor and its section, otherwise the HTML or attribute anchor."""
    section = section_with(document, anchor)
    if section and section.heading:
        whole = Span(section.start, document.subtree_end(section))
        return section.heading.text_span, whole
    name = re.escape(anchor)
    pattern = rf"(?:\b(?:id|name)\s*=\s*[\"']|\{{[^{{}}]*#){name}(?=[\"'\s}}])"
    match = re.search(pattern, document.text)
    if not match:
        return None
    span = Span(match.end() - len(anchor), match.end())
    return span, document.line_at(span.start)


def _mentioned(place: Place, mention: Mention) -> Target | None:
    places = resolve(place.workspace, place.entry, mention).places
    if places:
        paths = tuple(dict.fromkeys(found.path for found in places))
        return _id_target(place, places[0].path, places[0].what, mention.span, paths)
    if mention.owner:
        return None
    workspace, prefix = place.workspace, prefix_of(mention.text)
    if prefix in workspace.settings.ids.own or workspace.index.carries(prefix):
        return Target("id", mention.span, key=mention.key)
    return Target("inner", mention.span, (place.entry.path,), mention.key)


def _defined(place: Place, defined: Defined) -> Target:
    path = place.entry.path
    others = place.workspace.index.owners(defined.key) if defined.is_own else []
    paths = tuple(dict.fromkeys((path, *(entry.path for entry in others))))
    return _id_target(place, path, defined, defined.span, paths)


def _id_target(
    place: Place, path: str, defined: Defined, origin: Span, paths: tuple[str, ...]
) -> Target:
    if defined.is_own and defined.form in _CARRIED:
        return Target("document", origin, paths, defined.key)
    document = document_of(place.page, path) if defined.form == "heading" else None
    anchor = anchor_of(document, document.section_at(defined.span.start)) if document else ""
    return Target("id" if defined.is_own else "inner", origin, paths, defined.key, anchor)


def _linked(place: Place, reference: Reference) -> Target | None:
    entry = place.workspace.entry(reference.path)
    origin = reference.span if reference.span.holds(place.offset) else reference.text_span
    if not entry:
        return None
    if reference.anchor:
        return Target("heading", origin, (reference.path,), anchor=reference.anchor)
    return Target("document", origin, (reference.path,), own_key(entry))


def _headed(place: Place) -> Target | None:
    document = place.document
    section = document.section_at(place.offset)
    heading = section.heading
    if not heading or not heading.span.holds(place.offset):
        return None
    path, origin = place.entry.path, heading.text_span
    if section == document.title_section:
        return Target("document", origin, (path,), own_key(place.entry))
    anchor = anchor_of(document, section)
    for defined in place.entry.defined:
        if defined.form == "heading" and heading.span.covers(defined.span):
            kind: Literal["id", "inner"] = "id" if defined.is_own else "inner"
            return Target(kind, origin, (path,), defined.key, anchor)
    return Target("heading", origin, (path,), anchor=anchor)
