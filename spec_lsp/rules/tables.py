"""Tables."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.compare import normalise, same_text
from spec_lsp.markdown.nodes import Table
from spec_lsp.rules.engine.model import DocumentContext, Finding
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import asked_by
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.schema import TableSlot
from spec_lsp.text import Span


@rule("table-columns", "warning", reads="binding")
def table_columns(subject: DocumentContext) -> Iterator[Finding]:
    """A table lacks columns of the template's table.

    Tools and readers that compare or collect the tables of a kind depend on the columns.

    Additional columns, another order and an absent table are accepted.
    A table that shares fewer than half of the columns counts as another table.

    ```template
    # Risks: [Title]

    ## Risks

    | Risk | Impact | Owner | Mitigation |
    |------|--------|-------|------------|
    | ...  | ...    | ...   | ...        |
    ```

    ```markdown
    # Risks: Login

    ## Risks

    | Risk | Impact | Mitigation | Since |
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Column “Owner” is missing
    |------|--------|------------|-------|
    | Loss | High   | Recovery   | May   |
    ```
    """
    for table, slot in _pairs(subject.binding):
        lacking = [name for name in _columns(subject, slot) if _key(name) not in _keys(table)]
        if not lacking:
            continue
        names = ", ".join(f"“{name}”" for name in lacking)
        header = slot.node.header
        yield Finding(
            subject.document.line_at(table.span.start),
            f"Column {names} is missing" if len(lacking) == 1 else f"Columns {names} are missing",
            related=(asked_by(subject.template, Span(header[0].span.start, header[-1].span.end)),),
        )


def tables(binding: Binding) -> Iterator[tuple[Table, TableSlot]]:
    """The tables of a document that have all columns of the template's, and that one."""
    for match in _with_tables(binding):
        for table in match.section.tables:
            for slot in match.slot.tables:
                if {_key(name) for name in slot.columns} <= _keys(table):
                    yield table, slot
                    break


def column_at(table: Table, slot: TableSlot, column: int) -> int:
    """Where a column of the template's table stands in a document's."""
    keys = [_key(cell.text) for cell in table.header]
    return keys.index(_key(slot.columns[column]))


def _with_tables(binding: Binding) -> Iterator[SectionMatch]:
    """The matches in whose sections stand tables, as their slots ask."""
    return binding.where("has tables", _has_tables)


def _has_tables(_: Binding, match: SectionMatch) -> bool:
    return bool(match.slot.tables) and bool(match.section.chunk.tables)


def _pairs(binding: Binding) -> Iterator[tuple[Table, TableSlot]]:
    """The tables of the template that a document has changed, each with the nearest of its own."""
    whole = [(table.span, slot.columns) for table, slot in tables(binding)]
    for match in _with_tables(binding):
        left = [
            table
            for table in match.section.tables
            if not any(table.span == span for span, _ in whole)
        ]
        for slot in match.slot.tables:
            if any(columns == slot.columns for _, columns in whole):
                continue
            keys = {_key(name) for name in slot.columns}
            near = max(left, key=lambda table: len(keys & _keys(table)), default=None)
            if near and 2 * len(keys & _keys(near)) >= len(keys):
                left.remove(near)
                yield near, slot


def _columns(subject: DocumentContext, slot: TableSlot) -> list[str]:
    """The columns that count: those with a name of their own, as long as the document exists."""
    waiting = subject.template.placeholders
    names = [name for name in slot.columns if name and same_text(name) not in waiting]
    if not subject.template_at_creation:
        return names
    before = {
        _key(name)
        for each in subject.template_at_creation.slots
        for t in each.tables
        for name in t.columns
    }
    return [name for name in names if _key(name) in before]


def _keys(table: Table) -> set[str]:
    return {_key(cell.text) for cell in table.header}


def _key(name: str) -> str:
    return normalise(name)
