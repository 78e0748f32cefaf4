"""Missing and empty fields, values that are not choices, invalid dates, tables without a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.corpus.filling import TEMPLATES
from spec_lsp.template.notation.date_names import UPDATED
from spec_lsp.template.schema import FieldSlot, SectionSlot, TableSlot, Template
from tests.planted.defects import Change, Defect, Sown, swap
from tests.planted.ground import Lot

_SLIPS: dict[str, Callable[[str], str]] = {
    "with a letter more": lambda value: value + value[-1],
    "with a letter less": lambda value: value[:1] + value[2:],
    "with two letters swapped": lambda value: value[0] + value[2:3] + value[1] + value[3:],
    "with another word": lambda _: "Perhaps",
    "with another word and a note": lambda _: "Unclear (says Ada)",
}
_WRONG_DATES = {
    "of no calendar": "2026-02-30",
    "with slashes": "2026/03/14",
    "of another country": "14.03.2026",
    "without a leading zero": "2026-3-14",
}
_EARLY = "1999-12-31"


def field_defects() -> Iterator[Defect]:
    """All defects of fields and tables, for every field and table that can have them."""
    for template in TEMPLATES.values():
        header = Change(r"^(# [^\n]*\n\n(?:\*\*[^\n]+\n)+)(?=\n)", r"\1---\n", "---")
        yield swap("underlined-field", "a header underlined", template.kind, header)
        for slot in template.fields:
            yield from _of_field(template, slot)
            yield from _of_value(template.kind, slot)
            if slot.kind == "date" and slot.key not in ("created", "date"):
                yield _date(template.kind, slot, "date-order", "long before", _EARLY)
        for section in template.slots:
            for slot in section.fields:
                yield from _of_value(template.kind, slot)
            for table in section.tables:
                yield from _of_table(template, section, table)


def _line(name: str) -> str:
    """An expression for the line of a field: the mark and the label, then the value."""
    label = rf"(?:\*\*{re.escape(name)}(?:\*\*:|:\*\*)|{re.escape(name)}:)"
    return rf"^((?:- )?{label}) ([^\n]*?)( *\n)"


def _of_field(template: Template, slot: FieldSlot) -> Iterator[Defect]:
    kind, line = template.kind, _line(slot.name)
    if slot.is_required and slot.key not in UPDATED:
        yield Defect("missing-field", f"“{slot.name}” lost", kind, partial(_lost, slot))
        emptied = Change(line, r"\1\3", slot.name)
        yield swap("empty-field", f"“{slot.name}” emptied", kind, emptied)
    wrapped = re.fullmatch(r"(\[|\{+)[^|]*?(\]|\}+)", slot.node.value)
    if wrapped:
        left, right = wrapped[1], wrapped[2]
        change = Change(line, rf"\1 {left}\2{right}\3", rf"{left}\2{right}")
        yield swap("leftover-wrapper", f"“{slot.name}” in brackets", kind, change)


def _lost(slot: FieldSlot, lot: Lot) -> Sown | None:
    match = re.search(_line(slot.name), lot.text, re.MULTILINE)
    if not match or (lot.is_named and slot.name == TEMPLATES[lot.planned.kind].id_field):
        return None
    return Sown(lot.text[: match.start()] + lot.text[match.end() :], lot.document.title)


def _of_value(kind: str, slot: FieldSlot) -> Iterator[Defect]:
    """The defects of a choice or a date."""
    if slot.choices:
        value = max(slot.choices.texts, key=len)
        for name, slip in _SLIPS.items():
            if slip(value) != value:
                yield _value(kind, slot, "invalid-value", name, slip(value))
        shown = slot.node.value
        yield _value(kind, slot, "unchosen-value", "with all choices left", shown)
    if slot.kind == "date":
        for name, text in _WRONG_DATES.items():
            # Without a format in the template, every real date is valid.
            if slot.date_format or name == "of no calendar":
                yield _date(kind, slot, "invalid-date", name, text)


def _value(kind: str, slot: FieldSlot, rule: str, how: str, text: str) -> Defect:
    new = text.replace("\\", "\\\\")
    change = Change(_line(slot.name), rf"\1 {new}\3", new)
    return swap(rule, f"“{slot.name}” {how}", kind, change)


def _date(kind: str, slot: FieldSlot, rule: str, how: str, text: str) -> Defect:
    line = _line(slot.name).replace(r"([^\n]*?)", r"(\d{4}-\d\d-\d\d)")
    return swap(rule, f"“{slot.name}” {how}", kind, Change(line, rf"\1 {text}\3", text))


def _of_table(template: Template, section: SectionSlot, table: TableSlot) -> Iterator[Defect]:
    header = r"\|" + r"\|".join(rf" *{re.escape(name)} *" for name in table.columns) + r"\|\n"
    where = f"table of “{section.title}”"
    for column, choices in table.choices.items():
        before = r"(?:[^|\n]*\|)" * (column + 1)
        row = rf"(^{header}\|[-|: ]+\n{before}) *[^|\n]*?( *\|)"
        for name, slip in _SLIPS.items():
            value = slip(max(choices.texts, key=len))
            change = Change(row, rf"\1 {value}\2", value)
            yield swap("invalid-value", f"{where} {name}", template.kind, change)
        shown = " / ".join(choices.texts)
        undecided = Change(row, rf"\1 {shown}\2", shown)
        yield swap("unchosen-value", f"{where} undecided", template.kind, undecided)
    if len(table.columns) > 1 and all(table.columns):
        yield Defect("table-columns", f"{where} cut", template.kind, partial(_cut, header))


def _cut(header: str, lot: Lot) -> Sown | None:
    """Remove the last column of a table."""
    match = re.search(rf"^{header}(?:\|[^\n]*\n)+", lot.text, re.MULTILINE)
    if not match:
        return None
    rows = [row.rsplit("|", 2)[0] + "|" for row in match[0].splitlines()]
    text = lot.text[: match.start()] + "\n".join((*rows, "")) + lot.text[match.end() :]
    return Sown(text, rows[0])
