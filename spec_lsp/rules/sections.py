"""Rules about what stands below the headings of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spec_lsp.markdown import Document, Section
from spec_lsp.rules.fixes import heading_place, section_asked_by
from spec_lsp.rules.model import Finding, Subject
from spec_lsp.rules.registry import LADDER, rule
from spec_lsp.template.bind import Binding
from spec_lsp.template.model import SectionSlot
from spec_lsp.template.placeholders import same_text
from spec_lsp.template.section_match import SectionMatch
from spec_lsp.template.section_slots import body_text
from spec_lsp.template.titles import LEGEND, normalise
from spec_lsp.text import Span
from spec_lsp.workspace.progress import guides, own_lines, visible_text

_LINK_DEFINITION = re.compile(r"\[[^\]]+\]: ?\S+$")
_EXAMPLE = re.compile(r"\bexample:", re.IGNORECASE)
_MAY_BE_EMPTY = re.compile(r"\bleave (?:it |this )?(?:section )?(?:empty|blank)\b", re.IGNORECASE)


@rule("empty-section", LADDER, reads="binding")
def empty_section(subject: Subject) -> Iterator[Finding]:
    """A heading of the template stands there, and nothing below it.

    A reader cannot tell whether nothing applies or nobody has written it yet.

    The template's own comments do not count as content, but comments of the author do: they may
    say why nothing is there.
    So do single words such as `<!-- toc -->`, in whose place a tool puts something.
    A section that holds other sections is not empty, nor is a table of contents, and a template
    may say in a comment that its section may be left empty.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Overview
       ^^^^^^^^ nothing stands in this section

    ## Requirements

    <!-- Nothing is required: this is a study. -->

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    binding = subject.binding
    for match in binding.sections:
        if is_empty(binding, match):
            yield Finding(
                heading_place(binding.document, match.section),
                "nothing stands in this section",
                related=section_asked_by(binding.template, match.slot),
            )


@rule("unfilled-section", LADDER, reads="binding")
def unfilled_section(subject: Subject) -> Iterator[Finding]:
    """Nothing stands in a section but the template's own text.

    The template's words say what belongs there; they are not the answer.

    Text of the template that is left in a section besides words of the author's own is fine, and so
    is a section from which the author has taken something away: somebody has been there.
    A check list alone is meant to stay, and a section such as ``Format: `[ID] [P?] Text` `` only
    explains how to read the others.
    What is left inside such a section (placeholders, choice lists, empty fields) is not reported
    one by one as well: the section is to be written as a whole.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Overview

    Users log in with a passkey.

    ## Requirements
       ^^^^^^^^^^^^ nothing but the template's own text stands in this section

    [What must be true in the end.]

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    binding = subject.binding
    for match in unfilled(binding):
        yield Finding(
            heading_place(binding.document, match.section),
            "nothing but the template's own text stands in this section",
            related=section_asked_by(binding.template, match.slot),
        )


def is_empty(binding: Binding, match: SectionMatch) -> bool:
    """Whether nobody has put anything below a heading."""
    section = match.section
    if next(binding.document.children(section), None) or _is_contents(section.title):
        return False
    if any(not _LINK_DEFINITION.match(line) for line in own_lines(binding, section)):
        return False
    asked = {
        same_text(comment.text) for sample in match.slot.samples for comment in sample.comments
    }
    if any(_MAY_BE_EMPTY.search(comment) for comment in asked):
        return False
    said = (same_text(comment.text) for comment in section.comments)
    return all(comment in asked and " " in comment for comment in said)


def unfilled(binding: Binding) -> Iterator[SectionMatch]:
    """The sections that hold what the template says about them, unchanged, and no more.

    One with sections below it is judged by those.
    """
    template = binding.template.document
    for match in binding.sections:
        section, slot = match.section, match.slot
        if next(binding.document.children(section), None) or is_empty(binding, match):
            continue
        text = _text(binding.document, section)
        is_same = bool(text) and any(text == _text(template, each) for each in slot.samples)
        if is_same and guides(binding, slot) and not explains(slot):
            yield match


def explains(slot: SectionSlot) -> bool:
    """Whether a section of the template only shows how to read or write the others.

    Such are ``Format: `[ID] [P?] Text` `` and `Parallel Example: User Story 1`.
    """
    return bool(LEGEND.search(slot.title) or _EXAMPLE.search(slot.title))


def is_within(span: Span, matches: Sequence[SectionMatch]) -> bool:
    """Whether a place lies in one of some sections."""
    return any(match.section.span.covers(span) for match in matches)


def _text(document: Document, section: Section) -> str:
    """What a reader sees below a heading, however its lines are broken."""
    return same_text(visible_text(body_text(document, section)))


def _is_contents(title: str) -> bool:
    """Whether a section is a table of contents, which tools write."""
    return normalise(title) in ("toc", "contents", "table of contents")
