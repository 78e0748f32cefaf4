"""Commands that show texts and places in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.features.edit.next_placeholder import next_placeholder as find_placeholder
from spec_lsp.features.edit.next_placeholder import placeholders
from spec_lsp.lsp import uris
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.rules.engine.model import RULE_PAGES
from spec_lsp.rules.engine.registry import rules
from spec_lsp.template.builtin import texts

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer

Answer = dict[str, Any] | None


def show_template(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the template of a document."""
    page = server.session.page(given["uri"])
    if not page or not page.binding:
        return None
    folder = server.session.locate(given["uri"])[0]
    template = page.binding.template.today or page.binding.template
    ruler = server.session.ruler(folder, template.path)
    heading = template.document.title_section
    span = heading.heading.text_span if heading and heading.heading else None
    at = _plain_range(ruler.range(span)) if ruler and span else None
    return {"uri": server.session.uri_of(folder, template.path), "range": at}


def template_text(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the text of a built-in template, or of the page of a rule."""
    from spec_lsp.rules.engine.pages import explain

    name = given["uri"].removeprefix(f"{uris.BUILTIN}:").lstrip("/").removesuffix(".md")
    code = name.removeprefix(RULE_PAGES)
    text = explain(code) if name != code and code in rules() else texts().get(name)
    return {"text": text} if text is not None else None


def open_document(server: SpecServer, given: dict[str, Any]) -> None:
    """Let the client show a document."""
    server.window_show_document(lsp.ShowDocumentParams(given["uri"], take_focus=True))


def next_placeholder(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the range of the next or previous placeholder, its number and their count."""
    session = server.session
    at = given["position"]
    place = session.place(given["uri"], at["line"], at["character"])
    if not place:
        return None
    backwards = bool(given.get("backwards"))
    stop = find_placeholder(place.page, place.offset, backwards=backwards)
    if not stop:
        return None
    at = PositionConverter(place.document, session.encoding).plain_range(stop.span)
    return {**at, "number": stop.number, "count": stop.count}


def tasks(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]] | None:
    """List the check boxes of an open document, with the place of the mark in each."""
    page = server.session.page(given["uri"])
    if not page:
        return None
    ruler = PositionConverter(page.document, server.session.encoding)
    return [
        {"text": item.text, "done": item.checked, "range": ruler.plain_range(item.box_span)}
        for section in page.document.sections
        for item in section.items
        if item.checked is not None and item.box_span
    ]


def preview(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return what a preview of an open document marks: its status and its placeholders."""
    page = server.session.page(given["uri"])
    if not page or not page.binding:
        return None
    texts_left = (page.document.text[each.start : each.end] for each in placeholders(page))
    return {
        "status": page.entry.status,
        "stage": page.entry.stage,
        "placeholders": sorted({each for each in texts_left if each.strip()}),
    }


def _plain_range(at: lsp.Range) -> dict[str, Any]:
    return {
        "start": {"line": at.start.line, "character": at.start.character},
        "end": {"line": at.end.line, "character": at.end.character},
    }
