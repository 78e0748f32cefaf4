"""Infer a schema from a plain Markdown file.

`infer` reads a document as a template. It raises no exception: everything that it cannot interpret
becomes a fault of the template or plain text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise, normalise_name
from spec_lsp.markdown.parse import TOO_MUCH
from spec_lsp.template.notation.file_patterns import FilePattern, file_pattern, names_path
from spec_lsp.template.notation.id_patterns import pattern_of
from spec_lsp.template.notation.placeholders import template_placeholders
from spec_lsp.template.notation.titles import title_pattern
from spec_lsp.template.read import ids
from spec_lsp.template.read.corrections import EVERY, Corrections, read_corrections, with_overlay
from spec_lsp.template.read.fields import document_fields
from spec_lsp.template.read.kind_name import kind_of, name_of
from spec_lsp.template.read.sections import checklist, is_title, section_slots
from spec_lsp.template.read.states import read_lifecycle
from spec_lsp.template.schema import NO_OVERLAY, Fault, Overlay, SectionSlot, Template
from spec_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.markdown.document import Document
    from spec_lsp.template.notation.id_patterns import IdPattern
    from spec_lsp.template.schema import FieldSlot

_CORRECTED = "the corrections say so"


def infer(
    document: Document,
    *,
    is_builtin: bool = False,
    over: Overlay = NO_OVERLAY,
    own: Corrections | None = None,
) -> Template:
    """Read a document as a template; `over` corrects what the template itself does not.

    `own` replaces the template's own corrections.
    """
    own = own or read_corrections(document)
    corrections = with_overlay(own, over)
    texts = corrections.texts
    title = _title(document)
    fields = _corrected_fields(document_fields(document), corrections)
    sections = _corrected_sections(section_slots(document), corrections)
    own_id, id_field = ids.own_id(document, fields)
    if "id" in texts:
        own_id = pattern_of(texts["id"]) or own_id
    values = (slot.value for slot in sections if slot.value)
    lifecycle, faults = read_lifecycle((*fields, *values), corrections)
    place = _file_pattern(fields)
    template = Template(
        kind=texts.get("kind") or kind_of(document, title),
        name=texts.get("title") or name_of(document, title),
        document=document,
        title=title_pattern(title, is_document_title=True) if title else None,
        fields=fields,
        sections=sections,
        ids=_ids(document, own_id),
        placeholders=template_placeholders(document),
        id=own_id,
        id_field=id_field,
        lifecycle=lifecycle,
        filename=texts.get("filename") or place.filename,
        directory=texts.get("directory") or place.directory,
        description=texts.get("description", ""),
        checklist=_outer_checklist(document),
        is_builtin=is_builtin,
        over=over,
    )
    return replace(template, faults=(*own.faults, *faults, *_faults(template, own)))


def own_kind(document: Document) -> str:
    """The kind of a template, without inferring the rest."""
    return read_corrections(document).texts.get("kind") or kind_of(document, _title(document))


def _file_pattern(fields: Iterable[FieldSlot]) -> FilePattern:
    """The pattern in a field for the document's path; empty if there is none."""
    paths = (slot.node.value for slot in fields if names_path(slot.name))
    return next(filter(None, map(file_pattern, paths)), FilePattern("", ""))


def _title(document: Document) -> str:
    """The first heading, unless it is one of several sections."""
    section = document.title_section
    return section.title if section and is_title(document, section) else ""


def _ids(document: Document, own_id: IdPattern | None) -> tuple[IdPattern, ...]:
    """The own ID first, then the IDs that sections define, then IDs of other kinds."""
    found: dict[str, IdPattern] = {}
    own = [own_id] if own_id and own_id.prefix else []
    for pattern in (*own, *ids.section_ids(document), *ids.mentioned_ids(document)):
        found.setdefault(pattern.prefix, pattern)
    return tuple(found.values())


def _outer_checklist(document: Document) -> tuple[str, ...]:
    """The texts of the items with a check box in the header and the footer."""
    last = document.sections[-1]
    header = [text for section in document.header_sections for text in checklist(document, section)]
    footer = (
        item.text
        for item in last.items
        if item.checked is not None and item.span.start > document.footer_start
    )
    return (*header, *footer)


