"""Fields of one kind that accept the IDs of another: `Spec: SPEC-XXX`, `Issue: {{ISSUE_ID}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.template.notation.id_patterns import pattern_of
from spec_lsp.template.schema import FieldSlot, Template
from spec_lsp.workspace.relations import is_relation
from spec_lsp.workspace.settings import Settings

_WORDS = re.compile(r"[^\W\d_]+")
_SHAPES = re.compile(r"\b[A-Z]{2,12}(?:[-_][A-Z]{2,12})*[-_](?:X+|N+|#+|\d+)")
# Synonyms for the documents of a kind, besides its name.
_ALSO = {"issue": {"bug"}, "ticket": {"bug", "task"}, "requirement": {"spec"}, "adr": {"decision"}}
_NOT_NAMES = {"document", "record", "specification", "technical", "fix", "analysis", "template"}


def prefixes_of(slot: FieldSlot, settings: Settings) -> tuple[str, ...]:
    """Return the prefixes of the IDs that a field accepts; empty for other fields."""
    found = _meant(slot, settings)
    is_open = slot.place != "section" and not slot.choices and is_relation(slot.key)
    return found or (tuple(settings.ids.own) if is_open else ())


def takers(template: Template, settings: Settings) -> Iterator[tuple[Template, FieldSlot]]:
    """Return the kinds with a field for IDs of a kind, each with that field.

    Excludes kinds that the source itself refers to: no bug is created from its own fix plan.
    """
    if not template.id or not template.id.prefix:
        return
    for other in settings.templates:
        slot = taking_field(other, template, settings)
        back = taking_field(template, other, settings)
        is_backwards = back and is_relation(back.key) and slot and not is_relation(slot.key)
        if slot and other.kind != template.kind and not is_backwards:
            yield other, slot


def taking_field(taker: Template, taken: Template, settings: Settings) -> FieldSlot | None:
    """Return the field of one kind that accepts the IDs of another; plain fields before links."""
    if not taken.id or not taken.id.prefix:
        return None
    slots = [*taker.fields, *(field for slot in taker.slots for field in slot.fields)]
    found = [
        slot
        for slot in slots
        if slot.name != taker.id_field and taken.id.prefix in _meant(slot, settings)
    ]
    return min(found, key=lambda slot: slot.kind == "link", default=None)


def names_of(template: Template) -> set[str]:
    """Return the names for documents of a kind: `bug`, `spec`, `plan`."""
    words = _words(template.kind) - _NOT_NAMES
    if template.id:
        words |= _words(template.id.prefix)
    return words


def _meant(slot: FieldSlot, settings: Settings) -> tuple[str, ...]:
    """Return the prefixes in a field's template text, otherwise those of the kinds in its name."""
    shown = [found.prefix for text in _shapes(slot) if (found := pattern_of(text))]
    known = [prefix for prefix in shown if prefix in settings.ids.own]
    if known or slot.place == "section" or slot.kind not in ("text", "id", "link"):
        return tuple(dict.fromkeys(known))
    words = _words(slot.name)
    named = (
        template.id.prefix
        for template in settings.templates
        if template.id and template.id.prefix and words & names_of(template)
    )
    return tuple(dict.fromkeys(named))


def _shapes(slot: FieldSlot) -> list[str]:
    return _SHAPES.findall(f"{slot.placeholder} {slot.default} {slot.node.value}")


def _words(text: str) -> set[str]:
    words = {word.casefold() for word in _WORDS.findall(text)}
    words |= {word.removesuffix("s") for word in words if len(word) > 3}
    return words.union(*(_ALSO.get(word, set()) for word in words))
