"""Keys of a template's slots, the same in all versions of the template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.memo import once

if TYPE_CHECKING:
    from spec_lsp.template.match.binding import Binding, Matches
    from spec_lsp.template.schema import FieldSlot, SectionSlot, Template
    from spec_lsp.text import Span

# Before the key of a section: its check list, which is due in a final document.
TASKS = "☐"

Slots = dict[str, "SectionSlot | FieldSlot"]


def section_key(slot: SectionSlot) -> str:
    """The key of a section."""
    return "#" + "/".join(slot.path)


def key_at(binding: Binding, span: Span) -> str:
    """The key of the section around a span of the document; empty outside of all slots."""
    slot = binding.slot_of(binding.document.section_at(span.start))
    return section_key(slot) if slot else ""


def keys_of(binding: Binding) -> tuple[str, ...]:
    """The keys of all sections and header fields that a document has, sorted."""
    return once(binding.matches, _present)


def slots_by_key(template: Template) -> Slots:
    """The sections and header fields of a template by their keys."""
    return once(template, _slots)


def _present(matches: Matches) -> tuple[str, ...]:
    sections = {id(match.slot): match.slot for match in matches.sections}
    keys = {section_key(slot) for slot in sections.values()}
    return tuple(sorted(keys | {match.slot.key for match in matches.fields}))


def _slots(template: Template) -> Slots:
    sections = {section_key(slot): slot for slot in reversed(template.slots)}
    return {**sections, **{slot.key: slot for slot in template.fields}}
