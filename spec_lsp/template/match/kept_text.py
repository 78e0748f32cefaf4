"""Text of the template: which text of a document is kept from it, and which only looks alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from spec_lsp.compare import bare_line, same_text
from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.section import Section
from spec_lsp.memo import once
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.template.notation.candidates import Candidate, candidates_in, chunk_candidates
from spec_lsp.template.notation.choices import read_choices
from spec_lsp.template.notation.id_patterns import pattern_of
from spec_lsp.template.notation.placeholders import is_id_pattern, is_unmistakable
from spec_lsp.template.notation.wording import is_for_later
from spec_lsp.template.schema import Template

_LABEL = re.compile(r"(?<!\] )(?<![\[\w])(\[[A-Z][\w-]*\]) \[[^\]\n]+\](?![(:\[])")
_CODE_FIRST = re.compile(r"[^\w`]*(?:\d+[.)] )?(?:\[[xX]\] )?(?:\*\*[^*]+\*\*:? *)?`[^`]*")
_YAML_COMMENT = re.compile(r"#|[^'\"#]*[ \t]#")
_MARKED = ("[", "{", "<", "(")


@dataclass(frozen=True)
class SectionCheck:
    """Decides which candidates in one section are leftovers."""

    binding: Binding
    section: Section

    def is_left(self, candidate: Candidate, match: FieldMatch | None) -> bool:
        """Whether a candidate is a leftover; `match` is the field that contains it.

        `[NEEDS CLARIFICATION: how fast?]` is one; without a colon it is only the name of the mark,
        as in a list of what to check, unless it is a whole value.
        """
        if self.binding.document.is_reference(candidate.span):
            return False
        if match and is_for_later(match.slot.node.value):
            return False
        if self._is_in_yaml_comment(candidate) or self._is_label(candidate):
            return False
        text = same_text(candidate.text)
        if self.is_mark_name(candidate):
            return self.is_whole(candidate, match)
        where = self.binding.template.placeholders.get(text)
        if not candidate.in_code and self._is_unmistakable(text, candidate, match):
            return True
        if where is None:
            return False
        if read_choices(text):
            return not match and not self._is_cell(candidate)
        if candidate.in_code:
            is_coded = bool(where & self._samples) and text in self.binding.template.coded
            may_be_prose = " " not in text and not self._opens_line(candidate)
            return is_coded and (not may_be_prose or self._is_on_same_line(candidate))
        if where & self._samples and text.startswith(_MARKED):
            return True
        is_long = text.startswith(_MARKED) and " " in text
        is_lead = bool(where & self._samples) and is_id_pattern(text) and self._leads(candidate)
        return (
            is_long
            or is_lead
            or self.is_whole(candidate, match)
            or self._is_on_same_line(candidate)
        )

    def is_mark_name(self, candidate: Candidate) -> bool:
        """Whether a candidate is `[NEEDS CLARIFICATION]`, without a question."""
        text = same_text(candidate.text)
        return is_unmistakable(text, "") and ":" not in text

    def _is_in_yaml_comment(self, candidate: Candidate) -> bool:
        matter = self.section.chunk.matter if not self.section.index else None
        if not matter or not matter.covers(candidate.span):
            return False
        line = self.binding.document.line_at(candidate.span.start).start
        return bool(_YAML_COMMENT.match(self.binding.document.text[line : candidate.span.start]))

    def field(self, candidate: Candidate) -> FieldMatch | None:
        """The field that contains a candidate."""
        covering = (m for m in self._fields if m.field.value_span.covers(candidate.span))
        return next(covering, None)

    def _is_unmistakable(self, text: str, candidate: Candidate, match: FieldMatch | None) -> bool:
        """Whether a candidate is a placeholder that the template lacks or has in another form."""
        template = self.binding.template
        if is_unmistakable(text, template.document.text):
            return True
        if not is_id_pattern(text):
            return False
        pattern = pattern_of(text)
        is_known = pattern is not None and any(e.prefix == pattern.prefix for e in template.ids)
        return is_known and self.is_whole(candidate, match)

    def _is_label(self, candidate: Candidate) -> bool:
        """Whether a candidate is a word in brackets, and what followed it is filled in."""
        if same_text(candidate.text) not in labels(self.binding.template):
            return False
        after = candidate.span.end
        return not self.binding.document.text.startswith((" [", "["), after)

    def is_whole(self, candidate: Candidate, match: FieldMatch | None) -> bool:
        """Whether a candidate is all of a field or a cell, or is in a heading."""
        if match:
            return match.field.value.strip("`*_ ") == candidate.text
        heading = self.section.heading
        is_in_heading = bool(heading and heading.span.covers(candidate.span))
        return is_in_heading or self._is_cell(candidate)

    def _leads(self, candidate: Candidate) -> bool:
        """Whether a list item begins with a candidate."""
        start = candidate.span.start
        return any(item.text_span.start == start for item in self.section.items)

    def _opens_line(self, candidate: Candidate) -> bool:
        """Whether a line or a cell has no words before the code with a candidate.

        Code in prose is what the author writes about: ``marked by `// slug: <slug>` comments``.
        """
        document, start = self.binding.document, candidate.span.start
        before = document.text[document.line_at(start).start : start]
        return bool(_CODE_FIRST.fullmatch(before.rpartition("|")[2])) or "`" not in before

    def _is_cell(self, candidate: Candidate) -> bool:
        return any(
            cell.text.strip("`*_ ") == candidate.text and cell.span.covers(candidate.span)
            for table in self.section.tables
            if table.span.covers(candidate.span)
            for row in table.rows
            for cell in row
        )

    def _is_on_same_line(self, candidate: Candidate) -> bool:
        """Whether the whole line is identical to a line of the template."""
        document = self.binding.template.document
        line = _line_of(self.binding.document, candidate)
        where = self.binding.template.placeholders.get(same_text(candidate.text), frozenset())
        return any(
            _line_of(document, each) == line
            for index in where
            for each in candidates_in(document.sections[index])
        )

    @cached_property
    def _fields(self) -> tuple[FieldMatch, ...]:
        match = self.binding.match_of(self.section)
        return (*self.binding.fields, *(self.binding.section_fields(match) if match else ()))

    @cached_property
    def _samples(self) -> frozenset[int]:
        """The indices of the template's sections for the slot of this section."""
        match = self.binding.match_of(self.section)
        if match:
            return frozenset(sample.index for sample in match.slot.samples)
        is_header = self.section in self.binding.document.header_sections
        header = self.binding.template.document.header_sections
        return frozenset(each.index for each in header) if is_header else frozenset()


