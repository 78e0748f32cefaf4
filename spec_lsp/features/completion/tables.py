"""Tables: the value of the cell at the cursor, and the next row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.features.completion import values
from spec_lsp.features.completion.typed import Typed
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Completion, Completions
from spec_lsp.markdown.nodes import Table
from spec_lsp.template.notation.choices import Choices, find_choice
from spec_lsp.template.schema import Lifecycle, TableSlot, Template
from spec_lsp.template.write.fill import table_row
from spec_lsp.template.write.snippet import Part, Stop, plain
from spec_lsp.text import Span

_BAR = re.compile(r"(?<!\\)\|")
_DATE = re.compile(r"\b(?:date|created|updated|due|deadline|start|end)\b", re.IGNORECASE)
_DATE_CELL = re.compile(r"\[?(?:YYYY|DD|MM)[-/.]|\[date\]", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:name|reviewers?|owners?|author|approvers?|assignee|responsible|who)\b", re.IGNORECASE
)


def cell_items(place: Place) -> Completions:
    """Complete a cell in a table of the template."""
    spot, binding = place.spot, place.page.binding
    if not spot or not binding or not spot.table_slot:
        return Completions()
    column = len(_BAR.findall(place.before)) - 1
    slot = spot.table_slot
    if not 0 <= column < len(slot.columns):
        return Completions()
    typed = _typed_cell(place)
    choices = slot.choices.get(column) or _states(slot, column, binding.template)
    if choices:
        return Completions(
            tuple(values.choice_items(typed, choices, typed.span.of(place.document.text)))
        )
    name = slot.columns[column]
    shown = [row[column].text for row in slot.node.rows if column < len(row)]
    if any(_DATE_CELL.match(text) for text in shown) or (_DATE.search(name) and not any(shown)):
        return Completions(tuple(values.date_items(typed, place.page)))
    if _PERSON.search(name) and any(text.startswith("[") for text in shown):
        return Completions(tuple(values.person_items(typed, place.page, name.casefold())))
    return Completions()


def row_items(place: Place, typed: Typed) -> Iterator[Completion]:
    """Offer a new row for a table of the template."""
    spot, binding = place.spot, place.page.binding
    if not spot or not binding or not spot.match or typed.text.strip() not in ("", "|"):
        return
    table = _table_above(place)
    slot = table and _slot_of(table, spot.match.slot.tables)
    if not slot:
        return
    parts = [_dated(part, place.page.today) for part in table_row(slot, binding.template)]
    row = plain(parts)
    yield Completion(
        label=row,
        kind="row",
        span=typed.span,
        parts=tuple(parts),
        description="table row",
        filter=row,
        is_preselected=True,
    )


def _dated(part: Part, today: str) -> Part:
    """Return a tab stop with today's date."""
    is_date = isinstance(part, Stop) and _DATE_CELL.match(part.default)
    return Stop(today) if is_date and today else part


def _typed_cell(place: Place) -> Typed:
    """Return the span of the cell at the cursor, trimmed."""
    bars = list(_BAR.finditer(place.before))
    begin = place.line.start + (bars[-1].end() if bars else 0)
    bar = _BAR.search(place.after)
    end = place.offset + (bar.start() if bar else len(place.after))
    text = place.document.text
    start = begin
    while start < place.offset and text[start].isspace():
        start += 1
    while end > place.offset and text[end - 1].isspace():
        end -= 1
    lead = " " if start == begin else ""
    tail = " " if bar and not text[end : end + 1].isspace() else ""
    return Typed(Span(start, max(end, place.offset)), text[start : place.offset], lead, tail)


def _states(slot: TableSlot, column: int, template: Template) -> Choices | None:
    """Return the statuses if all template values of a column are statuses."""
    lifecycle: Lifecycle | None = template.lifecycle
    field = template.field(lifecycle.field) if lifecycle else None
    shown = [row[column].text for row in slot.node.rows if column < len(row)]
    if not field or not field.choices or not shown:
        return None
    return field.choices if all(find_choice(text, field.choices) for text in shown) else None


def _table_above(place: Place) -> Table | None:
    """Return the table at the cursor's line or directly above it."""
    spot = place.spot
    for table in spot.section.tables if spot else ():
        last = table.row_spans[-1] if table.row_spans else table.span
        if last.holds(place.line.start):
            return table
        between = place.document.text[last.end : place.line.start]
        if last.end <= place.line.start and between in ("", "\n", "\r\n", "\r"):
            return table
    return None


def _slot_of(table: Table, slots: tuple[TableSlot, ...]) -> TableSlot | None:
    header = [cell.text.casefold() for cell in table.header]
    return next((s for s in slots if [c.casefold() for c in s.columns] == header), None)
