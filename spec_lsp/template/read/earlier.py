"""The version of a template that a document follows: the one at the document's creation."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise_name
from spec_lsp.markdown.parse import parse
from spec_lsp.memo import once
from spec_lsp.template.read.corrections import corrections_span, read_corrections
from spec_lsp.template.read.infer import infer
from spec_lsp.text import Span

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.schema import Template

_CREATED = frozenset({
    "created", "date created", "created at", "created on", "created date", "creation date",
})  # fmt: skip
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_REVIEW = dt.timedelta(days=60)


def earlier_version(today: Template, text: str, date: str) -> Template:
    """Read an earlier version. What names the kind is today's, and so are corrections.

    Corrections are advice on how to read a template: they hold for versions that have none.
    """
    document = parse(today.path, text)
    own = None if corrections_span(document) else read_corrections(today.document)
    found = infer(document, over=today.over, own=own)
    return replace(
        found,
        kind=today.kind,
        name=today.name,
        filename=today.filename,
        directory=today.directory,
        description=today.description,
        family=today.family,
        demands=today.demands,
        over=today.over,
        today=today,
        date=date,
    )


def later_than_document(today: Template) -> Template:
    """The template for a document that is older than the template."""
    return replace(today, is_later=True, demands="nothing")


def for_stated_date(document: Document, template: Template) -> Template:
    """The template for a document that may state an earlier creation than the history shows.

    It was moved from elsewhere, unless the time in between is that of a review.
    """
    stated = once(document, _stated_date) if template.date and template.today else None
    if not template.today or not stated:
        return template
    is_older = stated + _LONGEST_REVIEW < dt.date.fromisoformat(template.date)
    return once(template.today, later_than_document) if is_older else template


def _stated_date(document: Document) -> dt.date | None:
    for field in document.header_fields:
        if normalise_name(field.name) in _CREATED and (found := _DATE.search(field.value)):
            try:
                return dt.date.fromisoformat(found[0])
            except ValueError:
                return None
    return None


def span_today(template: Template, span: Span) -> Span:
    """The line in today's version of text of an earlier one; the first line if it is gone."""
    if not template.today:
        return span
    now, old = template.today.document, template.document
    text = _bare(old.line_at(span.start).of(old.text))
    at = 0
    for line in now.text.split("\n") if text else ():
        if _bare(line) == text:
            return now.line_at(at)
        at += len(line) + 1
    return now.line_at(0)


def _bare(line: str) -> str:
    """A line without marks of headings and lists."""
    return line.strip().lstrip("#*+- ")
