"""Rules about what a template leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spec_lsp.markdown import Candidate, Document, Section
from spec_lsp.rules.fixes import asked_by, free_id, known_text
from spec_lsp.rules.model import Desk, Finding, Fix, Fixer, Subject, replacement
from spec_lsp.rules.registry import LADDER, rule
from spec_lsp.rules.sections import is_within, unfilled
from spec_lsp.template.bind import Binding, FieldMatch, bind
from spec_lsp.template.choices import read_choices
from spec_lsp.template.ids import pattern_of
from spec_lsp.template.placeholders import (
    is_date_pattern,
    is_id_pattern,
    is_unmistakable,
    same_text,
)
from spec_lsp.text import Span

_LONE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?[*_`]*")
_MARKED = ("[", "{", "<", "(")


@dataclass(frozen=True, slots=True)
class Leftover:
    """The template's text at a place where the author's is expected; `match` is its field."""

    span: Span
    text: str
    match: FieldMatch | None = None


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
    found = list(leftovers(binding))
    if subject.born:
        found += leftovers(bind(binding.document, subject.born))
    for each in _outermost(found):
        yield Finding(
            each.span,
            f"replace {_shown(each.text)}",
            fixer=_ways_out(binding, each),
            related=(asked_by(binding.template, each.match.slot.node.span),) if each.match else (),
        )


def leftovers(binding: Binding) -> Iterator[Leftover]:
    """What the template has left behind outside of sections that hold nothing else."""
    bare = list(unfilled(binding))
    fields = list(binding.all_fields())
    found: list[Leftover] = []
    for section in binding.document.sections:
        if section.chunk.candidates and not is_within(section.span, bare):
            found += _Finder(binding, section, fields).found()
    for match in fields:
        value = match.field.value_span
        is_taken = any(value.overlaps(each.span) for each in found)
        if _is_whole_value(match) and not is_taken and not is_within(value, bare):
            found.append(Leftover(value, match.field.value, match))
    yield from _outermost(found)


def _is_whole_value(match: FieldMatch) -> bool:
    """Whether a field still holds the value that the template has for it to be replaced."""
    placeholder = same_text(match.slot.placeholder)
    return bool(placeholder) and same_text(match.field.value) == placeholder


@dataclass(frozen=True)
class _Finder:
    """Tells the template's placeholders in one section from other text of that shape."""

    binding: Binding
    section: Section
    fields: list[FieldMatch]

    def found(self) -> Iterator[Leftover]:
        for candidate in self.section.candidates:
            match = self._field(candidate)
            if self._is_left(candidate, match):
                yield Leftover(candidate.span, candidate.text, match)

    def _is_left(self, candidate: Candidate, match: FieldMatch | None) -> bool:
        template = self.binding.template
        text = same_text(candidate.text)
        where = template.placeholders.get(text)
        if read_choices(text):
            return where is not None and not match and not self._is_cell(candidate)
        if candidate.in_code:
            return where is not None and bool(where & self._samples)
        if where is None:
            return _is_unmistakable(text, template.document.text) or self._is_known_id(candidate)
        if text.startswith(_MARKED) and " " in text:
            return True
        if text.startswith(_MARKED) and where & self._samples:
            return True
        return self._is_whole(candidate, match) or self._line(candidate) in self._template_lines

    def _is_known_id(self, candidate: Candidate) -> bool:
        """Whether an ID of a known prefix still waits for its number, as a whole value."""
        if not is_id_pattern(candidate.text):
            return False
        pattern = pattern_of(candidate.text)
        known = {each.prefix for each in self.binding.template.ids}
        is_known = pattern is not None and pattern.prefix in known
        return is_known and self._is_whole(candidate, self._field(candidate))

    def _is_whole(self, candidate: Candidate, match: FieldMatch | None) -> bool:
        """Whether it is all there is in a field, in a cell or in a heading's number."""
        if match:
            return match.field.value.strip("`*_ ") == candidate.text
        heading = self.section.heading
        if heading and heading.span.covers(candidate.span):
            return True
        return self._is_cell(candidate)

    def _is_cell(self, candidate: Candidate) -> bool:
        return any(
            cell.text.strip("`*_ ") == candidate.text and cell.span.covers(candidate.span)
            for table in self.section.tables
            if table.span.covers(candidate.span)
            for row in table.rows
            for cell in row
        )

    def _field(self, candidate: Candidate) -> FieldMatch | None:
        return next(
            (each for each in self.fields if each.field.value_span.covers(candidate.span)), None
        )

    def _line(self, candidate: Candidate) -> str:
        return _line_of(self.binding.document, candidate)

    @cached_property
    def _samples(self) -> frozenset[int]:
        """The template's sections that govern this one."""
        match = self.binding.by_section.get(self.section.index)
        if match:
            return frozenset(sample.index for sample in match.slot.samples)
        is_header = self.section in self.binding.document.header_sections
        header = self.binding.template.document.header_sections
        return frozenset(each.index for each in header) if is_header else frozenset()

    @cached_property
    def _template_lines(self) -> frozenset[str]:
        """The template's lines that hold a placeholder."""
        document = self.binding.template.document
        return frozenset(
            _line_of(document, candidate)
            for section in document.sections
            for candidate in section.candidates
        )


def _is_unmistakable(text: str, template_text: str) -> bool:
    """`[NEEDS CLARIFICATION: how fast?]` asks; without a colon it is the name of the mark."""
    return is_unmistakable(text, template_text) and (":" in text or text.startswith("{{"))


def _line_of(document: Document, candidate: Candidate) -> str:
    return same_text(document.line_at(candidate.span.start).of(document.text))


def _outermost(found: list[Leftover]) -> Iterator[Leftover]:
    """Those that do not lie inside another one, in order."""
    end = -1
    for each in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if each.span.end > end:
            end = each.span.end
            yield each


def _shown(text: str) -> str:
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
            yield replacement(document, span, "", f"Remove {_shown(each.text)}")

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
