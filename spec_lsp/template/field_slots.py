"""From a template's fields to what a document's fields must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.template.choices import read_choices, unwrap
from spec_lsp.template.model import FieldSlot
from spec_lsp.template.placeholders import is_placeholder
from spec_lsp.template.titles import optional_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown import Document, Section
    from spec_lsp.markdown.nodes import Field
    from spec_lsp.template.model import Choices, Place, ValueKind

_MARKS = re.compile(r"[*_`~]+")
_DATE_NAME = re.compile(
    r"\b(?:date|created|updated|modified|last updated|due|deadline|next review|review date"
    r"|decided on|at)\b",
    re.IGNORECASE,
)
_DATE_VALUE = re.compile(r"YYYY|\bdate\b", re.IGNORECASE)
_DATE_FORMAT = re.compile(r"(?:YYYY|yyyy|DD|dd|MM|mm)[-/.](?:MM|mm|DD|dd)[-/.](?:DD|dd|YYYY|yyyy)")
_PERSON = re.compile(
    r"\b(?:authors?|owners?|reviewers?|approvers?|assignees?|assigned to|deciders?|created by"
    r"|decided by|decision-?\s?makers?|name)\b",
    re.IGNORECASE,
)
_TAGS = re.compile(r"\b(?:tags|labels|keywords|topics|modules?|components?)\b", re.IGNORECASE)
_WAITING = re.compile(
    r"\b[XYN]\b|\b(?:fill|insert|enter|your|describe|list of|link to)\b|\.\.\.|…|^\(.*\)$"
)
_ID = re.compile(r"(?:.*\W)?ids?$", re.IGNORECASE)
_OPTIONAL_TAIL = re.compile(
    r"\s*\(\s*(?:optional|if applicable|if any|if needed|where applicable|when applicable)\b"
    r"[^()]*\)\}?\s*$",
    re.IGNORECASE,
)
_YAML_EMPTY = ("null", "~", "[]", '""', "''", "none")


def normalise_name(name: str) -> str:
    """What remains of a label when case, marks and joining signs are taken away."""
    return " ".join(re.sub(r"[-_]", " ", _MARKS.sub("", name)).casefold().split())


def document_fields(document: Document) -> tuple[FieldSlot, ...]:
    """The fields of the front matter, the header block and the footer block."""
    slots = [
        field_slot(field, "matter" if field.style == "yaml" else "header", document)
        for field in document.header_fields
        if field.name != "spec-lsp"
    ]
    slots += (field_slot(field, "footer", document) for field in document.footer_fields)
    return _distinct(slots)


def section_fields(document: Document, section: Section) -> tuple[FieldSlot, ...]:
    """The fields inside a section."""
    return _distinct(
        field_slot(field, "section", document) for field in document.body_fields(section)
    )


def field_slot(field: Field, place: Place, document: Document) -> FieldSlot:
    """What a template's field asks for."""
    value = _OPTIONAL_TAIL.sub("", field.value)
    is_optional = value != field.value or optional_mark(field.name) == "optional"
    choices = None if field.is_block else _choices(field, value)
    waits = not choices and is_waiting(field, value, document)
    fmt = _DATE_FORMAT.search(value)
    return FieldSlot(
        name=field.name,
        key=normalise_name(field.name),
        place=place,
        kind=_kind(field, value, choices, place),
        node=field,
        choices=choices,
        is_required=not is_optional and not _is_placeholder_name(field.name),
        default="" if choices or waits or field.is_block else _default(value),
        placeholder=value if waits else "",
        date_format=fmt[0].upper() if fmt else "",
    )


def is_waiting(field: Field, value: str, document: Document) -> bool:
    """Whether a template's value is there to be replaced."""
    if not value:
        return False
    if _WAITING.search(value):
        return True
    section = document.section_at(field.span.start)
    return any(
        field.value_span.covers(candidate.span) and is_placeholder(candidate, document.text)
        for candidate in section.candidates
    )


def _choices(field: Field, value: str) -> Choices | None:
    found = read_choices(value, field.name)
    if not found and field.comment:
        # `status: draft  # draft | approved | final`
        found = read_choices(field.comment, field.name)
    return found


def _kind(field: Field, value: str, choices: Choices | None, place: Place) -> ValueKind:
    """What kind of value is asked for; inside a section only the value itself tells."""
    bare = unwrap(value)[0].strip("`")
    name = re.sub(r"[-_]", " ", field.name) if place != "section" else ""
    if choices:
        return "choice"
    if _is_date(bare) or _DATE_NAME.search(name):
        return "date"
    if _ID.fullmatch(name):
        return "id"
    if _TAGS.search(name):
        return "tags"
    if _PERSON.search(name) or bare.casefold() in ("name", "names", "your name"):
        return "person"
    if value.startswith("[") and value.endswith(")"):
        return "link"
    return "number" if re.fullmatch(r"\d+(?:\.\d+)*", value) else "text"


def _is_date(bare: str) -> bool:
    return bool(_DATE_VALUE.search(bare)) and not re.search(r"[/\\]\w", bare)


def _default(value: str) -> str:
    return "" if value.casefold() in _YAML_EMPTY else value


def _is_placeholder_name(name: str) -> bool:
    """`**[Date]:** Specification approved` asks for dates, not for a field of that name."""
    return name.startswith(("[", "{", "<"))


def _distinct(slots: Iterable[FieldSlot]) -> tuple[FieldSlot, ...]:
    """One slot a name: the second of two says nothing that the first does not."""
    found: dict[str, FieldSlot] = {}
    for slot in slots:
        found.setdefault(slot.key, slot)
    return tuple(found.values())


def field_values(fields: Iterable[Field], key: str) -> Iterator[Field]:
    """The fields of a document that carry a normalised name."""
    return (field for field in fields if normalise_name(field.name) == key)
