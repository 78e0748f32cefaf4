"""Jumping between placeholders, unchosen values and empty fields."""

from __future__ import annotations

from dataclasses import dataclass

from spec_lsp.features.shared.place import Page
from spec_lsp.template.match.content import unfilled
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.notation.choices import read_choices
from spec_lsp.text import Span
from spec_lsp.workspace.collect.progress import leftovers


@dataclass(frozen=True)
class PlaceToFill:
    """A place to fill in, its number and how many there are."""

    span: Span
    number: int
    count: int


def placeholders(page: Page) -> list[Span]:
    """Return placeholders, unchosen values, empty fields and template text in lists, in order."""
    binding = page.binding
    if not binding:
        return []
    found = {candidate.span for _, candidate in leftovers(binding)}
    found |= {each.field.value_span for each in binding.all_fields() if _waits(each)}
    for match in unfilled(binding):
        found |= {item.text_span for item in binding.section(match).items if item.text.strip()}
    for match in binding.sections:
        for table in binding.section(match).tables:
            cells = (cell for row in table.rows for cell in row)
            found |= {cell.span for cell in cells if read_choices(cell.text)}
    return [span for span in sorted(found) if not _lies_in_another(span, found)]


def next_placeholder(page: Page, offset: int, *, backwards: bool = False) -> PlaceToFill | None:
    """Return the nearest one after an offset, or before it; wraps around."""
    found = placeholders(page)
    if not found:
        return None
    if backwards:
        before = sum(span.end < offset for span in found)
        number = before or len(found)
    else:
        number = next((at for at, span in enumerate(found, 1) if span.start > offset), 1)
    return PlaceToFill(found[number - 1], number, len(found))


def _waits(match: FieldMatch) -> bool:
    """Whether a field is empty or still lists all choices."""
    field = match.field
    if not field.value:
        return match.slot.is_required and not field.is_block
    return bool(match.slot.choices and read_choices(field.value, field.name))


def _lies_in_another(span: Span, spans: set[Span]) -> bool:
    return any(other != span and other.covers(span) for other in spans)
