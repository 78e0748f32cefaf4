"""Field slots: what a template's fields require of a document's fields."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from spec_lsp.compare import OPTIONAL, normalise, normalise_name, optional_mark
from spec_lsp.markdown.heading_field import heading_field
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.notation.choices import read_choices, unwrap
from spec_lsp.template.notation.file_patterns import file_pattern, names_path
from spec_lsp.template.notation.placeholders import is_placeholder
from spec_lsp.template.notation.wording import is_for_later, may_be_absent, names_relation
from spec_lsp.template.read.front_matter_notes import commented_fields, matter_notes
from spec_lsp.template.read.states import STATUS_KEYS
from spec_lsp.template.schema import FieldSlot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.markdown.document import Document
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.markdown.section import Section
    from spec_lsp.template.notation.candidates import Candidate
    from spec_lsp.template.notation.choices import Choices
    from spec_lsp.template.schema import FieldRegion, ValueKind

_METADATA = {
    "document control", "document details", "document info", "document information",
    "document metadata", "metadata", "meta data", "meta",
}  # fmt: skip
_DATE_NAME = re.compile(
    r"\b(?:date|created|updated|modified|last updated|due|deadline|next review|review date"
    r"|decided on|at)\b(?!\s+by\b)",
    re.IGNORECASE,
)
_DATE_VALUE = re.compile(
    r"YYYY|^(?:(?:the |today\W?s? |[a-z]+ )?dates?(?: and time)?(?: \w+){0,2})$", re.IGNORECASE
)
_DATE_FORMAT = re.compile(r"(?:YYYY|yyyy|DD|dd|MM|mm)[-/.](?:MM|mm|DD|dd)[-/.](?:DD|dd|YYYY|yyyy)")
_PERSON = re.compile(
    r"\b(?:authors?|owners?|reviewers?|approvers?|assignees?|assigned to|deciders?"
    r"|(?:created|decided|executed|written|reported|reviewed|approved) by|decision-?\s?makers?"
    r"|name)\b",
    re.IGNORECASE,
)
_STATES = ("status", "state", "priority", "severity", "type", "category", "stage", "phase")
_TAGS = re.compile(r"\b(?:tags|labels|keywords|topics|modules?|components?)\b", re.IGNORECASE)
_WAITING = re.compile(
    r"\b[XYN]\b(?![/'’])|\b(?:fill|insert|enter|your|describe|list of|link to)\b|\.\.\.|…|^\(.*\)$"
    r"|^<!--|#0{2,}\b|/0{3,}\b"
)
_BRACKETED = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}|\([^()]*\)")
_ID = re.compile(r"(?:.*\W)?ids?$", re.IGNORECASE)
_OPTIONAL_TAIL = re.compile(
    rf"[ \t]?\(\s?(?:{OPTIONAL}|if|where|when|only if|only when)\b[^()]*\)\}}?\s?$",
    re.IGNORECASE,
)
# Of site generators: they concern the page of the template itself.
_PAGE = frozenset({
    "grandparent", "has children", "has toc", "layout", "nav exclude", "nav order", "permalink",
    "sidebar label", "sidebar position", "toc", "weight",
})  # fmt: skip
_NAMES_FIELDS = re.compile(r"\b(?:fields?|lines?|entries|keys?)\b", re.IGNORECASE)
_ADMONITION = re.compile(
    r"note|important|warning|caution|tip|hint|example|usage|instructions?|todo|fixme|nb|please"
    r"|remember|reminder|disclaimer",
    re.IGNORECASE,
)
_DISCUSSION = re.compile(r"#0{2,}\b|/(?:pull|pulls|issues|discussions)/")
_ENUMERATED = re.compile(r".*[^\W\d_]\s+#?(?:\d[\d.-]*|[A-Z])")
_ID_SHAPE = re.compile(r"[A-Z]{1,12}(?:[-_][A-Z]{1,12})*[-_]?(?:\d+|[-_](?:X+|N+|#+))")
_YAML_EMPTY = ("null", "~", "[]", '""', "''", "none")
_CONTINUATION = re.compile(r"[ \t]+(?![-*+] |\d{1,3}[.)] )[^\W_]")
_LONGEST_INDENT = 40
_LONGEST_LABEL = 3  # words of a label in plain text without a value
_SENTENCE = 6  # words from which a value counts as a sentence
_SENTENCES = re.compile(r"[\w)`*][.!?][)*_`]*\s+[\"“(]?[A-Z]")


def is_metadata(title: str) -> bool:
    """Whether a section contains fields that other documents have in their header."""
    return normalise(title) in _METADATA


def names_person(name: str) -> bool:
    """Whether a label asks for a person, such as `Owner` or `Written by`."""
    return bool(_PERSON.search(name))


def document_fields(document: Document) -> tuple[FieldSlot, ...]:
    """The fields of the front matter, the header block and the footer block."""
    notes = {**matter_notes(document), **_notes_between(document)}
    slots = [
        _noted(field_slot(field, "matter" if field.style == "yaml" else "header", document), notes)
        for field in document.header_fields
        if field.name != "spec-lsp"
    ]
    for field in commented_fields(document):
        slot = field_slot(field, "matter", document)
        if slot.choices or slot.placeholder or not field.value:
            why = "it is in a comment"
            slots.append(replace(slot, is_required=False, is_commented=True, why=why))
    slots += (field_slot(field, "footer", document) for field in document.footer_fields)
    return _distinct(slots)


def section_fields(document: Document, section: Section) -> tuple[FieldSlot, ...]:
    """The fields inside a section; a label that is an ID is a definition, not a field."""
    if value := _section_value(document, section):
        return (value,)
    names_tell = is_metadata(section.title)
    return _distinct(
        field_slot(field, "section", document, names_tell=names_tell)
        for field in document.body_fields(section)
        if not _ID_SHAPE.fullmatch(field.name)
    )


def _section_value(document: Document, section: Section) -> FieldSlot | None:
    """The slot of a section's value; None if it has text other than a list of statuses."""
    title = normalise(section.title)
    is_state = title in STATUS_KEYS or title.rpartition(" ")[2] in _STATES
    field = heading_field(section.chunk) if is_state else None
    if not field or field.is_block or not field.value or section.index in document.outline.children:
        return None
    slot = field_slot(field.shift(section.start), "heading", document)
    return replace(slot, key=title, name=section.title) if slot.choices else None


