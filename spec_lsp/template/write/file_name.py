"""The file name, slug and ID of a new document."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING

from spec_lsp.template.write.fill import Values, new_document
from spec_lsp.template.write.snippet import plain

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template

_UNSAFE = re.compile(r"[^\w]+")
_LONGEST_SLUG = 60  # characters of a slug, cut at a hyphen
_ID = re.compile(r"[^\s/\\:*?\"<>|.][^\s/\\:*?\"<>|]{0,79}")


def new_text(template: Template, values: Values) -> str:
    """The text of a new document."""
    return plain(new_document(template, values))


def file_name(template: Template, values: Values) -> str:
    """The file name of a new document: from the template's pattern, else from its ID and title."""
    # A document without a title is named by its ID.
    slug = slug_of(values.title) if values.title or not values.id else ""
    pattern = template.filename or _default_pattern(template, values)
    number = re.search(r"\d+", values.id)
    name = (
        pattern.replace("{id}", values.id or slug)
        .replace("{number}", number[0] if number else "")
        .replace("{slug}", slug)
        .replace("{date}", values.date)
    )
    name = re.sub(r"-+(?=-|\.md$)", "", name).strip("-") or "untitled"
    return posixpath.basename(name if name.endswith(".md") else f"{name}.md")


def slug_of(title: str) -> str:
    """A title as part of a file name: lower case, words joined by hyphens."""
    plain_title = unicodedata.normalize("NFKD", title)
    kept = "".join(char for char in plain_title if not unicodedata.combining(char))
    slug = _UNSAFE.sub("-", kept.casefold().replace("_", "-")).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug or "untitled"


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
