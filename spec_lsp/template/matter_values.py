"""Writing values into front matter, so that they keep the shape that YAML has there.

A list stays a list in its own style, a quoted value stays quoted, and a value that YAML would take
for something else is quoted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.matter import list_values
from spec_lsp.text import line_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spec_lsp.markdown import Field
    from spec_lsp.template.model import FieldSlot

_KEY = r"""(?:[^\W\d][\w.()/&-]*(?: +[\w.()/&-]+)*|"[^"\r\n]*"|'[^'\r\n]*')[ \t]*:(?=\s|\Z)"""
_BLOCK_MAP = re.compile(rf"(?:-[ \t]+)?{_KEY}")
_FLOW_MAP = re.compile(rf"\[?\s*\{{\s*(?:\}}|{_KEY})")
_FLOW = re.compile(r"\[(?P<blanks>[ \t]*)(?P<quote>[\"']?)(?P<rest>.*)\]", re.DOTALL)
_ITEM = re.compile(r"-[ \t]+(?P<quote>[\"']?)")
_LAST_NOTES = re.compile(r"(?:\s*?(?:\r\n|\n|\r)[ \t]*#[^\r\n]*)+\Z")
_UNSAFE = re.compile(r"[-?:](?:\s|\Z)|[\[\]{},#&*!|>'\"%@`]|.*(?::(?:\s|\Z)|\s#)")
_UNSAFE_MEMBER = re.compile(r"-|.*[\[\]{},?:]")
# Several names: `authors: [Your Name]` is a list of them, `author: [Your Name]` a placeholder.
_SEVERAL = re.compile(r"(?!status\Z).*[^s\W]s|consulted|informed", re.IGNORECASE)


def is_list(slot: FieldSlot) -> bool:
    """Whether a template's field of the front matter holds a YAML list."""
    field, value = slot.node, slot.node.value
    if field.style != "yaml" or is_map(field):
        return False
    if field.is_block:
        return bool(_ITEM.match(value))
    if not _FLOW.fullmatch(value) or "|" in value:
        return False
    return not slot.placeholder or "," in value or bool(_SEVERAL.fullmatch(slot.key))


def is_map(field: Field) -> bool:
    """Whether a field of the front matter holds keys of its own, or a list of such maps."""
    if field.style != "yaml":
        return False
    return bool((_BLOCK_MAP if field.is_block else _FLOW_MAP).match(field.value))


def members_of(value: str) -> list[str]:
    """The members of a list as a user gives them: `a, b` or `[a, "b, c"]`."""
    return list_values(value if value.startswith("[") else f"[{value}]")


def needs_care(value: str) -> bool:
    """Whether a value must be quoted or escaped in some place of front matter."""
    return bool(_UNSAFE.match(value) or re.search(r"[\"'\\]", value))


def list_text(text: str, field: Field, members: Sequence[str]) -> str:
    """What replaces a field's value so that its list, in either style, holds these members."""
    if not members:
        return "  []" if field.is_block else "[]"
    item = _ITEM.match(field.value)
    if item:
        start = field.value_span.start
        indent = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
        dash = item[0].removesuffix(item["quote"])
        lines = (dash + _scalar(each, item["quote"], _UNSAFE) for each in members)
        notes = _LAST_NOTES.search(field.value)
        return f"{line_ending(text)}{indent}".join(lines) + (notes[0] if notes else "")
    flow = _FLOW.fullmatch(field.value)
    blanks, quote = (flow["blanks"], flow["quote"]) if flow and flow["rest"] else ("", "")
    written = ", ".join(_scalar(each, quote, _UNSAFE_MEMBER) for each in members)
    return f"[{blanks}{written}{blanks}]"


def scalar_text(text: str, field: Field, value: str) -> str:
    """What replaces a field's value, inside the quotes that are around it."""
    before, after = text[: field.value_span.start][-1:], text[field.value_span.end :][:1]
    if before == after and before in ("'", '"'):
        return _escaped(value, before)
    return value if field.is_block else _scalar(value, "", _UNSAFE)


def _scalar(value: str, quote: str, unsafe: re.Pattern[str]) -> str:
    if not quote and (_UNSAFE.match(value) or unsafe.match(value)):
        quote = '"'
    return f"{quote}{_escaped(value, quote)}{quote}"


def _escaped(value: str, quote: str) -> str:
    if quote == '"':
        return value.replace("\\", "\\\\").replace('"', '\\"')
    return value.replace("'", "''") if quote else value
