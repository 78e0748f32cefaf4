"""Definition, declaration and type definition (the line of the template)."""

from __future__ import annotations

from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Location
from spec_lsp.features.shared.target import defining, landing
from spec_lsp.template.match.position import SlotPosition
from spec_lsp.template.read.earlier import span_today
from spec_lsp.template.schema import FieldSlot, SectionSlot, Template
from spec_lsp.text import Span
from spec_lsp.workspace.resolve import resolve


def definitions(place: Place) -> list[Location]:
    """Return the targets of the ID or link at a place; several for duplicate definitions."""
    if place.mention:
        found = resolve(place.workspace, place.entry, place.mention).places
        return [defining(each.path, each.what, place.mention.span) for each in found]
    if place.defined:
        return [defining(place.entry.path, place.defined, place.defined.span)]
    if place.reference:
        reference = place.reference
        origin = reference.span if reference.span.holds(place.offset) else reference.text_span
        location = landing(place.page, reference.path, reference.anchor, origin)
        return [location] if location else []
    return []


def declarations(place: Place) -> list[Location]:
    """Return the definitions: an ID is declared where it is defined."""
    return definitions(place)


def type_definitions(place: Place) -> list[Location]:
    """Return the template's line for the field, column or section at a place."""
    spot, binding = place.spot, place.page.binding
    if not spot or not binding:
        return []
    template = binding.template
    if spot.field and spot.field_slot:
        return [_field_line(template, spot.field_slot, spot)]
    if spot.match:
        return [_cell(template, spot) or _section(template, spot.match.slot, spot)]
    return [_title(template)] if spot.section in place.document.header_sections else []


def _field_line(template: Template, slot: FieldSlot, spot: SlotPosition) -> Location:
    node, field = slot.node, spot.field
    origin = None
    if field:
        origin = field.name_span if spot.part == "name" else field.value_span
    whole = Span(
        min(node.span.start, node.name_span.start), max(node.span.end, node.value_span.end)
    )
    return _location(template, node.name_span, whole, origin)


def _cell(template: Template, spot: SlotPosition) -> Location | None:
    slot = spot.table_slot
    if not slot or not 0 <= spot.column < len(slot.node.header):
        return None
    header = slot.node.header[spot.column]
    origin = spot.cell.span if spot.cell else None
    return _location(template, header.span, slot.node.span, origin)


def _section(template: Template, slot: SectionSlot, spot: SlotPosition) -> Location:
    section = slot.section
    heading = section.heading
    span = heading.text_span if heading else Span(section.start, section.start)
    whole = Span(section.start, template.document.subtree_end(section))
    own = spot.section.heading
    origin = own.text_span if own and own.span.holds(spot.offset) else None
    return _location(template, span, whole, origin)


def _title(template: Template) -> Location:
    section = template.document.title_section
    span = section.heading.text_span if section and section.heading else Span(0, 0)
    return _location(template, span, span)


def _location(template: Template, span: Span, whole: Span, origin: Span | None = None) -> Location:
    """The place in today's version, which is the one on the disk."""
    if not template.today:
        return Location(template.path, span, whole, origin)
    line = span_today(template, span)
    return Location(template.path, line, line, origin)
