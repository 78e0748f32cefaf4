"""The values of a document for which its template lists choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from spec_lsp.compare import fold
from spec_lsp.markdown.nodes import Field
from spec_lsp.rules.engine.model import Subject
from spec_lsp.rules.tables import column_at, tables
from spec_lsp.template.match.binding import Binding, each_match
from spec_lsp.template.match.fields import FieldTest
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.notation.choices import Choices, find_choice, read_choices
from spec_lsp.template.schema import FieldSlot
from spec_lsp.text import Span

ValueTest = Callable[[str, Choices], bool]

_UNDECIDED = {
    "tbd", "tba", "tbc", "todo", "n/a", "na", "none", "unknown", "undecided", "not applicable",
}  # fmt: skip
_LEGENDS = ("legend", "key", "notation", "scale")
_CUT_SHORT = {
    "crit": "critical", "dev": "development", "doc": "documentation", "docs": "documentation",
    "feat": "feature", "info": "information", "maj": "major", "med": "medium", "min": "minor",
    "perf": "performance", "prod": "production",
}  # fmt: skip
_JOINTS = re.compile(r"\s*(?:[,/&+;|→]|->|\band\b|\bor\b|\bto\b)\s*")


@dataclass(frozen=True, slots=True)
class Held:
    """A value of a document, the choices for it, and where the template lists them."""

    value: str
    span: Span
    choices: Choices
    listed: Span
    key: str = ""


def held_values(subject: Subject, passes: ValueTest) -> Iterator[Held]:
    """The values of fields and cells for which the template lists choices, and that pass a test."""
    for match in subject.binding.all_fields(_holds_one(passes)):
        field, slot = match.field, match.slot
        if slot.choices and slot.name != subject.template.id_field:
            key = slot.key if slot.place != "section" else ""
            yield Held(field.value, field.value_span, slot.choices, slot.node.span, key)
    for section, held in each_match(subject.binding, _held_cells, passes):
        start = subject.binding.section(section).start
        yield from (replace(each, span=each.span.shift(start)) for each in held)


def _held_cells(binding: Binding, match: SectionMatch, passes: ValueTest) -> list[Held]:
    """The same in the tables of a section, counted from where it begins."""
    return [
        Held(row[at].text, row[at].span, choices, slot.node.header[column].span)
        for table, slot in tables(binding, match)
        for column, choices in slot.choices.items()
        for at in (column_at(table, slot, column),)
        for row in table.rows
        if at < len(row) and row[at].text and passes(row[at].text, choices)
    ]


def is_known(value: str, choices: Choices) -> bool:
    """Whether a value means one of the choices, or several, or says that nothing is decided."""
    folded = fold(value)
    if not folded or folded in _UNDECIDED or find_choice(value, choices):
        return True
    texts = [text for choice in choices.texts if (text := fold(choice))]
    if _is_of_another_script(folded, texts):
        return True
    if any(_begins(folded, text) or _abbreviates(folded, text) for text in texts):
        return True
    parts = [part for part in _JOINTS.split(folded) if part]
    return len(parts) > 1 and all(
        part in texts or any(_abbreviates(part, text) for text in texts) for part in parts
    )


def is_list(value: str, choices: Choices) -> bool:
    """Whether a value is the list of all choices."""
    if not any(sign in value for sign in "|/,"):
        return False
    found = read_choices(value, "choices")
    return found is not None and {fold(t) for t in found.texts} >= {fold(t) for t in choices.texts}


@cache
def _holds_one(passes: ValueTest) -> FieldTest:
    """A test for fields with choices; one and the same for each test of values."""

    def test(field: Field, slot: FieldSlot) -> bool:
        if not slot.choices or not field.value or field.is_block or slot.key in _LEGENDS:
            return False
        return passes(field.value, slot.choices)

    return test


def _begins(value: str, text: str) -> bool:
    """Whether a value begins with a choice: `High for now`, `No（新功能）`."""
    return bool(re.match(rf"{re.escape(text)}(?!\w)", value))


def _is_of_another_script(value: str, texts: list[str]) -> bool:
    """Whether a value may be a translation: it begins in a script that the choices do not use."""
    return not value[0].isascii() and all(text.isascii() for text in texts)


def _abbreviates(value: str, text: str) -> bool:
    """Whether a value is a choice cut short, or one that the template itself cuts short."""
    if len(value) > 2 and text.startswith(value):
        return True
    return text in _CUT_SHORT and _begins(value, _CUT_SHORT[text])
