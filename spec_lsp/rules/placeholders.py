"""Rules about what a template leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.markdown import Document
from spec_lsp.rules.fixes import asked_by, free_id, known_text
from spec_lsp.rules.leftovers import Leftover, leftovers, outermost
from spec_lsp.rules.model import Desk, Finding, Fix, Fixer, Subject, replacement
from spec_lsp.rules.registry import LADDER, rule
from spec_lsp.rules.wrapped import wrapped_value
from spec_lsp.template.bind import Binding, bind
from spec_lsp.template.ids import pattern_of
from spec_lsp.template.placeholders import (
    is_date_pattern,
    is_id_pattern,
    same_text,
)
from spec_lsp.text import Span

_LONE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?[*_`]*")


@rule("leftover-placeholder", LADDER, reads="binding")
def leftover_placeholder(subject: Subject) -> Iterator[Finding]:
    """A placeholder of the template still stands in the document.

    Readers cannot tell what was meant, and nobody notices that something is still to be decided.

    A placeholder is what this document's template has as one: `[Name]` is text where the template
    does not hold it.
    One of a single word, such as `{name}`, counts in its own section, on a line that is all the
    template's, or as a whole value; in code every placeholder counts in its own section only.
    Beyond that only what cannot mean anything else counts: `[NEEDS CLARIFICATION: …]`, `{{…}}`
    where the template writes its placeholders so, and `YYYY-MM-DD` or `SPEC-XXX` as a whole value.

    `TODO` and `TBD` are words of the author.
    In a section where nothing has been written yet, `unfilled-section` says it once.

    ```markdown
    # Specification: [Title]
                     ^^^^^^^ replace [Title]

    **Specification ID**: SPEC-XXX
                          ^^^^^^^^ replace SPEC-XXX
    **Status**: Draft
    **Created**: YYYY-MM-DD
                 ^^^^^^^^^^ replace YYYY-MM-DD
    **Last Updated**: TBD

    ## Overview

    [Passkeys] replace passwords, written as YYYY-MM-DD or SPEC-XXX.

    ## Requirements

    It must be quick. [NEEDS CLARIFICATION: how quick?]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ replace [NEEDS CLARIFICATION: how quick?]
    ```
    """
    binding = subject.binding
    found = list(leftovers(binding, subject.unwritten))
    if subject.born:
        found += leftovers(bind(binding.document, subject.born), subject.unwritten)
    for each in outermost(found):
        if subject.is_unwritten(each.span) or _is_value(subject, each):
            continue
        yield Finding(
            each.span,
            f"replace {same_text(each.text)}",
            fixer=_ways_out(binding, each),
            related=(asked_by(binding.template, each.match.slot.node.span),) if each.match else (),
        )


def _is_value(subject: Subject, each: Leftover) -> bool:
    """Whether it is a value in the template's brackets, of which another rule speaks."""
    match = each.match
    if not match or match.field.value.strip("`") != each.text:
        return False
    return bool(wrapped_value(subject, match))


def _short(text: str) -> str:
    """A placeholder in the title of a fix, for which menus have little room."""
    same = same_text(text)
    return same if len(same) <= 60 else f"{same[:59]}…"


def _ways_out(binding: Binding, each: Leftover) -> Fixer:
    """Fixes that put what is known in its place, or take it away."""

    def fixes(desk: Desk) -> Iterator[Fix]:
        document = binding.document
        known = _known(binding, each, desk)
        if known:
            yield replacement(document, each.span, known, f"Fill in “{known}”")
        elif not each.match and not _in_heading(document, each.span):
            span = _removable(document, each.span)
            yield replacement(document, span, "", f"Remove {_short(each.text)}")

    return fixes


def _known(binding: Binding, each: Leftover, desk: Desk) -> str:
    if each.match and (known := known_text(each.match.slot, binding, desk)):
        return known
    if is_date_pattern(each.text):
        return desk.today
    pattern = pattern_of(each.text.strip("[]{}"))
    own = binding.template.id
    is_own = pattern and own and pattern.prefix == own.prefix and _names_document(binding, each)
    return free_id(binding, desk) if is_own and is_id_pattern(each.text) else ""


def _names_document(binding: Binding, each: Leftover) -> bool:
    """Whether an ID stands where the document's own belongs; elsewhere it means another one."""
    title = binding.document.title_section
    in_title = bool(title and title.heading and title.heading.span.covers(each.span))
    return in_title or bool(each.match and each.match.slot.name == binding.template.id_field)


def _in_heading(document: Document, span: Span) -> bool:
    heading = document.section_at(span.start).heading
    return bool(heading and heading.span.covers(span))


def _removable(document: Document, span: Span) -> Span:
    """The placeholder with the line that holds nothing else, or with the blank before it."""
    text = document.text
    first, last = document.line_at(span.start), document.line_at(span.end)
    lead = _LONE.match(text, first.start)
    if lead and lead.end() == span.start and not text[span.end : last.end].strip("*_` \t."):
        return Span(first.start, _end_of_gap(document, first, last))
    start = len(text[: span.start].rstrip(" \t"))
    return Span(max(start, first.start), span.end)


def _end_of_gap(document: Document, first: Span, last: Span) -> int:
    """Where the text goes on when some lines are taken out: of two blank lines one remains."""
    after = document.position(last.end).line + 1
    before = document.position(first.start).line - 1
    is_between = not any(document.line_span(n).of(document.text).strip() for n in (before, after))
    following = document.line_span(after + 1 if is_between else after)
    return max(following.start, last.end)
