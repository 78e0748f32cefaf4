"""The action that advances the status of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spec_lsp.compare import fold, normalise_name
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.values import is_unfilled
from spec_lsp.markdown.nodes import Cell, Field, Table
from spec_lsp.rules.engine.model import Change, Fix
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.notation.choices import find_choice
from spec_lsp.template.notation.date_names import UPDATED
from spec_lsp.template.notation.known_values import is_list
from spec_lsp.template.read.states import STATUS_KEYS
from spec_lsp.template.schema import SectionSlot, TableSlot
from spec_lsp.template.write.values import written_date
from spec_lsp.text import Edit, Span, line_ending

# Statuses that are skipped.
_PAUSED = {"blocked", "paused", "waiting", "suspended", "stalled"}
_REVIEWER = ("reviewer", "reviewed by", "by", "name", "who", "author")


def next_state(binding: Binding) -> str:
    """Return the status after the current one; empty for final and dropped documents."""
    lifecycle = binding.template.lifecycle
    slot = binding.template.field(lifecycle.field) if lifecycle else None
    if not lifecycle or not slot or not slot.choices:
        return ""
    # A family may know more states than the template lists, in another case.
    listed = {fold(text): text for text in slot.values}
    order = [
        listed[fold(state)]
        for state in lifecycle.order
        if state not in lifecycle.dropped and fold(state) in listed
    ]
    value = binding.status
    chosen = None if is_list(value, slot.choices) else find_choice(value, slot.choices)
    if not chosen:
        is_open = not value or is_list(value, slot.choices) or is_unfilled(value)
        return order[0] if order and is_open else ""
    if chosen.text not in order:
        return ""
    after = [s for s in order[order.index(chosen.text) + 1 :] if s.casefold() not in _PAUSED]
    is_final = fold(chosen.text) in map(fold, lifecycle.final)
    return "" if is_final or not after else after[0]


def set_status(page: Page, state: str, title: str) -> Fix | None:
    """Set the status: the field, the date of the last change, the review history."""
    binding = page.binding
    field = _status_field(page)
    if not binding or not field:
        return None
    lead = " " if page.document.text[: field.value_span.start].endswith(":") else ""
    lead = lead or (" " if field.value_span.start == field.name_span.end else "")
    if field.style == "heading":
        lead = "" if field.value else 2 * line_ending(page.document.text)
    edits = [Edit(field.value_span, lead + state)]
    edits += _dates(page, binding)
    edits += _review_rows(page, binding, state)
    return Fix(title, tuple(Change(page.path, edit) for edit in edits))


def why_not(binding: Binding, state: str) -> str:
    """Say why a status cannot be set, or if it is empty, why there is no next one."""
    if state:
        return "This document has no field for its status"
    if not binding.template.lifecycle:
        return f"The template of “{binding.template.name}” lists no statuses"
    return f"No status follows “{binding.status}”"


def _status_field(page: Page) -> Field | None:
    """The field of the life cycle; without one, the first that is named like it."""
    binding = page.binding
    if binding and binding.template.lifecycle:
        return binding.field(binding.template.lifecycle.field)
    fields = (*page.document.footer_fields, *page.document.header_fields)
    named = {normalise_name(each.name): each for each in fields}
    return next((named[key] for key in STATUS_KEYS if key in named), None)


def _dates(page: Page, binding: Binding) -> Iterator[Edit]:
    """Set the date of the last change to today."""
    for match in binding.all_fields():
        if page.today and match.slot.key in UPDATED and not match.field.is_block:
            text = written_date(page.today, match.slot.date_format)
            span = match.field.value_span
            lead = " " if not match.field.value and not _has_blank(page, span) else ""
            if match.field.value != text:
                yield Edit(span, lead + text)


def _review_rows(page: Page, binding: Binding, state: str) -> Iterator[Edit]:
    """Add a row to the review table, whose columns are a date, a person and a status."""
    for match in binding.sections:
        for table in binding.section(match).tables if page.today else ():
            slot = _history(table, match.slot)
            if slot:
                yield _review_row(page, table, slot, state)
                return


def _review_row(page: Page, table: Table, slot: TableSlot, state: str) -> Edit:
    """Replace the template's sample row, or append a row."""
    known = {"date": page.today, "status": state, "state": state}
    known |= dict.fromkeys(_REVIEWER, page.author)
    cells = [known.get(column.casefold(), "") for column in slot.columns]
    row = f"| {' | '.join(cells)} |"
    samples = [_texts(sample) for sample in slot.node.rows]
    for span, own in zip(table.row_spans, table.rows, strict=True):
        if _texts(own) in samples:
            return Edit(page.document.line_at(span.start), row)
    last = table.row_spans[-1].start if table.row_spans else table.span.end - 1
    end = page.document.line_at(last).end
    return Edit(Span(end, end), line_ending(page.document.text) + row)


def _history(table: Table, section: SectionSlot) -> TableSlot | None:
    """Return the table slot if this is the review table."""
    header = [text.casefold() for text in _texts(table.header)]
    slots = (slot for slot in section.tables if _is_history(slot))
    return next((s for s in slots if [c.casefold() for c in s.columns] == header), None)


def _is_history(slot: TableSlot) -> bool:
    columns = {column.casefold() for column in slot.columns}
    return (
        "date" in columns and bool(columns & {"status", "state"}) and bool(columns & {*_REVIEWER})
    )


def _texts(cells: Iterable[Cell]) -> list[str]:
    return [cell.text for cell in cells]


def _has_blank(page: Page, span: Span) -> bool:
    return page.document.text[: span.start].endswith(" ")
