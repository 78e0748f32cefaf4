"""Fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import Field
from spec_lsp.rules.engine.model import (
    Asked,
    Change,
    DocumentContext,
    Finding,
    Fix,
    FixContext,
    Fixer,
    Listed,
    replacement,
)
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fixes.edits import asked_by, block_at, insert_line, known_text, title_place
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.fields import FieldMatch, is_not_updated, underlined_fields
from spec_lsp.template.match.slot_keys import key_at
from spec_lsp.template.notation.wording import is_for_later
from spec_lsp.template.schema import FieldSlot
from spec_lsp.template.write.fill import field_line
from spec_lsp.template.write.snippet import Part, plain
from spec_lsp.text import Edit, Span, line_ending

_LATER = re.compile(r"\b(?:once|later|when|after|will|to be|if)\b", re.IGNORECASE)


@rule("missing-field", LADDER, reads="binding")
def missing_field(subject: DocumentContext) -> Iterator[Finding]:
    """A header or footer field of the template is missing.

    Lists, reports and readers need it.

    A field can be in the header, in the front matter, in the footer or, in bold, in its own
    section.
    A heading with its name, another spelling such as `Author(s)`, and a renamed label in its place
    count too.
    Fields that the template marks as optional are not required, nor are fields that were added to
    the template after the document was created, or removed since.
    Nor is the date of the last update, if the document has its creation date.
    If more fields are missing than present, they are reported together.

    ```markdown
    # Specification: Login
      ^^^^^^^^^^^^^^^^^^^^ Field “Created” is missing

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Last Updated**: 2026-03-14
    ```
    """
    binding = subject.binding
    missing = [slot for slot in binding.missing_fields if _slot_today(subject, slot)]
    for slot in missing:
        name = f"“{slot.name}”"
        yield Finding(
            title_place(binding.document),
            f"Field {name} is missing",
            fixer=field_insertion(binding, slot),
            related=(asked_by(binding.template, slot.node.name_span),),
            asked=Asked(slot.key),
            listed=Listed(name, "Fields {} are missing", max(len(binding.fields), 1)),
        )


@rule("underlined-field", "warning", reads="binding")
def underlined_field(subject: DocumentContext) -> Iterator[Finding]:
    """A line of hyphens directly below header fields turns them into a heading.

    Markdown reads a line of hyphens or equals signs below text as the underline of a heading, so
    other tools find no fields.
    A blank line before the hyphens makes them a thematic break.

    Only fields of the template directly after the header are reported; other underlined headings
    are meant as headings.
    The fields still count and are not reported as missing.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Created**: 2026-03-14
    **Last Updated**: 2026-03-14
    ---
    ^^^ This line turns the fields above it into a heading

    ## Overview
    ```
    """
    document = subject.document
    spans = {match.field.span for match in subject.binding.fields}
    for heading, fields in underlined_fields(document):
        if any(field.span in spans for field in fields):
            line = document.line_at(heading.span.end)
            message = "This line turns the fields above it into a heading"
            yield Finding(line, message, fixer=partial(_divided, document, line))


@rule("empty-field", LADDER, reads="binding")
def empty_field(subject: DocumentContext) -> Iterator[Finding]:
    """A field is empty, although the template shows a value.

    Readers cannot tell whether nothing applies or the value is still unknown.

    A label followed by a list, a table or a paragraph is not empty, nor is a key in the front
    matter whose comment says why.
    Words such as `TBD` and `none` are values.
    A field may stay empty if it is empty in the template, or if the template says that it is filled
    in later: `(fill in once accepted)`.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**:
      ^^^^^^ “Status” is empty
    **Created**: 2026-03-14
    **Last Updated**: TBD
    ```
    """
    binding = subject.binding
    for match in binding.all_fields(_lacks_value):
        field, slot = match.field, match.slot
        today = _slot_today(subject, slot)
        is_due = today and not _may_wait(today) and not is_not_updated(slot, binding.fields)
        if is_due and not subject.is_unwritten(field.span):
            yield Finding(
                field.name_span,
                f"“{field.name}” is empty",
                fixer=_filling(binding, match),
                related=(asked_by(binding.template, slot.node.span),),
                asked=field_asked(binding, match),
            )


def field_insertion(
    binding: Binding,
    slot: FieldSlot,
    value_of: Callable[[FieldSlot, Binding, FixContext], str] = known_text,
) -> Fixer:
    """A fix that inserts a field in the template's notation, with its known value or choices."""

    def fixes(desk: FixContext) -> Iterator[Fix]:
        line = field_line(slot, binding.template, value_of(slot, binding, desk))
        title = f"Insert “{slot.name}”"
        offset = _offset(binding, slot)
        if offset is not None:
            yield insert_line(binding.document, offset, line, title)
        elif slot.place == "header" and slot.node.style != "row":
            yield _below_title(binding, line, title)

    return fixes


