"""Leftovers: template text that remains in a document, as opposed to text of the same shape."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from spec_lsp.compare import bare_line, same_text
from spec_lsp.markdown.nodes import Field
from spec_lsp.markdown.section import Section
from spec_lsp.memo import once
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.match.fillers import filled_for_now
from spec_lsp.template.match.kept_text import SectionCheck, may_be_left
from spec_lsp.template.notation.candidates import Candidate
from spec_lsp.template.notation.wording import is_for_later, says_nothing
from spec_lsp.template.schema import FieldSlot, Template
from spec_lsp.text import Span

_TEMPLATE = re.compile(r"\btemplate\b", re.IGNORECASE)
_SAMPLE_TITLE = re.compile(r"\btemplate\b|^[a-z0-9]+(?:-[a-z0-9]+)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Template text where the author's own is expected; `match` is the field that contains it."""

    span: Span
    text: str
    match: FieldMatch | None = None


def leftovers(binding: Binding, unwritten: Container[int]) -> Iterator[Leftover]:
    """The leftovers of a document, except in `unwritten` sections, which contain nothing else."""
    found: list[Leftover] = []
    template = binding.template
    for section, possible in binding.document.sections_with(may_be_left, template):
        if section.index not in unwritten and not _is_guidance(binding, section):
            found += _found(SectionCheck(binding, section), possible)
    for match in binding.all_fields(_is_whole_value):
        value = match.field.value_span
        section = binding.document.section_at(value.start)
        is_known = any(value.overlaps(each.span) for each in found)
        if not is_known and not _is_guidance(binding, section):
            found.append(Leftover(value, match.field.value, match))
    found += (Leftover(line, line.of(binding.document.text)) for line in filled_for_now(binding))
    title = _unchanged_title(binding)
    if title and not any(title.span.overlaps(each.span) for each in found):
        found.append(title)
    yield from outermost(found)


def _is_guidance(binding: Binding, section: Section) -> bool:
    slot = binding.slot_of(section)
    return slot is not None and slot.is_guidance


def outermost(found: Iterable[Leftover]) -> Iterator[Leftover]:
    """The leftovers that are not inside another one, in order."""
    end = -1
    for each in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if each.span.end > end:
            end = each.span.end
            yield each


def by_kept_line(binding: Binding, found: Iterable[Leftover]) -> Iterator[list[Leftover]]:
    """The leftovers in order, those on one line together if it is a whole line of the template."""
    document, kept = binding.document, once(binding.template, _lines)
    for line, group in groupby(found, lambda each: document.line_at(each.span.start)):
        if bare_line(line.of(document.text)) in kept:
            yield [*group]
        else:
            yield from ([each] for each in group)


def _lines(template: Template) -> frozenset[str]:
    return frozenset(map(bare_line, template.document.text.splitlines()))


def _found(check: SectionCheck, possible: Iterable[Candidate]) -> Iterator[Leftover]:
    for each in possible:
        candidate = each.shift(check.section.start)
        match = check.field(candidate)
        if check.is_left(candidate, match):
            yield Leftover(candidate.span, candidate.text, match)


def _unchanged_title(binding: Binding) -> Leftover | None:
    """The document's title, if it is still that of the template: `Feature name`, `P-3: Template`.

    All documents of some kinds have the same title: it must be one that describes a title.
    """
    section, pattern = binding.document.title_section, binding.template.title
    if not section or not section.heading or not pattern:
        return None
    is_described = not pattern.is_worded or bool(_TEMPLATE.search(section.title))
    is_same = same_text(section.title) == same_text(binding.template.document.title)
    return Leftover(section.heading.text_span, section.title) if is_same and is_described else None


def _is_whole_value(field: Field, slot: FieldSlot) -> bool:
    """Whether the value of a field is still the template's placeholder, or its sample title.

    The real title of a document from which a template was made is none: it has no such form.
    """
    is_sample = slot.key == "title" and _SAMPLE_TITLE.search(slot.default)
    shown = slot.placeholder or (slot.default if is_sample else "")
    is_shown = bool(shown) and same_text(field.value) == same_text(shown)
    waits_or_denies = is_for_later(shown) or says_nothing(shown)
    return is_shown and bool(field.value.strip()) and not waits_or_denies
