"""Placeholders and template text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spec_lsp.compare import same_text
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import Field
from spec_lsp.rules.engine.model import (
    Asked,
    DocumentContext,
    Finding,
    Fix,
    FixContext,
    Fixer,
    replacement,
)
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fields import field_asked
from spec_lsp.rules.fixes.edits import asked_by, free_id, known_text
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.match.leftovers import Leftover, by_kept_line, leftovers, outermost
from spec_lsp.template.match.slot_keys import key_at
from spec_lsp.template.notation.choices import find_choice, read_choices, unwrap
from spec_lsp.template.notation.id_patterns import pattern_of
from spec_lsp.template.notation.placeholders import is_date_pattern, is_id_pattern
from spec_lsp.template.schema import FieldSlot
from spec_lsp.text import Span

_LONE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX~-]\]\*?[ \t]+)?[*_`]*")


@rule("leftover-placeholder", LADDER, reads="binding")
def leftover_placeholder(subject: DocumentContext) -> Iterator[Finding]:
    """A placeholder of the template is not filled in.

    Readers cannot tell what is meant, and an open decision goes unnoticed.

    Only the placeholders of the document's own template count: `[Name]` is text if the template
    does not contain it.
    A placeholder of a single word, such as `{name}`, counts in its own section, on a line copied
    from the template, or as a whole value; in code, placeholders count only in their own section.
    Unambiguous placeholders always count: `[NEEDS CLARIFICATION: …]`, `{{…}}` if the template uses
    double braces, and `YYYY-MM-DD` or `SPEC-XXX` as a whole value.

    Several on a line copied from the template are one problem.
    `TODO` and `TBD` are the author's own words.
    Placeholders in a section that contains only the template text are covered by
    `unfilled-section`.

    ```markdown
    # Specification: [Title]
                     ^^^^^^^ Placeholder [Title] is not filled in

    **Specification ID**: SPEC-XXX
                          ^^^^^^^^ Placeholder SPEC-XXX is not filled in
    **Status**: Draft
    **Created**: YYYY-MM-DD
                 ^^^^^^^^^^ Placeholder YYYY-MM-DD is not filled in
    **Last Updated**: TBD

    ## Overview

    [Passkeys] replace passwords, written as YYYY-MM-DD or SPEC-XXX.

    ## Requirements

    Be quick. [NEEDS CLARIFICATION: how?]
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ Placeholder [NEEDS CLARIFICATION: how?] is not filled in
    ```
    """
    binding = subject.binding
    found = list(leftovers(binding, subject.unwritten))
    if subject.today:
        found += leftovers(subject.today, subject.unwritten)
    said = (e for e in outermost(found) if not subject.is_unwritten(e.span))
    for line in by_kept_line(binding, (e for e in said if not _is_value(subject, e))):
        first = line[0]
        names = ", ".join(same_text(each.text) for each in line)
        yield Finding(
            Span(first.span.start, line[-1].span.end),
            f"Placeholder {names} is not filled in"
            if len(line) == 1
            else f"Placeholders {names} are not filled in",
            fixer=_ways_out(binding, line),
            related=(asked_by(binding.template, first.match.slot.node.span),)
            if first.match
            else (),
            asked=_asked(binding, first),
        )


def _asked(binding: Binding, each: Leftover) -> Asked | None:
    """The demand to replace a placeholder; None for text that the template does not have."""
    text = same_text(each.text)
    if text not in binding.template.placeholders:
        return None
    slot = field_asked(binding, each.match).slot if each.match else key_at(binding, each.span)
    return Asked(slot, text)


def _is_value(subject: DocumentContext, each: Leftover) -> bool:
    """Whether a leftover is a value in the template's brackets: `leftover-wrapper` reports it."""
    match = each.match
    if not match or match.field.value.strip("`") != each.text:
        return False
    return bool(wrapped_value(subject, match))


def _short(text: str) -> str:
    """Shorten a placeholder to 60 characters for the title of a fix."""
    same = same_text(text)
    return same if len(same) <= 60 else f"{same[:59]}…"


def _ways_out(binding: Binding, line: Iterable[Leftover]) -> Fixer:
    """Fixes that replace a placeholder with the known value, or remove it."""

    def fixes(desk: FixContext) -> Iterator[Fix]:
        document = binding.document
        for each in line:
            if known := _known(binding, each, desk):
                yield replacement(document, each.span, known, f"Fill in “{known}”")
            elif not each.match and not _in_heading(document, each.span):
                span = _removable(document, each.span)
                yield replacement(document, span, "", f"Remove {_short(each.text)}")

    return fixes


def _known(binding: Binding, each: Leftover, desk: FixContext) -> str:
    if each.match and (known := known_text(each.match.slot, binding, desk)):
        return known
    if is_date_pattern(each.text):
        return desk.today
    pattern = pattern_of(each.text.strip("[]{}"))
    own = binding.template.id
    is_own = pattern and own and pattern.prefix == own.prefix and _names_document(binding, each)
    return free_id(binding, desk) if is_own and is_id_pattern(each.text) else ""