def _corrected_fields(
    slots: Iterable[FieldSlot], corrections: Corrections
) -> tuple[FieldSlot, ...]:
    required = {normalise_name(name) for name in corrections.lists.get("required", ())}
    optional = {normalise_name(name) for name in corrections.lists.get("optional", ())}
    found = []
    for slot in slots:
        is_required = slot.key in required or (
            slot.is_required and slot.key not in optional and not corrections.frees_all
        )
        why = slot.why if is_required == slot.is_required else _CORRECTED
        found.append(replace(slot, is_required=is_required, why=why))
    return tuple(found)


def _corrected_sections(
    slots: Iterable[SectionSlot], corrections: Corrections
) -> tuple[SectionSlot, ...]:
    titles = {
        key: {normalise(title) for title in corrections.lists.get(key, ())}
        for key in ("required", "optional", "repeatable", "guidance")
    }
    if corrections.frees_all:
        titles["optional"].add(EVERY)
    aliases = {normalise(title): others for title, others in corrections.aliases.items()}
    return tuple(_corrected(slot, titles, aliases) for slot in slots)


def _corrected(
    slot: SectionSlot, titles: dict[str, set[str]], aliases: dict[str, tuple[str, ...]]
) -> SectionSlot:
    names = {normalise(slot.title), slot.pattern.key, " / ".join(slot.path)}
    is_required = bool(names & titles["required"]) or (
        slot.is_required and not names & titles["optional"] and EVERY not in titles["optional"]
    )
    others = [other for name in names for other in aliases.get(name, ())]
    is_guidance = slot.is_guidance or bool(names & titles["guidance"])
    inner = (replace(child, is_guidance=is_guidance) for child in slot.children)
    return replace(
        slot,
        is_guidance=is_guidance,
        is_required=is_required,
        why=slot.why if is_required == slot.is_required else _CORRECTED,
        is_repeatable=slot.is_repeatable or bool(names & titles["repeatable"]),
        aliases=tuple(title_pattern(other) for other in others),
        children=tuple(_corrected(child, titles, aliases) for child in inner),
    )


def _faults(template: Template, corrections: Corrections) -> Iterator[Fault]:
    """The errors in a template."""
    document = template.document
    first_line = document.line_span(0) if document.text else Span(0, 0)
    if not document.is_whole:
        yield Fault(first_line, f"This template is {TOO_MUCH}")
    elif not any(section.level for section in document.sections):
        yield Fault(first_line, "A template needs at least one heading")
    known = {normalise(slot.title) for slot in template.slots}
    known |= {slot.pattern.key for slot in template.slots}
    known |= {slot.key for slot in template.fields}
    for key in ("required", "optional", "repeatable"):
        for name in corrections.lists.get(key, ()):
            is_known = normalise(name) in known or normalise_name(name) in known
            if not is_known and name != EVERY:
                yield Fault(
                    corrections.places[key], f"“{name}” is not a section or field of this template"
                )
    for name in corrections.aliases:
        if normalise(name) not in known:
            yield Fault(
                corrections.places["aliases"], f"“{name}” is not a section of this template"
            )
    if "id" in corrections.texts and not pattern_of(corrections.texts["id"]):
        yield Fault(corrections.places["id"], "Expected an ID pattern such as `BUG-###`")
    yield from _filename_faults(corrections)


def _filename_faults(corrections: Corrections) -> Iterator[Fault]:
    filename = corrections.texts.get("filename", "")
    for name in re.findall(r"\{([^{}]*)\}", filename):
        if name not in ("id", "slug", "date", "number"):
            message = f"Unknown part {{{name}}}; expected {{id}}, {{number}}, {{slug}} or {{date}}"
            yield Fault(corrections.places["filename"], message)
    if "/" in filename or "\\" in filename:
        yield Fault(
            corrections.places["filename"], "A file name cannot contain a folder; use `directory`"
        )