def may_be_left(chunk: Chunk, template: Template) -> tuple[Candidate, ...]:
    """The candidates of a chunk that may come from the template.

    All others are the author's own text: the template does not contain them, and they are neither
    unmistakable nor IDs without a number.
    """
    return tuple(
        each
        for each in chunk_candidates(chunk)
        for text in (same_text(each.text),)
        if text in template.placeholders
        or is_unmistakable(text, template.document.text)
        or is_id_pattern(text)
    )


def only_names_mark(binding: Binding, section: Section, candidate: Candidate) -> bool:
    """Whether a candidate is the name of a mark, as in `No [NEEDS CLARIFICATION] is left`."""
    check = SectionCheck(binding, section)
    return check.is_mark_name(candidate) and not check.is_whole(candidate, check.field(candidate))


def is_leftover(candidate: Candidate, template: Template) -> bool:
    """Whether a candidate in a document is a placeholder of its template.

    A single word in braces is often code: `{name}` in code is a leftover only if the template has
    it in code too.
    """
    text = same_text(candidate.text)
    if text not in template.placeholders:
        return False
    return not candidate.in_code or " " in text or text in template.coded


def labels(template: Template) -> frozenset[str]:
    """The words in brackets that precede a placeholder: `[Web] [task]` may become `[Web] Log in`.

    Templates offer several of them, each for some of the items.
    """
    return once(template, _labels)


def _line_of(document: Document, candidate: Candidate) -> str:
    return bare_line(document.line_at(candidate.span.start).of(document.text))


def _labels(template: Template) -> frozenset[str]:
    found = _LABEL.findall(template.document.text)
    return frozenset(map(same_text, found)) if len({*found}) > 1 else frozenset()
