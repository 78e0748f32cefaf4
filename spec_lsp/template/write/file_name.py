"""The file name, slug and ID of a new document."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from spec_lsp.template.write.fill import Values, new_document
from spec_lsp.template.write.name_parts import filled, slug_of
from spec_lsp.template.write.snippet import plain

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template

_ID = re.compile(r"[^\s/\\:*?\"<>|.][^\s/\\:*?\"<>|]{0,79}")


def new_text(template: Template, values: Values) -> str:
    """The text of a new document."""
    return plain(new_document(template, values))


def file_name(template: Template, values: Values) -> str:
    """The file name of a new document: from the template's pattern, else from its ID and title."""
    name = filled(
        template.filename or _default_pattern(template, values),
        values.title,
        values.id,
        values.date,
    )
    return posixpath.basename(name if name.endswith(".md") else f"{name}.md")


def next_id(template: Template, taken: list[str]) -> str:
    """The next free ID of a kind: the highest number in use plus 1."""
    pattern = template.id
    if not pattern or (not pattern.prefix and not pattern.digits):
        return ""
    shape = re.compile(rf"{re.escape(pattern.prefix)}(\d+)", re.IGNORECASE)
    numbers = [int(match[1]) for each in taken if (match := shape.fullmatch(each))]
    return pattern.render(max(numbers, default=0) + 1)


def is_safe_id(text: str) -> bool:
    """Whether an ID may become part of a file name: one word, no path."""
    return bool(_ID.fullmatch(text)) and ".." not in text


def slug_id(title: str) -> str:
    """An ID made from a title, for kinds whose IDs are names."""
    return slug_of(title).replace("-", "_")


def _default_pattern(template: Template, values: Values) -> str:
    if template.id and not template.id.prefix:
        return "{id}.md" if not template.id.digits else "{id}-{slug}.md"
    return "{id}-{slug}.md" if values.id else "{slug}.md"
