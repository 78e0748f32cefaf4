"""How a template was understood, for people: each element with its real title, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.compare import without_marks
from spec_lsp.template.notation.titles import has_open_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spec_lsp.template.notation.choices import Choices
    from spec_lsp.template.notation.id_patterns import IdPattern
    from spec_lsp.template.schema import FieldSlot, SectionSlot, TableSlot, Template

_LONGEST = 90  # code points of guidance and values
_PLACES = {"matter": "front matter", "footer": "footer"}
_KINDS = {"date": "a date", "person": "a person", "id": "an ID", "link": "a link"} | {
    "number": "a number",
    "tags": "tags",
}


def understood(template: Template) -> str:
    """The schema in the order of the template; each element is followed by what was understood."""
    lines = [*_head(template), ""]
    for field in template.fields:
        lines += _field(field, "")
    lines += _boxes(template.checklist, "")
    for slot in template.slots:
        lines += _section(slot)
    lines += (f"ID {_id(pattern, template)}" for pattern in template.ids)
    return "\n".join(lines)


def _head(template: Template) -> Iterator[str]:
    document = template.document
    if not template.title:
        yield f"{template.name}: no title of its own"
    else:
        yield f"# {without_marks(document.title)}"
        words = ", ".join(f"“{word}”" for word in template.title.words)
        tells = f"documents with {words} in the title are of" if words else "says nothing about"
        yield f"    title: {tells} the kind {template.kind}"
    if template.id_field:
        yield f"    own ID: from the field {template.id_field}"
    if template.directory or template.filename:
        yield f"    new files: {template.directory or '.'}/{template.filename}".rstrip("/")
    if life := template.lifecycle:
        ends = (("draft", life.draft), ("final", life.final), ("dropped", life.dropped))
        shown = (f"{name} {', '.join(values)}" for name, values in ends if values)
        yield f"    life cycle: by {life.field}: {'; '.join(shown)}"


def _field(slot: FieldSlot, indent: str) -> Iterator[str]:
    value = slot.node.value or ""
    yield f"{indent}{slot.name}: {_short(value)}".rstrip()
    place = f"{_PLACES[slot.place]}, " if slot.place in _PLACES else ""
    facts = [place + _state(slot.why, is_required=slot.is_required)]
    if slot.choices:
        facts.append(_choices(slot.choices))
    elif slot.kind in _KINDS:
        by = f", because of “{slot.kind_why}”" if slot.kind_why else ""
        facts.append(f"{_KINDS[slot.kind]}{by}")
    if slot.date_format:
        facts.append(f"written {slot.date_format}")
    if slot.placeholder and not slot.choices:
        facts.append("to be filled in")
    elif slot.default:
        facts.append("new documents have this value")
    yield f"{indent}    {'; '.join(facts)}"


def _section(slot: SectionSlot) -> Iterator[str]:
    yield f"{'#' * slot.level} {slot.title}"
    facts = [_state(slot.why, is_required=slot.is_required)]
    if slot.is_repeatable:
        facts.append(f"repeatable: {_why_repeatable(slot)}")
    if slot.is_guidance:
        facts.append("guidance for writers")
    if slot.aliases:
        facts.append(f"also called {', '.join(f'“{each.key}”' for each in slot.aliases)}")
    yield f"    {'; '.join(facts)}"
    if slot.guidance:
        yield f"    > {_short(slot.guidance)}"
    for field in slot.fields:
        yield from _field(field, "  ")
    for table in slot.tables:
        yield f"  | {' | '.join(_columns(table))} |"
    yield from _boxes(slot.checklist, "  ")


def _state(why: str, *, is_required: bool) -> str:
    state = "required" if is_required else "optional"
    return f"{state}: {why}" if why else state


def _why_repeatable(slot: SectionSlot) -> str:
    if len(slot.samples) > 1:
        return f"the template has {len(slot.samples)} samples"
    if has_open_number(slot.title):
        return "its number is open"
    if not slot.pattern.is_literal:
        return "its title has a placeholder or a sample number"
    return "its text or the corrections say so"


def _choices(choices: Choices) -> str:
    more = ", or others" if choices.is_open else ""
    return f"one of {', '.join(f'“{text}”' for text in choices.texts)}{more}"


def _columns(table: TableSlot) -> Iterator[str]:
    for index, name in enumerate(table.columns):
        found = table.choices.get(index)
        yield f"{name}: {', '.join(found.texts)}" if found else name


def _boxes(checklist: Sequence[str] | Iterable[str], indent: str) -> Iterator[str]:
    return (f"{indent}[ ] {_short(text)}" for text in checklist)


def _id(pattern: IdPattern, template: Template) -> str:
    shape = f"{pattern.prefix}{'#' * pattern.digits}" or "a name"
    if pattern == template.id:
        return f"{shape}: of the document"
    place = "document" if pattern.scope == "document" else pattern.scope
    return f"{shape}: in each {place}" if pattern.defines else f"{shape}: of another kind"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]} …"
