"""The next list item that defines an ID, and missing check list items of the template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.compare import same_text
from spec_lsp.features.completion.ids import next_inner_number
from spec_lsp.features.completion.typed import Typed
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Completion
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import Definition
from spec_lsp.markdown.section import Section
from spec_lsp.template.schema import SectionSlot, Template
from spec_lsp.template.write.snippet import Part, Stop, cut, plain, strip, with_line_ends
from spec_lsp.template.write.tab_stops import placeholder_holes
from spec_lsp.text import Span, line_ending

_MARKER = re.compile(r"(?P<lead>\s*)(?P<marker>[-*+]|\d+[.)])?(?P<blank>\s*)(?P<box>\[.?\]?\s*)?")
_NUMBERED = re.compile(r"(?P<number>\d+)(?P<sign>[.)])")


def next_item(place: Place, typed: Typed) -> Iterator[Completion]:
    """Offer the next list item that defines an inner ID."""
    spot, binding = place.spot, place.page.binding
    if not spot or not binding or not spot.match or not _may_begin_item(typed.text):
        return
    shown = _sample(spot.match.slot)
    if not shown:
        return
    prefix = shown.identifier.prefix
    pattern = next((p for p in binding.template.ids if p.prefix == prefix), None)
    if not pattern:
        return
    text = pattern.render(next_inner_number(place.entry, prefix, place.offset))
    parts = _item_parts(binding.template, spot.match.slot, shown, text)
    parts = _renumbered(parts, _last_marker(place, spot.section))
    line = plain(parts).splitlines()[0].rstrip()
    yield Completion(
        label=f"{text}: …",
        kind="block",
        span=typed.span,
        parts=tuple(with_line_ends(parts, line_ending(place.document.text))),
        description="next",
        filter=line if typed.text.strip() else text,
        is_preselected=True,
    )


def checklist_items(place: Place, typed: Typed) -> Iterator[Completion]:
    """Offer check list items that the template has and the document lacks."""
    spot, binding = place.spot, place.page.binding
    marker = _MARKER.match(typed.text)
    if not spot or not spot.match or not binding or not marker or not marker["marker"]:
        return
    holes = binding.template.placeholders
    present = {same_text(item.text).casefold() for item in spot.section.items}
    rest = typed.text[marker.end() :].casefold()
    for rank, text in enumerate(spot.match.slot.checklist):
        if same_text(text).casefold() in present or rest not in text.casefold():
            continue
        if any(hole in text for hole in holes):
            continue
        line = f"{marker['lead']}{marker['marker']} [ ] {text}"
        yield Completion(
            label=text,
            kind="row",
            span=typed.span,
            parts=(line,),
            description="check list",
            filter=f"{marker[0]}{text}",
            rank=rank,
        )


def _may_begin_item(text: str) -> bool:
    """Whether a line is blank or has only the start of a list item and its ID."""
    match = _MARKER.match(text)
    rest = text[match.end() :] if match else text
    return bool(re.fullmatch(r"[*_]{0,2}[A-Za-z]*[-_]?\d*[*_]{0,2}", rest)) and (
        not rest or bool(match and match["marker"]) or rest.startswith("*")
    )


def _sample(slot: SectionSlot) -> Definition | None:
    """Return the template's first list item with such an ID."""
    for section in slot.samples:
        for definition in section.definitions:
            if definition.form in ("list", "checkbox"):
                return definition
    return None


def _item_parts(template: Template, slot: SectionSlot, shown: Definition, text: str) -> list[Part]:
    """Return the template's sample item with its lines and another ID."""
    document, section = template.document, slot.section
    start = document.line_at(shown.span.start).start
    span = shown.identifier.span
    holes = [hole for hole in placeholder_holes(template, section) if hole.span.start >= span.end]
    end = _item_end(document, section, start)
    head = document.text[start : span.start] + text
    parts = cut(document.text, span.end, end, holes)
    if not any(isinstance(part, Stop) for part in parts):
        tail = re.match(r"[*_]*:?[*_]*\s?", document.text[span.end : end])
        parts = [tail[0] if tail else " ", Stop("")]
    return strip([head, *parts])


def _item_end(document: Document, section: Section, start: int) -> int:
    """Return the end of the item at an offset: before the next item or a blank line."""
    text = document.text
    after = [
        document.line_at(item.span.start).start
        for item in section.items
        if item.span.start > start and item.depth <= _depth_at(document, section, start)
    ]
    end = min([*(at for at in after if at > start), section.end])
    blank = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?=\r|\n)").search(text, start, end)
    return blank.start() if blank else end


def _depth_at(document: Document, section: Section, start: int) -> int:
    line = document.line_at(start)
    return next((item.depth for item in section.items if line.holds(item.span.start)), 1)


def _last_marker(place: Place, section: Section) -> str:
    """Return the marker of the last defining item above the cursor."""
    own = place.line
    defined = [
        place.document.line_at(d.span.start)
        for d in section.definitions
        if d.form in ("list", "checkbox") and d.span.start < own.start
    ]
    markers = [
        item.marker for item in section.items if defined and defined[-1].holds(item.span.start)
    ]
    return markers[0] if markers else ""


def _renumbered(parts: list[Part], marker: str) -> list[Part]:
    """Replace the marker by that of the list, incremented if numbered."""
    first = parts[0] if parts and isinstance(parts[0], str) else ""
    shown = _MARKER.match(first)
    if not shown or not shown["marker"]:
        return parts
    last = _NUMBERED.fullmatch(marker.strip())
    new = f"{int(last['number']) + 1}{last['sign']}" if last else marker.strip() or shown["marker"]
    span = Span(*shown.span("marker"))
    return [first[: span.start] + new + first[span.end :], *parts[1:]]
