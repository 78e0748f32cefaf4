"""Which template a document follows."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from spec_lsp.markdown.matter import list_values
from spec_lsp.template.field_slots import normalise_name
from spec_lsp.template.section_match import root_sections
from spec_lsp.template.titles import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spec_lsp.markdown import Document
    from spec_lsp.template.model import Template

_NAMED = re.compile(r"\bspec-lsp:\s*template\s*[=:]\s*(?P<kind>[\w./-]+)")
_KEYS = ("template", "spec-template")
_LEAST_OVERLAP = 0.5
_LEAST_SHARED = 3
_MARGIN = 0.15


def choose(
    document: Document, templates: Sequence[Template], configured: str = ""
) -> Template | None:
    """The template that a document follows, if it follows any.

    The document's own word comes first, then `configured` (what configuration says of its path),
    the title, the file name, and at last the sections and fields it has in common with a template.
    The workspace's own templates are expected before the built-in ones.
    """
    for name in (named_kind(document), configured):
        if name:
            return by_name(name, templates)
    by_title = [template for template in templates if _has_title(document, template)]
    if by_title:
        # Several kinds may share a title; then what they hold decides.
        return max(by_title, key=lambda each: (_overlap(document, each), not each.is_builtin))
    by_file = [template for template in templates if _has_file_name(document, template)]
    if by_file:
        return max(by_file, key=lambda each: (_overlap(document, each), not each.is_builtin))
    return _most_alike(document, templates)


def named_kind(document: Document) -> str:
    """The kind that a document names in its front matter or in a leading comment."""
    for field in document.header_fields:
        if field.style == "yaml" and normalise_name(field.name) in _KEYS:
            return next(iter(list_values(field.value)), "")
    for section in document.sections[:2]:
        for comment in section.comments[:3]:
            named = _NAMED.search(comment.text)
            if named:
                return named["kind"]
    return ""


def by_name(name: str, templates: Iterable[Template]) -> Template | None:
    """The template of a kind, or the one at a path."""
    templates = tuple(templates)
    folded = name.casefold()
    for template in templates:
        if folded in (template.kind.casefold(), template.path.casefold()):
            return template
    stem = posixpath.splitext(posixpath.basename(folded))[0]
    return next((template for template in templates if template.kind.casefold() == stem), None)


def _has_title(document: Document, template: Template) -> bool:
    """Whether the title begins with words that only this kind's titles begin with."""
    if not template.title or not document.title_section:
        return False
    if template.title.is_literal:
        key = normalise(document.title)
        return key == template.title.key or key.startswith(f"{template.title.key}: ")
    return bool(template.title.head) and template.title.matches(document.title)


def _has_file_name(document: Document, template: Template) -> bool:
    """Whether the file name begins with an ID of the kind."""
    if not template.id or len(template.id.prefix) < 2:
        return False
    name = posixpath.basename(document.path)
    prefix = re.escape(template.id.prefix.rstrip("-_"))
    return bool(re.match(rf"{prefix}[-_]?\d+(?![\w])|{prefix}[-_]?\d+_", name, re.IGNORECASE))


def _most_alike(document: Document, templates: Iterable[Template]) -> Template | None:
    scored = sorted(
        (
            (_overlap(document, each), not each.is_builtin, index, each)
            for index, each in enumerate(templates)
        ),
        key=lambda each: (each[0], each[1], -each[2]),
        reverse=True,
    )
    if not scored or scored[0][0] < _LEAST_OVERLAP:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN and scored[0][1] == scored[1][1]:
        return None
    return scored[0][3]


def _overlap(document: Document, template: Template) -> float:
    """The share of a template's outermost sections and fields that a document has."""
    wanted = [slot for slot in template.sections if slot.is_required and slot.pattern.is_literal]
    titles = {normalise(section.title) for section in root_sections(document, template)}
    shared = sum(slot.pattern.key in titles for slot in wanted)
    names = {
        normalise_name(field.name) for field in (*document.header_fields, *document.footer_fields)
    }
    fields = sum(slot.key in names for slot in template.fields)
    total = len(wanted) + len(template.fields)
    if shared + fields < min(_LEAST_SHARED, total) or not shared:
        return 0.0
    return (shared + fields) / total if total else 0.0
