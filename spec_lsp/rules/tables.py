"""Tables."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.compare import normalise, same_text
from spec_lsp.markdown.nodes import Table
from spec_lsp.rules.engine.model import Asked, DocumentContext, Finding, Listed
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes.edits import asked_by
from spec_lsp.template.match.binding import Binding, each_match
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.match.slot_keys import section_key
from spec_lsp.template.schema import TableSlot
from spec_lsp.text import Span


@rule("table-columns", "warning", reads="binding")
def table_columns(subject: DocumentContext) -> Iterator[Finding]:
    """A table lacks columns of the template's table.

    Tools and readers that compare or collect the tables of a kind depend on the columns.

    Additional columns, another order, an absent table and a renamed column in the place of a
    missing one are accepted.
    A table that shares fewer than half of the columns counts as another table.
    If the template has similar tables, one complete table is enough.

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
    for match, table, slot in _pairs(subject.binding):
        lacking = [name for name in _columns(subject, slot) if _is_lost(name, slot, table)]
        header = slot.node.header
        asked = asked_by(subject.template, Span(header[0].span.start, header[-1].span.end))
        for name in lacking:
            yield Finding(
                subject.document.line_at(subject.binding.section(match).start + table.span.start),
                f"Column “{name}” is missing",
                related=(asked,),
                asked=Asked(section_key(match.slot), name),
                listed=Listed(f"“{name}”", "Columns {} are missing", 1),
            )


def tables(binding: Binding, match: SectionMatch) -> list[tuple[Table, TableSlot]]:
    """Tables of a section that have all columns of a table slot, each with its slot.

    Spans are relative to the section.
    """
    return [(table, slot) for table, slot in _tables(binding, match) if slot]


def column_at(table: Table, slot: TableSlot, column: int) -> int:
    """Index in the document's table of a column of the template's table."""
    keys = [_key(cell.text) for cell in table.header]
    return keys.index(_key(slot.columns[column]))


def _tables(binding: Binding, match: SectionMatch) -> list[tuple[Table, TableSlot | None]]:
    """Tables of a section, each with the table slot whose columns it has, or None."""
    slots = match.slot.tables
    if not slots:
        return []
    return [
        (table, next((slot for slot in slots if _has_all(table, slot)), None))
        for table in binding.document.chunks[match.index].tables
    ]


def _has_all(table: Table, slot: TableSlot) -> bool:
    return {_key(name) for name in slot.columns} <= _keys(table)


def _pairs(binding: Binding) -> Iterator[tuple[SectionMatch, Table, TableSlot]]:
    """Table slots without a complete table, each with the document's most similar table.

    A complete table also counts for a slot that shares half of its columns: they are alternatives.
    """
    found = [*each_match(binding, _tables)]
    whole = [{*map(_key, slot.columns)} for _, pairs in found for _, slot in pairs if slot]
    for match, pairs in found:
        left = [table for table, slot in pairs if not slot]
        for slot in match.slot.tables:
            keys = {_key(name) for name in slot.columns}
            if any(2 * len(keys & each) >= len(keys) for each in whole):
                continue
            near = max(left, key=lambda table: len(keys & _keys(table)), default=None)
            if near and 2 * len(keys & _keys(near)) >= len(keys):
                left.remove(near)
                yield match, near, slot


def _columns(subject: DocumentContext, slot: TableSlot) -> list[str]:
    """Required columns: named, and no placeholder."""
    waiting = subject.template.placeholders
    return [name for name in slot.columns if name and same_text(name) not in waiting]


def _is_lost(name: str, slot: TableSlot, table: Table) -> bool:
    """Whether a table lacks a column, and has none of its own in that place."""
    columns = [*map(_key, slot.columns)]
    shown = [_key(cell.text) for cell in table.header]
    if _key(name) in shown:
        return False
    at = columns.index(_key(name))
    before = [shown.index(each) for each in columns[:at] if each in shown]
    after = [shown.index(each) for each in columns[at + 1 :] if each in shown]
    place = shown[before[-1] + 1 if before else 0 : after[0] if after else len(shown)]
    return all(each in columns for each in place)


def _keys(table: Table) -> set[str]:
    return {_key(cell.text) for cell in table.header}


def _key(name: str) -> str:
    return normalise(name)