def field_asked(binding: Binding, match: FieldMatch) -> Asked:
    """What the template demands of a field, in the header or in a section."""
    slot = match.slot
    if slot.place not in ("section", "heading"):
        return Asked(slot.key)
    return Asked(key_at(binding, match.field.span), slot.key)


def _slot_today(subject: DocumentContext, slot: FieldSlot) -> FieldSlot | None:
    """The slot of a field in today's template, if it is still required.

    The tools that read fields are those of today. Fields of sections are not compared.
    """
    today = subject.template.today
    found = today.field(slot.key) if today and slot.place != "section" else slot
    return found if found and found.is_required else None


def _lacks_value(field: Field, slot: FieldSlot) -> bool:
    if field.value or field.comment or field.is_block or not slot.is_required:
        return False
    return not _may_wait(slot)


def _may_wait(slot: FieldSlot) -> bool:
    """Whether the template shows no value, or one to be filled in later."""
    value = f"{slot.node.value} {slot.node.comment}"
    return not slot.node.value or is_for_later(value) or bool(_LATER.search(value))


def _offset(binding: Binding, slot: FieldSlot) -> int | None:
    """Offset of a missing field: after its predecessor in the template, or before its successor."""
    document, template = binding.document, binding.template
    order = [each.key for each in template.fields]
    alike = [
        match
        for match in binding.fields
        if match.slot.place == slot.place and match.field.style == slot.node.style != "row"
    ]
    at = order.index(slot.key)
    before = [match for match in alike if order.index(match.slot.key) < at]
    if before:
        return document.line_at(before[-1].field.span.end).end
    return document.line_at(alike[0].field.span.start).start if alike else None


def _below_title(binding: Binding, line: list[Part], title: str) -> Fix:
    document = binding.document
    section = document.title_section
    offset = section.heading.span.end if section and section.heading else 0
    parts = tuple(block_at(document, offset, line))
    change = Change(document.path, Edit(Span(offset, offset), plain(parts)))
    return Fix(title, (change,), is_preferred=True, parts=parts)


def _divided(document: Document, line: Span, _: FixContext) -> Iterator[Fix]:
    """Insert a blank line above the underline; safe for hyphens only: a thematic break."""
    mark = line.of(document.text).strip()
    newline = line_ending(document.text)
    if mark.startswith("---"):
        edit, title = Edit(Span(line.start, line.start), newline), "Insert a blank line"
    else:
        edit, title = Edit(line, f"{newline}---"), "Replace with a thematic break"
    yield Fix(title, (Change(document.path, edit),), is_safe=mark.startswith("---"))


def _filling(binding: Binding, match: FieldMatch) -> Fixer:
    """Fixes that fill in the known value or one of the choices."""

    def fixes(desk: FixContext) -> Iterator[Fix]:
        known = known_text(match.slot, binding, desk)
        span = match.field.value_span
        lead = "" if binding.document.text[: span.start].endswith((" ", "\t")) else " "
        for value in [known] if known else match.slot.values:
            yield replacement(binding.document, span, lead + value, f"Fill in “{value}”")

    return fixes