def _names_document(binding: Binding, each: Leftover) -> bool:
    """Whether an ID is in the title or the ID field; elsewhere it is another document's."""
    title = binding.document.title_section
    in_title = bool(title and title.heading and title.heading.span.covers(each.span))
    return in_title or bool(each.match and each.match.slot.name == binding.template.id_field)


def _in_heading(document: Document, span: Span) -> bool:
    heading = document.section_at(span.start).heading
    return bool(heading and heading.span.covers(span))


def _removable(document: Document, span: Span) -> Span:
    """The span to remove: the whole line if it has no other text, else also the blank before it."""
    text = document.text
    first, last = document.line_at(span.start), document.line_at(span.end)
    lead = _LONE.match(text, first.start)
    if lead and lead.end() == span.start and not text[span.end : last.end].strip("*_` \t."):
        return Span(first.start, _end_of_gap(document, first, last))
    start = len(text[: span.start].rstrip(" \t"))
    return Span(max(start, first.start), span.end)


def _end_of_gap(document: Document, first: Span, last: Span) -> int:
    """End of the lines to remove, including one of two blank lines around them."""
    after = document.position(last.end).line + 1
    before = document.position(first.start).line - 1
    is_between = not any(document.line_span(n).of(document.text).strip() for n in (before, after))
    following = document.line_span(after + 1 if is_between else after)
    return max(following.start, last.end)


_NOT_WRAPPED = re.compile(r"[\w+.-]+:\S|\S+@\S|[ xX~\d-]?$")
_INSTRUCTION = re.compile(
    r"\b(?:link|url|path|name|names|title|date|author|owner|text|description|value|number|id|your|the"
    r"|list|insert|describe|optional|e\.?g|tbd|todo|see|if|when)\b|\.\w{1,4}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"@?[^\W\d_a-z]\S*|van|von|der|den|de|di|la|and|of|&")
_LONGEST_VALUE = 5  # words


def is_wrapped(field: Field, slot: FieldSlot) -> bool:
    """Whether a value is in the brackets that the template has around it."""
    inner, wrapper = _unwrap(field.value)
    if not wrapper[1] or wrapper[0] == "(" or _NOT_WRAPPED.match(inner):
        return False
    is_list = field.style == "yaml" and wrapper[0] == "["
    return not is_list and wrapper == _unwrap(slot.node.value)[1]


def wrapped_value(subject: DocumentContext, match: FieldMatch) -> str:
    """The author's value inside the template's brackets; empty if it is a placeholder or a link."""
    field, slot = match.field, match.slot
    if not is_wrapped(field, slot):
        return ""
    inner, _ = _unwrap(field.value)
    waiting = same_text(field.value.strip("`"))
    templates = (subject.template, subject.template.today or subject.template)
    if any(waiting in each.placeholders for each in templates) or read_choices(inner, field.name):
        return ""
    if not _reads_as_value(inner, slot):
        return ""
    links = subject.document.section_at(field.span.start).links
    return "" if any(field.value_span.overlaps(link.span) for link in links) else inner


def _reads_as_value(text: str, slot: FieldSlot) -> bool:
    """Whether text is a choice, a date, a number, a code or a name, not words for the author."""
    if slot.choices and find_choice(text, slot.choices):
        return True
    words = text.split()
    if len(words) > _LONGEST_VALUE or _INSTRUCTION.search(text) or text.endswith((".", "?", "!")):
        return False
    is_code = len(words) == 1 and bool(re.search(r"\d|\w[-_]\w", text))
    return is_code or text[0].isdigit() or all(_NAME.fullmatch(word) for word in words)


def _unwrap(value: str) -> tuple[str, tuple[str, str]]:
    """A value without its brackets, and the brackets; also in a code span."""
    inner, wrapper = unwrap(value)
    return unwrap(inner) if wrapper[0] == "`" else (inner, wrapper)


@rule("leftover-wrapper", "warning", reads="binding")
def leftover_wrapper(subject: DocumentContext) -> Iterator[Finding]:
    """A value is filled in, but the template's brackets are still around it.

    Brackets mark text to fill in: around a value they make it look unfinished, and tools read them
    as part of the value.

    Only brackets that the template has around the same field are reported, and only around a
    choice, a date, a number, a code or a name: other words in brackets may still be for the author.
    Links, references, addresses and YAML lists keep their brackets.

    ```template
    # Note: [Title]

    **Date**: [YYYY-MM-DD]
    **Owner**: [Name]
    ```

    ```markdown
    # Note: Login

    **Date**: [2026-03-14]
              ^^^^^^^^^^^^ Remove the template's brackets around the value
    **Owner**: Ada [on leave]
    ```
    """
    for match in subject.binding.all_fields(is_wrapped):
        inner = wrapped_value(subject, match)
        if inner:
            yield Finding(
                match.field.value_span,
                "Remove the template's brackets around the value",
                fixer=_unwrapping(subject, match, inner),
                related=(asked_by(subject.template, match.slot.node.span),),
                asked=field_asked(subject.binding, match),
            )


def _unwrapping(subject: DocumentContext, match: FieldMatch, inner: str) -> Fixer:
    field = match.field
    text = f"`{inner}`" if field.value.startswith("`") else inner
    return lambda _: [
        replacement(subject.document, field.value_span, text, "Remove the brackets", is_safe=True)
    ]
