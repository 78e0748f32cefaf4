"""Values that stand in the brackets in which the template asked for them."""

from __future__ import annotations

import re

from spec_lsp.compare import same_text
from spec_lsp.markdown.nodes import Field
from spec_lsp.rules.engine.model import Subject
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.notation.choices import read_choices, unwrap
from spec_lsp.template.schema import FieldSlot

_NOT_WRAPPED = re.compile(r"[\w+.-]+:\S|\S+@\S|[ xX\d]?$")


def is_wrapped(field: Field, slot: FieldSlot) -> bool:
    """Whether a value stands in the brackets that the template has around it, whatever it is."""
    inner, wrapper = _unwrap(field.value)
    if not wrapper[1] or wrapper[0] == "(" or _NOT_WRAPPED.match(inner):
        return False
    is_list = field.style == "yaml" and wrapper[0] == "["
    return not is_list and wrapper == _unwrap(slot.node.value)[1]


def wrapped_value(subject: Subject, match: FieldMatch) -> str:
    """What stands inside the template's brackets, if that is a value of the author's own."""
    field, slot = match.field, match.slot
    if not is_wrapped(field, slot):
        return ""
    inner, _ = _unwrap(field.value)
    waiting = same_text(field.value.strip("`"))
    templates = (subject.template, subject.born or subject.template)
    if any(waiting in each.placeholders for each in templates) or read_choices(inner, field.name):
        return ""
    links = subject.document.section_at(field.span.start).links
    return "" if any(field.value_span.overlaps(link.span) for link in links) else inner


def _unwrap(value: str) -> tuple[str, tuple[str, str]]:
    """A value without its brackets, in or out of a code span."""
    inner, wrapper = unwrap(value)
    return unwrap(inner) if wrapper[0] == "`" else (inner, wrapper)
