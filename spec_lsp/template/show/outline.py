"""A schema as data for JSON, and as an outline for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.template.notation.choices import Choices
    from spec_lsp.template.notation.id_patterns import IdPattern
    from spec_lsp.template.schema import FieldSlot, Lifecycle, SectionSlot, TableSlot, Template

VERSION = 1

Data = dict[str, object]


def describe(template: Template) -> Data:
    """The whole schema, for JSON."""
    return {
        "version": VERSION,
        "kind": template.kind,
        "title": template.name,
        "heading": template.document.title if template.title else None,
        "description": template.description,
        "path": template.path,
        "builtin": template.is_builtin,
        "filename": template.filename,
        "directory": template.directory,
        "lifecycle": _lifecycle(template.lifecycle),
        "fields": [_field(slot) for slot in template.fields],
        "checklist": list(template.checklist),
        "sections": [data for slot in template.sections for data in _sections(slot, [])],
        "ids": [_id(pattern, template) for pattern in template.ids],
        "placeholders": list(template.placeholders),
        "faults": [_fault(template, *fault.span, fault.message) for fault in template.faults],
    }


def outline(template: Template) -> str:
    """The schema in the order of the template, one line per element."""
    lines = [f"# {template.title.key}" if template.title else f"(no title: {template.name})"]
    lines += _field_lines(template.fields)
    lines += _check_lines(template.checklist)
    for slot in template.slots:
        lines += _section_lines(slot)
    lines += (f"id {_id_line(pattern, template)}" for pattern in template.ids)
    return "\n".join(lines)


def _sections(slot: SectionSlot, above: list[str]) -> Iterator[Data]:
    """A section, its subsections, and its further samples."""
    yield _section(slot, above, is_required=slot.is_required)
    for child in slot.children:
        yield from _sections(child, [*above, slot.title])
    for sample in slot.further:
        yield _section(sample, above, is_required=False)


def _section(slot: SectionSlot, above: list[str], *, is_required: bool) -> Data:
    tables = [_columns(table) for table in slot.tables]
    return {
        "path": [*above, slot.title],
        "title": slot.title,
        "level": slot.level,
        "required": is_required,
        "repeatable": slot.is_repeatable,
        "fields": [_field(field) for field in slot.fields],
        "columns": [column for columns in tables for column in columns],
        "tables": tables,
        "checklist": list(slot.checklist),
        "guidance": slot.guidance,
        "why": slot.why,
    }


def _field(slot: FieldSlot) -> Data:
    return {
        "name": slot.name,
        "choices": list(slot.values),
        "required": slot.is_required,
        "default": slot.default or None,
        "place": slot.place,
        "kind": slot.kind,
        "placeholder": slot.placeholder or None,
        "format": slot.date_format or None,
        "open": bool(slot.choices and slot.choices.is_open),
        "notes": _notes(slot.choices),
        "why": slot.why,
        "kind_why": slot.kind_why,
    }


def _notes(choices: Choices | None) -> dict[str, str]:
    members = choices.members if choices else ()
    return {choice.text: choice.note for choice in members if choice.note}


def _columns(table: TableSlot) -> list[Data]:
    return [
        {
            "name": name,
            "choices": list(table.choices[index].texts) if index in table.choices else [],
        }
        for index, name in enumerate(table.columns)
    ]


def _id(pattern: IdPattern, template: Template) -> Data:
    return {
        "prefix": pattern.prefix,
        "digits": pattern.digits,
        "scope": pattern.scope,
        "own": pattern == template.id,
        "defines": pattern.defines,
    }


def _lifecycle(lifecycle: Lifecycle | None) -> Data | None:
    if not lifecycle:
        return None
    return {
        "field": lifecycle.field,
        "order": list(lifecycle.order),
        "draft": list(lifecycle.draft),
        "final": list(lifecycle.final),
        "dropped": list(lifecycle.dropped),
    }


def _fault(template: Template, start: int, end: int, message: str) -> Data:
    line, column = template.document.position(start)
    return {"line": line + 1, "column": column + 1, "length": end - start, "message": message}


def _section_lines(slot: SectionSlot) -> Iterator[str]:
    marks = "" if slot.is_required else " (optional)"
    marks += " (repeatable)" if slot.is_repeatable else ""
    yield f"{'#' * slot.level} {slot.pattern.key}{marks}"
    yield from _field_lines(slot.fields)
    for table in slot.tables:
        cells = (
            f"{name}: {', '.join(table.choices[index].texts)}" if index in table.choices else name
            for index, name in enumerate(table.columns)
        )
        yield f"  | {' | '.join(cells)} |"
    yield from _check_lines(slot.checklist)


def _check_lines(checklist: Iterable[str]) -> Iterator[str]:
    return (f"  [ ] {text}" for text in checklist)


def _field_lines(slots: Iterable[FieldSlot]) -> Iterator[str]:
    for slot in slots:
        kind = "" if slot.kind in ("text", "choice") else f" <{slot.kind}>"
        values = f" {' | '.join(slot.values)}" if slot.choices else ""
        more = " | …" if slot.choices and slot.choices.is_open else ""
        default = f" = {_first_line(slot.default)}" if slot.default else ""
        optional = "" if slot.is_required else " (optional)"
        place = f" ({slot.place})" if slot.place in ("footer", "matter") else ""
        yield f"  {slot.name}:{kind}{values}{more}{default}{optional}{place}"


def _id_line(pattern: IdPattern, template: Template) -> str:
    shape = f"{pattern.prefix}{'#' * pattern.digits}" or "a name"
    if pattern == template.id:
        return f"{shape} of the document"
    return f"{shape} in the {pattern.scope}" if pattern.defines else f"{shape} elsewhere"


def _first_line(text: str) -> str:
    lines = text.splitlines()
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"
