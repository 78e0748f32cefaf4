"""Values with choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from spec_lsp.compare import fold, normalise_name, same_text
from spec_lsp.markdown.nodes import Field
from spec_lsp.rules.engine.model import (
    Asked,
    DocumentContext,
    Finding,
    Fix,
    FixContext,
    Fixer,
    replacement,
)
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fields import field_asked
from spec_lsp.rules.fixes.edits import asked_by
from spec_lsp.rules.tables import column_at, tables
from spec_lsp.template.match.binding import Binding, each_match
from spec_lsp.template.match.fields import FieldTest
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.match.slot_keys import section_key
from spec_lsp.template.notation.choices import Choices
from spec_lsp.template.notation.known_values import is_known, is_list
from spec_lsp.template.schema import FieldSlot
from spec_lsp.text import Span

_HEAD = re.compile(
    r"[\s*_`~{}\[\]<>\"']*(?P<head>[^(,;:–—*_`~{}\[\]<>\"']*[^\s(,;:–—*_`~{}\[\]<>\"'-])"
)
# A word alone in its section; other text there is read for misspelt choices only.
_WORD = re.compile(r"\W*[\w-]+[^\w.!?]*")
_REPLACED = re.compile(
    r"\W*(?:superseded|superceded|replaced|obsoleted?|deprecated)\b(?P<successor>.*\bby\b\W*\w)?",
    re.IGNORECASE,
)
_SUCCESSOR = re.compile(
    r"(?:superseded|superceded|replaced|obsoleted)[ _-]?by|successor", re.IGNORECASE
)
# The number of a document, or a link to it.
_NAMED = re.compile(r"\d|\]\(")
_SURE = 0.8


@rule("invalid-value", "error", reads="binding", needs_template=False)
def invalid_value(subject: DocumentContext) -> Iterator[Finding]:
    """The value of a field, table cell or section is not one of the choices in the template.

    Lists, filters and the lifecycle of a document depend on these values.

    Case, decoration and text after the value are ignored: `✅ Done (2025-11-14)` and `done` both
    match `Done`.
    Several choices in one value are accepted, and so are abbreviations, what a choice lists in
    parentheses, `TBD` and words in another
    script, which may be translations.
    A list of choices that ends with an ellipsis or contains a parameter is open: it accepts any
    value that is not a misspelt choice.
    So is any other value that three documents have, unless it is a misspelt choice.
    A list of statuses without a final one is for new documents, and accepts `Implemented`.
    `Superseded`, `Replaced`, `Obsolete` and `Deprecated` are accepted if the successor is named,
    in the value, after it in its section, or in a field such as `Superseded by`.
    In a section such as `## Status`, only the first line is read.
    If it has more than one word, or more text follows, only a misspelt choice is reported.

    The fix for a misspelt value is safe; other replacements need a decision.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Aproved
                ^^^^^^^ Expected one of Draft, Approved, Implemented
    **Created**: 2026-03-14
    ```
    """
    for held in held_values(subject, _is_wrong):
        if _is_value_today(subject, held):
            continue
        if _is_later(subject, held) or _is_replaced(subject, held):
            continue
        if same_text(held.value) in subject.template.placeholders or is_list(
            held.value, held.choices
        ):
            continue
        yield Finding(
            held.span,
            f"Expected one of {', '.join(held.choices.texts)}",
            fixer=_replacements(subject, held),
            related=(asked_by(subject.template, held.listed, "Listed in the template"),),
            asked=held.asked,
            value="" if _is_slip(held.value, held.choices) else _head(held.value).of(held.value),
        )


@rule("unchosen-value", LADDER, reads="binding")
def unchosen_value(subject: DocumentContext) -> Iterator[Finding]:
    """A field, table cell or section still contains the whole list of choices.

    No value has been chosen, although the field looks filled in.

    Two values of a longer list, such as `High / Medium`, count as a choice.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft | Approved | Implemented
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Choose one of Draft, Approved, Implemented
    **Created**: 2026-03-14
    ```
    """
    for held in held_values(subject, is_list):
        if not subject.is_unwritten(held.span):
            yield Finding(
                held.span,
                f"Choose one of {', '.join(held.choices.texts)}",
                fixer=_choices(subject, held),
                related=(asked_by(subject.template, held.listed),),
                asked=held.asked,
            )


def _is_value_today(subject: DocumentContext, held: ChoiceValue) -> bool:
    """Whether today's template has the value: a status may be newer than the document."""
    today = subject.template.today
    slot = today.field(held.key) if today and held.key else None
    return bool(slot and (not slot.choices or is_known(held.value, slot.choices)))


def _is_later(subject: DocumentContext, held: ChoiceValue) -> bool:
    """Whether a final status is not listed because none is: the list is for new documents."""
    lifecycle, words = subject.template.lifecycle, subject.words
    if not lifecycle or lifecycle.field != held.key:
        return False
    last = (*words.final, *words.dropped)
    is_final = fold(_head(held.value).of(held.value)) in last
    return is_final and not any(fold(text) in last for text in held.choices.texts)


