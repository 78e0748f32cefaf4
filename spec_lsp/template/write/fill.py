"""Write text from a template: a new document, a missing section, the next block, a table row.

All functions return parts, which `snippet.plain` and `snippet.snippet` turn into text. Known values
(the ID, the title, today, the author) are filled in; all else becomes a tab stop.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import same_text
from spec_lsp.markdown.parse import parse
from spec_lsp.markdown.unclosed import unclosed
from spec_lsp.template.write.snippet import Hole, Part, Stop, cut, plain, strip
from spec_lsp.template.write.tab_stops import (
    dropped_holes,
    field_holes,
    level_hole,
    number_holes,
    placeholder_holes,
    slot_holes,
    title_holes,
    trailing_rule,
)
from spec_lsp.template.write.values import Values, values_of
from spec_lsp.template.write.yaml_values import is_list, is_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spec_lsp.template.schema import FieldSlot, SectionSlot, TableSlot, Template

__all__ = [
    "Values",
    "field_line",
    "new_document",
    "next_block",
    "section_block",
    "table_row",
    "values_of",
]

_NUMBER = re.compile(r"\d+")


def new_document(template: Template, values: Values) -> list[Part]:
    """The parts of a new document."""
    document = template.document
    holes = [*dropped_holes(template, values), *title_holes(template, values)]
    for field in template.fields:
        holes += field_holes(field, template, values)
    for slot in template.slots:
        holes += slot_holes(slot, template, values)
    for section in document.sections:
        holes += placeholder_holes(template, section)
    start = 1 if document.text.startswith("\ufeff") else 0
    return cut(document.text, start, len(document.text), holes)


def section_block(slot: SectionSlot, template: Template, *, shift: int = 0) -> list[Part]:
    """A section with its subsections, as in the template's first sample."""
    return _block(slot, template, shift, [])


def next_block(slot: SectionSlot, template: Template, number: int, *, shift: int = 0) -> list[Part]:
    """The next instance of a repeatable block; `number` is the first one in its heading."""
    own, below = _renumbered(slot, number)
    holes = [*number_holes(slot.section, own)]
    for each in slot.walk():
        if each is not slot:
            holes += number_holes(each.section, below)
    return _block(slot, template, shift, holes)


def table_row(slot: TableSlot, template: Template) -> list[Part]:
    """A new row for a table: its choices, and a tab stop in every other cell."""
    sample = slot.node.rows[0] if slot.node.rows else ()
    parts: list[Part] = ["| "]
    for column, name in enumerate(slot.columns):
        choices = slot.choices.get(column)
        if column:
            parts.append(" | ")
        if choices:
            parts.append(Stop(choices.texts[0], choices.texts))
        else:
            text = sample[column].text if column < len(sample) else ""
            parts.append(Stop(text if same_text(text) in template.placeholders else name))
    return [*parts, " |"]


def field_line(slot: FieldSlot, template: Template, value: str = "") -> list[Part]:
    """The line of a field in the template's style; `value` must already be in that style."""
    node = slot.node
    text = template.document.text
    if node.style == "yaml":
        return _matter_lines(slot, text, value)
    line = template.document.line_at(node.span.start)
    lead = text[line.start : node.value_span.start]
    if not node.value and not lead.endswith(" "):
        lead += " "
    tail = text[node.span.end : line.end]
    is_line_break = bool(tail) and tail.strip() in ("", "\\", "`")
    return [lead, value or _value_stop(slot), *([tail] if is_line_break else [])]


def _matter_lines(slot: FieldSlot, text: str, value: str) -> list[Part]:
    """A key of the front matter with its value, which may take several lines."""
    node = slot.node
    lead = text[node.span.start : node.value_span.start]
    tail = text[node.value_span.end : node.span.end]
    if slot.choices and not is_list(slot):
        # In the template, the quotes only belong to the list of choices.
        lead, tail = lead.removesuffix(tail), ""
    lead += "" if lead.endswith((" ", "\t", '"', "'")) else " "
    keeps_shape = node.is_block or is_list(slot) or is_map(node)
    stop = Stop(node.value) if keeps_shape else _value_stop(slot)
    return [lead, value or stop, tail]


def _value_stop(slot: FieldSlot) -> Stop:
    if slot.choices:
        return Stop(slot.values[0], slot.values)
    return Stop(slot.placeholder or slot.default)


def _renumbered(
    slot: SectionSlot, number: int
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The new numbers by the old, for the heading of a block and for those below it.

    The first number is incremented, and so is every number that differs between the samples:
    `Phase 3: Story 1` is followed by `Phase 4: Story 2`, and within it by `Tests for Story 2`.
    """
    shown = _NUMBER.findall(slot.title)
    if not shown:
        return {"": [str(number)]}, {}
    other = _NUMBER.findall(slot.samples[1].title) if len(slot.samples) > 1 else []
    step = number - int(shown[0])
    own: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for place, old in enumerate(shown):
        counts = not place or (len(other) == len(shown) and other[place] != old)
        new = str(int(old) + step) if counts else old
        own.setdefault(old, []).append(new)
        if counts:
            below[old] = [new]
    return own, below


def _block(
    slot: SectionSlot, template: Template, shift: int, numbers: Sequence[Hole]
) -> list[Part]:
    document = template.document
    start, end = slot.section.start, document.subtree_end(slot.section)
    end = max(start, min(end, document.footer_start))
    holes = [hole for hole in dropped_holes(template, Values()) if hole.span.start > start]
    for each in slot.walk():
        holes += level_hole(each.section, shift)
        holes += slot_holes(each, template, Values())
    # A known number takes precedence over the placeholder that contains it: `PS-N`.
    taken = [hole.span for hole in numbers]
    holes = [hole for hole in holes if not any(hole.span.overlaps(span) for span in taken)]
    # A thematic break that only separates the block from the next is not part of the block.
    rule = trailing_rule(template, document.section_at(max(end - 1, start)), end)
    end = rule.start if rule and rule.start > start else end
    return _closed(strip(cut(document.text, start, end, [*numbers, *holes])))


def _closed(parts: list[Part]) -> list[Part]:
    """Close a fence or comment left open at the end of a block, which would include later text."""
    left = unclosed(parse("", plain(parts)))
    return [*parts, f"\n{left.closing}"] if left else parts
