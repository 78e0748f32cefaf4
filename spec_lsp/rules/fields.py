"""Rules about the fields of a document: those it lacks, and those without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from spec_lsp.markdown import Document, Field
from spec_lsp.rules.fixes import asked_by, block_at, insert_line, known_text, title_place
from spec_lsp.rules.model import Change, Desk, Finding, Fix, Fixer, Subject, replacement
from spec_lsp.rules.registry import LADDER, rule
from spec_lsp.template.bind import Binding
from spec_lsp.template.field_match import FieldMatch, underlined_fields
from spec_lsp.template.fill import field_line
from spec_lsp.template.model import FieldSlot
from spec_lsp.template.parts import Part, plain
from spec_lsp.text import Edit, Span, line_ending

_LATER = re.compile(r"\b(?:once|later|when|after|will|to be|if|optional)\b", re.IGNORECASE)


@rule("missing-field", LADDER, reads="binding")
def missing_field(subject: Subject) -> Iterator[Finding]:
    """A header or footer field of the template is absent.

    Lists, reports and people look for it there.

    A field counts wherever it stands, in the header, in the front matter, in the footer or in bold
    in a section of its own.
    Fields that the template marks as optional are not required, nor are those that it did not have
    when the document was made.
    Where more are absent than there are, that is said once.

    ```markdown
    # Specification: Login
      ^^^^^^^^^^^^^^^^^^^^ the field “Last Updated” is missing

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Created**: 2026-03-14
    ```
    """
    binding = subject.binding
    missing = [slot for slot in binding.missing_fields if _was_asked(subject, slot)]
    for group in _together(binding, missing):
        names = ", ".join(f"“{slot.name}”" for slot in group)
        yield Finding(
            title_place(binding.document),
            f"the field {names} is missing"
            if len(group) == 1
            else f"the fields {names} are missing",
            fixer=_insertions(binding, group),
            related=tuple(asked_by(binding.template, slot.node.name_span) for slot in group),
        )


@rule("underlined-field", "warning", reads="binding")
def underlined_field(subject: Subject) -> Iterator[Finding]:
    """A line of hyphens right below header fields makes a heading of them.

    Markdown reads a line of hyphens or equals signs below text as the underline of a heading, and
    other tools then find no fields.
    A blank line between the two makes it the thematic break that was meant.

    Only lines that hold fields of the template, and right after the header, are reported; every
    other underlined heading is one.
    The fields count nevertheless, so that they are not reported as missing.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft
    **Created**: 2026-03-14
    **Last Updated**: 2026-03-14
    ---
    ^^^ this line makes a heading of the fields above it

    ## Overview
    ```
    """
    document = subject.document
    spans = {match.field.span for match in subject.binding.fields}
    for heading, fields in underlined_fields(document):
        if any(field.span in spans for field in fields):
            line = document.line_at(heading.span.end)
            message = "this line makes a heading of the fields above it"
            yield Finding(line, message, fixer=partial(_divided, document, line))


@rule("empty-field", LADDER, reads="binding")
def empty_field(subject: Subject) -> Iterator[Finding]:
    """A label has no value behind it, where the template shows one.

    A reader cannot tell whether nothing applies or nobody knows yet.

    A label that heads a list, a table or a paragraph is not empty.
    Words such as `TBD` and `none` are values.
    A field may stay empty where it is empty in the template too, or where the template says that it
    is for later: `(fill in once accepted)`.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**:
      ^^^^^^ “Status” has no value
    **Created**: 2026-03-14
    **Last Updated**: TBD
    ```
    """
    binding = subject.binding
    for match in binding.all_fields(_lacks_value):
        field, slot = match.field, match.slot
        if not subject.is_unwritten(field.span):
            yield Finding(
                field.name_span,
                f"“{field.name}” has no value",
                fixer=_filling(binding, match),
                related=(asked_by(binding.template, slot.node.span),),
            )


def _was_asked(subject: Subject, slot: FieldSlot) -> bool:
    """Whether the template required a field when the document was made."""
    before = subject.born.field(slot.key) if subject.born else slot
    return before is not None and before.is_required


def _together(binding: Binding, missing: list[FieldSlot]) -> Iterator[list[FieldSlot]]:
    """The missing fields one by one, or as one group where they are the greater part."""
    if len(missing) > max(len(binding.fields), 1):
        yield missing
    else:
        yield from ([slot] for slot in missing)


def _lacks_value(field: Field, slot: FieldSlot) -> bool:
    if field.value or field.is_block or not slot.is_required:
        return False
    return not _may_wait(slot)


def _may_wait(slot: FieldSlot) -> bool:
    """Whether the template shows no value, or one that is to come later."""
    return not slot.node.value or bool(_LATER.search(slot.node.value))


def _insertions(binding: Binding, slots: list[FieldSlot]) -> Fixer:
    """Fixes that insert a field as the template writes it, with what is known or its choices."""

    def fixes(desk: Desk) -> Iterator[Fix]:
        for slot in slots:
            line = field_line(slot, binding.template, known_text(slot, binding, desk))
            title = f"Insert “{slot.name}”"
            offset = _offset(binding, slot)
            if offset is not None:
                yield insert_line(binding.document, offset, line, title)
            elif slot.place == "header" and slot.node.style != "row":
                yield _below_title(binding, line, title)

    return fixes


def _offset(binding: Binding, slot: FieldSlot) -> int | None:
    """Where a field belongs: behind the one before it in the template, or before the next one."""
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


def _divided(document: Document, line: Span, _: Desk) -> Iterator[Fix]:
    """A blank line above the underline; another mark than three hyphens may mean something else."""
    mark = line.of(document.text).strip()
    newline = line_ending(document.text)
    if mark.startswith("---"):
        edit, title = Edit(Span(line.start, line.start), newline), "Insert a blank line"
    else:
        edit, title = Edit(line, f"{newline}---"), "Replace it with a thematic break"
    yield Fix(title, (Change(document.path, edit),), is_safe=mark.startswith("---"))


def _filling(binding: Binding, match: FieldMatch) -> Fixer:
    """Fixes that fill in what is known, or one of the choices."""

    def fixes(desk: Desk) -> Iterator[Fix]:
        known = known_text(match.slot, binding, desk)
        span = match.field.value_span
        lead = "" if binding.document.text[: span.start].endswith((" ", "\t")) else " "
        for value in [known] if known else match.slot.values:
            yield replacement(binding.document, span, lead + value, f"Fill in “{value}”")

    return fixes