def _is_replaced(subject: DocumentContext, held: ChoiceValue) -> bool:
    """Whether a status says that the document has a successor, which is named."""
    lifecycle, match = subject.template.lifecycle, _REPLACED.match(held.value)
    if not match or not lifecycle:
        return False
    section = subject.document.section_at(held.span.start)
    if normalise_name(section.title) == lifecycle.field:
        return bool(_NAMED.search(subject.document.text, held.span.end, section.end))
    return lifecycle.field == held.key and bool(
        match["successor"]
        or any(
            field.value and _SUCCESSOR.fullmatch(field.name)
            for field in subject.document.header_fields
        )
    )


def _choices(subject: DocumentContext, held: ChoiceValue) -> Fixer:
    return lambda _: [
        replacement(subject.document, held.span, text, f"Choose “{text}”")
        for text in held.choices.texts
    ]


def _replacements(subject: DocumentContext, held: ChoiceValue) -> Fixer:
    """Fixes for an invalid value: the most similar choice first, safe if it is unambiguous.

    Decoration and text after the value are unchanged.
    """

    def fixes(_: FixContext) -> Iterator[Fix]:
        place = _head(held.value)
        wrong = place.of(held.value)
        sure = _meant(wrong, held.choices)
        ranked = sorted(held.choices.texts, key=lambda text: -_nearness(wrong, text))
        for text in ranked:
            span = place.shift(held.span.start)
            title = f"Replace with “{text}”"
            yield replacement(subject.document, span, text, title, is_safe=text == sure)

    return fixes


def _is_wrong(value: str, choices: Choices) -> bool:
    """Whether a value is not a choice; an open list accepts all but misspelt choices."""
    return not is_known(value, choices) and (not choices.is_open or _is_slip(value, choices))


def _is_slip(value: str, choices: Choices) -> bool:
    return bool(_meant(_head(value).of(value), choices))


def _head(value: str) -> Span:
    """The span of the value itself, without decoration and the text after it."""
    match = _HEAD.match(value)
    return Span(*match.span("head")) if match else Span(0, len(value))


def _meant(wrong: str, choices: Choices) -> str:
    """The only similar choice; empty if there is none or more than one."""
    near = [text for text in choices.texts if _nearness(wrong, text) >= _SURE]
    return near[0] if len(near) == 1 else ""


def _nearness(one: str, other: str) -> float:
    """Similarity of two values, 0 to 1; values with the same letters in another order have 1."""
    left, right = fold(one), fold(other)
    if sorted(left) == sorted(right):
        return 1.0
    return SequenceMatcher(None, left, right).ratio()


ValueTest = Callable[[str, Choices], bool]
_LEGENDS = ("legend", "key", "notation", "scale")


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """A value of a document, its choices, and their span in the template."""

    value: str
    span: Span
    choices: Choices
    listed: Span
    asked: Asked
    key: str = ""


def held_values(subject: DocumentContext, passes: ValueTest) -> Iterator[ChoiceValue]:
    """Values of fields and cells that have choices in the template and pass a test."""
    for match in subject.binding.all_fields(_holds_one(passes)):
        field, slot = match.field, match.slot
        if slot.choices and slot.name != subject.template.id_field:
            key = slot.key if slot.place != "section" else ""
            asked = field_asked(subject.binding, match)
            span, listed = field.value_span, slot.node.span
            yield ChoiceValue(field.value, span, slot.choices, listed, asked, key)
    for section, held in each_match(subject.binding, _held_cells, passes):
        start = subject.binding.section(section).start
        yield from (replace(each, span=each.span.shift(start)) for each in held)


def _held_cells(binding: Binding, match: SectionMatch, passes: ValueTest) -> list[ChoiceValue]:
    """Values of table cells with choices; spans are relative to the section."""
    return [
        ChoiceValue(
            row[at].text,
            row[at].span,
            choices,
            slot.node.header[column].span,
            Asked(section_key(match.slot), slot.columns[column]),
        )
        for table, slot in tables(binding, match)
        for column, choices in slot.choices.items()
        for at in (column_at(table, slot, column),)
        for row in table.rows
        if at < len(row) and row[at].text and passes(row[at].text, choices)
    ]


@cache
def _holds_one(passes: ValueTest) -> FieldTest:
    """A test for fields with choices; cached, as `all_fields` needs the same object each time."""

    def test(field: Field, slot: FieldSlot) -> bool:
        if not slot.choices or not field.value or slot.key in _LEGENDS:
            return False
        if slot.place == "heading" and (field.is_block or not _WORD.fullmatch(field.value)):
            return passes(field.value, replace(slot.choices, is_open=True))
        return not field.is_block and passes(field.value, slot.choices)

    return test
