"""Texts from templates as completion offers them at every keystroke: cut once and kept.

A template never changes, another one takes its place; so what was cut from it stays right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spec_lsp.template.fill import new_document, next_block, section_block
from spec_lsp.template.matter_values import needs_care
from spec_lsp.template.model import SectionSlot, Template
from spec_lsp.template.parts import Part, Stop, with_line_ends
from spec_lsp.template.values import Values

# Stand-ins for what changes while somebody types; nobody writes these characters.
_TITLE, _ID = "\ue000", "\ue001"


def document_parts(template: Template, values: Values, ending: str) -> list[Part]:
    """A whole document, with some line ending."""
    title, own_id = _sign(values.title, _TITLE), _sign(values.id, _ID)
    known = (title, own_id, values.date, values.author)
    shape = _document(_Same(template), known, ending)
    return [_put_in(part, {_TITLE: values.title, _ID: values.id}) for part in shape]


def block_parts(
    slot: SectionSlot, template: Template, number: int, shift: int, ending: str
) -> list[Part]:
    """A section, or with a number the next instance of a repeatable one."""
    return list(_block(_Same(slot), _Same(template), number, shift, ending))


@dataclass(frozen=True, eq=False)
class _Same:
    """Something that is equal to itself alone, so that it may be a key."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=64)
def _document(template: _Same, known: tuple[str, str, str, str], ending: str) -> tuple[Part, ...]:
    return tuple(with_line_ends(new_document(template.value, Values(*known)), ending))


@lru_cache(maxsize=512)
def _block(slot: _Same, template: _Same, number: int, shift: int, ending: str) -> tuple[Part, ...]:
    if number:
        parts = next_block(slot.value, template.value, number, shift=shift)
    else:
        parts = section_block(slot.value, template.value, shift=shift)
    return tuple(with_line_ends(parts, ending))


def _sign(text: str, sign: str) -> str:
    """What stands in for a text; one that is written differently in front matter, itself."""
    return sign if text and not needs_care(text) else text


def _put_in(part: Part, known: dict[str, str]) -> Part:
    if isinstance(part, Stop):
        return part
    for sign, text in known.items():
        part = part.replace(sign, text)
    return part
