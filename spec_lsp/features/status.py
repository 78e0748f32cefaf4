"""Moving a document along its life cycle, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.features.place import Page
from spec_lsp.rules.model import Change, Fix
from spec_lsp.template.bind import Binding
from spec_lsp.template.choices import find_choice, read_choices
from spec_lsp.template.model import TableSlot
from spec_lsp.template.values import written_date
from spec_lsp.text import Edit, Span, line_ending

_UPDATED = ("last updated", "updated", "modified", "last modified", "date modified")
_REVIEWER = ("reviewer", "reviewed by", "by", "name", "who", "author")


def advance(page: Page) -> Fix | None:
    """The step to the next state: the status, the date of the last change, the review history."""
    binding = page.binding
    state = next_state(binding) if binding else ""
    return set_status(page, state, f"Advance status to “{state}”") if state else None


def next_state(binding: Binding) -> str:
    """The state behind the present one; nothing behind the last or for a dropped document."""
    lifecycle = binding.template.lifecycle
    slot = binding.template.field(lifecycle.field) if lifecycle else None
    if not lifecycle or not slot or not slot.choices:
        return ""
    order = [state for state in lifecycle.order if state not in lifecycle.dropped]
    value = binding.status
    chosen = None if read_choices(value) else find_choice(value, slot.choices)
    if not chosen:
        return order[0] if order else ""
    if chosen.text not in order:
        return ""
    after = order[order.index(chosen.text) + 1 :]
    return "" if chosen.text in lifecycle.final or not after else after[0]


def set_status(page: Page, state: str, title: str) -> Fix | None:
    """The document in a state."""
    binding = page.binding
    lifecycle = binding.template.lifecycle if binding else None
    field = binding.field(lifecycle.field) if binding and lifecycle else None
    if not binding or not field:
        return None
    lead = " " if page.document.text[: field.value_span.start].endswith(":") else ""
    lead = lead or (" " if field.value_span.start == field.name_span.end else "")
    edits = [Edit(field.value_span, lead + state)]
    edits += _dates(page, binding)
    edits += _review_rows(page, binding, state)
    return Fix(title, tuple(Change(page.path, edit) for edit in edits))


def _dates(page: Page, binding: Binding) -> Iterator[Edit]:
    """Today, where the document says when it was changed last."""
    for match in binding.all_fields():
        if page.today and match.slot.key in _UPDATED and not match.field.is_block:
            text = written_date(page.today, match.slot.date_format)
            span = match.field.value_span
            lead = " " if not match.field.value and not _has_blank(page, span) else ""
            if match.field.value != text:
                yield Edit(span, lead + text)


def _review_rows(page: Page, binding: Binding, state: str) -> Iterator[Edit]:
    """A row in the table of reviews, whose columns are a date, a person and a state."""
    for match in binding.sections:
        for table, slot in zip(match.section.tables, match.slot.tables, strict=False):
            if not page.today or not _is_history(slot):
                continue
            known = {"date": page.today, "status": state, "state": state}
            known |= dict.fromkeys(_REVIEWER, page.author)
            cells = [known.get(column.casefold(), "") for column in slot.columns]
            row = f"| {' | '.join(cells)} |"
            left = [
                span
                for span, cells_of in zip(table.row_spans, table.rows, strict=True)
                if all(_is_sample(binding, cell.text) for cell in cells_of)
            ]
            if left:
                yield Edit(_line(page, left[0]), row)
            else:
                end = _line(page, table.row_spans[-1] if table.row_spans else table.span).end
                yield Edit(Span(end, end), line_ending(page.document.text) + row)
            return


def _is_history(slot: TableSlot) -> bool:
    columns = {column.casefold() for column in slot.columns}
    return (
        "date" in columns and bool(columns & {"status", "state"}) and bool(columns & {*_REVIEWER})
    )


def _is_sample(binding: Binding, text: str) -> bool:
    """Whether a cell holds nothing of the author's own."""
    return not text or text in binding.template.placeholders or text.startswith("[")


def _line(page: Page, span: Span) -> Span:
    return page.document.line_at(span.start)


def _has_blank(page: Page, span: Span) -> bool:
    return page.document.text[: span.start].endswith(" ")
