"""Edits of templates, each tried on the template before it is offered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.model import Change
from spec_lsp.template.read.corrections import KEY, corrections_span, read_corrections
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import FieldSlot
from spec_lsp.text import Edit, Span, apply, line_ending

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.schema import SectionSlot, Template

_Facts = dict[str, tuple[bool, tuple[str, ...]]]


def mark_optional(template: Template, slot: SectionSlot | FieldSlot, name: str) -> Change | None:
    """Mark a section or field as optional, in its label or else in the front matter."""
    wanted = _facts(template)
    key = _key(slot)
    wanted[key] = False, wanted[key][1]
    return _first(template, wanted, _optional_edits(template, slot, name))


def add_choice(template: Template, slot: FieldSlot, value: str) -> Change | None:
    """Add a value after the last choice of a field."""
    wanted = _facts(template)
    key = _key(slot)
    if key not in wanted:
        return None
    is_required, texts = wanted[key]
    wanted[key] = is_required, (*texts, value)
    return _first(template, wanted, _choice_edits(template.document, slot, value))


def _first(template: Template, wanted: _Facts, edits: Iterator[Edit]) -> Change | None:
    """The first edit after which the template says what is wanted, and nothing else."""
    for edit in edits:
        text = apply(template.document.text, [edit])
        changed = infer(parse(template.path, text))
        if _facts(changed) == wanted and changed.kind == template.kind and not changed.faults:
            return Change(template.path, edit)
    return None


def _facts(template: Template) -> _Facts:
    """Whether each section and field is required, and its choices."""
    found: _Facts = {_key(slot): (slot.is_required, ()) for slot in template.slots}
    fields = (*template.fields, *(field for slot in template.slots for field in slot.fields))
    for field in fields:
        found.setdefault(_key(field), (field.is_required, field.values))
    return found


def _key(slot: SectionSlot | FieldSlot) -> str:
    return slot.key if isinstance(slot, FieldSlot) else "#" + "/".join(slot.path)


def _optional_edits(template: Template, slot: SectionSlot | FieldSlot, name: str) -> Iterator[Edit]:
    document = template.document
    if not isinstance(slot, FieldSlot):
        heading = slot.section.heading
        if heading:
            yield _insertion(heading.text_span.end, " (optional)")
    elif slot.node.style != "yaml":
        yield _insertion(slot.node.name_span.end, " (optional)")
    yield _correction(document, name)


def _correction(document: Document, name: str) -> Edit:
    """Add a name to the optional sections and fields in the front matter."""
    newline, quoted = line_ending(document.text), json.dumps(name, ensure_ascii=False)
    line = f"  optional: [{quoted}]{newline}"
    span, matter = corrections_span(document), document.chunks[0].matter
    if span:
        listed = read_corrections(document).places.get("optional")
        if listed and listed.of(document.text).endswith("]"):
            return _insertion(listed.end - 1, f", {quoted}")
        return _insertion(document.line_at(span.start).end + len(newline), line)
    block = f"{KEY}:{newline}{line}"
    if matter:
        inside = document.text[: matter.end].rstrip()
        fence = max(inside.rfind("\n"), inside.rfind("\r")) + 1
        return _insertion(fence, block)
    start = int(document.text.startswith("\ufeff"))
    return _insertion(start, f"---{newline}{block}---{newline}{newline}")


def _choice_edits(document: Document, slot: FieldSlot, value: str) -> Iterator[Edit]:
    """Insert a choice after the last one, with the separator between the last two."""
    before, last = ("", *slot.values)[-2:]
    text, first = document.text, slot.node.span.start
    end = text.rfind(last, first, document.line_at(slot.node.span.end).end)
    start = text.rfind(before, first, end)
    if before and start >= 0:
        yield _insertion(end + len(last), text[start + len(before) : end] + value)


def _insertion(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)