def field_slot(
    field: Field, place: FieldRegion, document: Document, *, names_tell: bool = True
) -> FieldSlot:
    """The slot of a template's field; `names_tell` means that its label shows the kind of value.

    Inside most sections only the value shows it: `**Update:** [what changes]` is not a date.
    """
    value = _OPTIONAL_TAIL.sub("", field.value).rstrip()
    is_prose = field.is_block or _goes_on(field, document)
    choices = None if is_prose else _choices(field, value)
    waits = not choices and is_waiting(field, value, document)
    default = "" if choices or waits or field.is_block else _default(value)
    fmt = _DATE_FORMAT.search(value)
    kind, kind_why = _kind(field.name if names_tell else "", value, choices)
    is_tailed = value != field.value
    why = (
        "its value says so" if is_tailed else _why_optional(field, "" if choices else value, place)
    )
    return FieldSlot(
        name=field.name,
        key=normalise_name(field.name),
        place=place,
        kind=kind,
        node=field,
        choices=choices,
        is_required=not why,
        default=default,
        placeholder=value if waits else "",
        date_format=fmt[0].upper() if fmt else "",
        why=why,
        kind_why=kind_why,
    )


def _goes_on(field: Field, document: Document) -> bool:
    """Whether the line after a value in a list continues it, as only prose does."""
    end = document.text.find("\n", field.value_span.end)
    after = document.text[end + 1 : end + 1 + _LONGEST_INDENT] if end >= 0 else ""
    return field.in_list and bool(_CONTINUATION.match(after))


def is_waiting(field: Field, value: str, document: Document) -> bool:
    """Whether a template's value is to be replaced."""
    if not value:
        return False
    if _WAITING.search(value):
        return True
    section = document.section_at(field.span.start)
    starts = bisect_left(candidates_in(section), field.value_span.start, key=_start)
    inside = takewhile(
        lambda candidate: candidate.span.start < field.value_span.end,
        islice(candidates_in(section), starts, None),
    )
    return any(
        field.value_span.covers(candidate.span) and is_placeholder(candidate, document.text)
        for candidate in inside
    )


