"""The version of a template that a document follows: the one at the document's creation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.corrections import corrections_span, read_corrections
from spec_lsp.template.read.infer import infer
from spec_lsp.text import Span

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template


def earlier_version(today: Template, text: str, date: str) -> Template:
    """Read an earlier version. What names the kind is today's, and so are corrections.

    Corrections are advice on how to read a template: they hold for versions that have none.
    """
    document = parse(today.path, text)
    has_own = corrections_span(document) is not None
    found = infer(document, None if has_own else read_corrections(today.document))
    return replace(
        found,
        kind=today.kind,
        name=today.name,
        filename=today.filename,
        directory=today.directory,
        description=today.description,
        today=today,
        date=date,
    )


def later_than_document(today: Template) -> Template:
    """The template for a document that is older than the template."""
    return replace(today, is_later=True)


def span_today(template: Template, span: Span) -> Span:
    """The span in today's version of text of an earlier one; the first line if it is gone."""
    if not template.today:
        return span
    now, line = template.today.document, template.document.line_at(span.start)
    text = line.of(template.document.text)
    at = 0 if not text.strip() else f"\n{now.text}\n".find(f"\n{text}\n")
    if at < 0 or not text.strip():
        return now.line_at(0)
    return Span(at + span.start - line.start, at + min(span.end, line.end) - line.start)
