"""The slot at a position of a document: the starting point of every editor feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.heading_field import heading_field

if TYPE_CHECKING:
    from spec_lsp.markdown.nodes import Cell, Field, Item
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.match.binding import Binding
    from spec_lsp.template.match.sections import SectionMatch
    from spec_lsp.template.schema import FieldSlot, TableSlot

Part = Literal["heading", "name", "value", "cell", "item", "code", "comment", "matter", "body"]


@dataclass(frozen=True, slots=True)
class SlotPosition:
    """The slot position: what is at an offset of a document, and its slot."""

    offset: int
    part: Part
    section: Section
    match: SectionMatch | None = None
    field: Field | None = None
    field_slot: FieldSlot | None = None
    item: Item | None = None
    cell: Cell | None = None
    column: int = -1
    table_slot: TableSlot | None = None


def slot_at(binding: Binding, offset: int) -> SlotPosition:
    """The slot position of an offset in a bound document."""
    section = binding.document.section_at(offset)
    return _Locator(binding, section, binding.match_of(section), offset).spot()


@dataclass(frozen=True)
class _Locator:
    """Finds the narrowest node at one offset."""

    binding: Binding
    section: Section
    match: SectionMatch | None
    offset: int

    def spot(self) -> SlotPosition:
        section, offset = self.section, self.offset
        if section.heading and section.heading.span.holds(offset):
            return self._spot("heading")
        field = self._field()
        slot = self._field_slot(field) if field else None
        if field and (slot or field.style != "row"):
            part: Part = "name" if offset <= field.name_span.end else "value"
            return self._spot(part, field=field, field_slot=slot)
        if section.chunk.matter and offset < section.start + section.chunk.matter.end:
            return self._spot("matter")
        if any(fence.span.start < offset < fence.span.end for fence in section.fences):
            return self._spot("code")
        if any(comment.span.start < offset < comment.span.end for comment in section.comments):
            return self._spot("comment")
        return self._in_value() or self._in_table() or self._in_item() or self._spot("body")

    def _spot(self, part: Part, **more: object) -> SlotPosition:
        return SlotPosition(self.offset, part, self.section, self.match, **more)  # type: ignore[arg-type]

    def _field(self) -> Field | None:
        """The field on whose line the offset is, at or after its label."""
        line = self.binding.document.line_at(self.offset)
        found = None
        for field in self.section.fields:
            if field.span.start <= self.offset and (
                field.span.holds(self.offset) or line.holds(field.name_span.start)
            ):
                found = field
        if found and found.is_block and self.offset > line.end:
            return None
        if found and found.span.end < self.offset and self.offset > line.end:
            return None
        return found

    def _field_slot(self, field: Field) -> FieldSlot | None:
        for each in self.binding.fields:
            if each.field.span == field.span:
                return each.slot
        key = normalise_name(field.name)
        if self.match:
            return next((slot for slot in self.match.slot.fields if slot.key == key), None)
        return None

    def _in_value(self) -> SlotPosition | None:
        """The value of the section, on its lines; anywhere in a section without text."""
        slot = self.match.slot.value if self.match else None
        local = heading_field(self.section.chunk) if slot else None
        if not local:
            return None
        field = local.shift(self.section.start)
        first = self.binding.document.line_at(field.value_span.start).start
        last = self.binding.document.line_at(field.value_span.end).end
        is_here = first <= self.offset <= last or not field.value
        return self._spot("value", field=field, field_slot=slot) if is_here else None

    def _in_table(self) -> SlotPosition | None:
        for table in self.section.tables:
            if not table.span.holds(self.offset):
                continue
            slot = self._table_slot(tuple(cell.text for cell in table.header))
            for row, span in zip(table.rows, table.row_spans, strict=True):
                if span.holds(self.offset):
                    column, cell = _cell_at(row, self.offset)
                    return self._spot("cell", cell=cell, column=column, table_slot=slot)
            return self._spot("body", table_slot=slot)
        return None

    def _table_slot(self, header: tuple[str, ...]) -> TableSlot | None:
        if not self.match:
            return None
        same = [
            slot
            for slot in self.match.slot.tables
            if [c.casefold() for c in slot.columns] == [c.casefold() for c in header]
        ]
        return same[0] if same else None

    def _in_item(self) -> SlotPosition | None:
        line = self.binding.document.line_at(self.offset)
        for item in self.section.items:
            if line.holds(item.span.start):
                return self._spot("item", item=item)
        return None


def _cell_at(row: tuple[Cell, ...], offset: int) -> tuple[int, Cell | None]:
    """The cell that holds an offset, else the last cell that begins before it."""
    found: tuple[int, Cell | None] = (0, row[0] if row else None)
    for column, cell in enumerate(row):
        if cell.span.start <= offset + 1 or cell.span.holds(offset):
            found = (column, cell)
    return found