def _start(candidate: Candidate) -> int:
    return candidate.span.start


def _why_optional(field: Field, shown: str, place: FieldRegion) -> str:
    """Why documents need not have the field: its label, its value or its position; else empty."""
    name = field.name
    if name.startswith(("[", "{", "<")):
        # `**[Date]:** Specification approved` means dates, not a field with that name.
        return "its label is a placeholder"
    said = f"{field.value} {field.comment}"
    if optional_mark(name) == "optional":
        return "its label says so"
    if may_be_absent(said) or is_for_later(said):
        return "its value says so"
    if names_relation(normalise_name(name)):
        return "few documents have this relation"
    if field.style == "plain" and not field.value and len(name.split()) > _LONGEST_LABEL:
        return "it introduces what follows"
    if _ADMONITION.fullmatch(name) or _DISCUSSION.search(field.value):
        return "it is a remark"
    if field.style == "yaml" and not field.is_block and field.value.casefold() in _YAML_EMPTY:
        return "its value is empty"
    if place == "section":
        return "it is a numbered sample" if _ENUMERATED.fullmatch(name) else ""
    # Fields may be about the template itself, and sentences are for reading.
    words = _BRACKETED.sub("", shown).casefold().split()
    if "template" in name.casefold().split() or (
        place == "matter" and ("template" in words or _spaced(name) in _PAGE)
    ):
        return "it is about the template"
    is_prose = len(words) >= _SENTENCE or (
        not unwrap(field.value)[1][0] and _SENTENCES.search(field.value)
    )
    return "its value is a sentence" if place == "header" and is_prose else ""


def _spaced(name: str) -> str:
    return re.sub(r"[-_]", " ", name.casefold())


def _noted(slot: FieldSlot, notes: dict[int, str]) -> FieldSlot:
    """A field of the header; optional if the comment or the line above it says so."""
    note = notes.get(slot.node.span.start, "")
    if not may_be_absent(note):
        return slot
    return replace(slot, is_required=False, why="the text above says so")


def _notes_between(document: Document) -> dict[int, str]:
    """The text between header fields that applies to each one below, by the field's offset.

    Such as `Add these fields as needed:`.
    """
    notes: dict[int, str] = {}
    note, end = "", -1
    for field in document.header_fields:
        between = document.text[end : field.span.start] if end >= 0 else ""
        if field.style != "yaml":
            note = between if _NAMES_FIELDS.search(between) else note
            notes[field.span.start] = note
            end = field.span.end
    return notes


def _choices(field: Field, value: str) -> Choices | None:
    found = read_choices(value, field.name)
    if not found and field.comment:
        # `status: draft  # draft | approved | final`
        found = read_choices(field.comment, field.name)
    return found


def _kind(name: str, value: str, choices: Choices | None) -> tuple[ValueKind, str]:
    """The kind of the value, and the words that tell it."""
    name = re.sub(r"[-_]", " ", name)
    bare = unwrap(value)[0].strip("`")
    if choices:
        return "choice", ""
    if names_path(name) and file_pattern(value):
        return "text", ""
    if said := _DATE_VALUE.search(bare) or _DATE_NAME.search(name):
        return "date", said[0]
    if said := _ID.fullmatch(name):
        return "id", said[0]
    if said := _TAGS.search(name):
        return "tags", said[0]
    if said := _PERSON.search(name):
        return "person", said[0]
    if bare.casefold() in ("name", "names", "your name"):
        return "person", bare
    if value.startswith("[") and value.endswith(")"):
        return "link", ""
    return ("number", "") if re.fullmatch(r"\d+(?:\.\d+)*", value) else ("text", "")


def _default(value: str) -> str:
    return "" if value.casefold() in _YAML_EMPTY else value


def _distinct(slots: Iterable[FieldSlot]) -> tuple[FieldSlot, ...]:
    """The first slot of each name."""
    found: dict[str, FieldSlot] = {}
    for slot in slots:
        found.setdefault(slot.key, slot)
    return tuple(found.values())
