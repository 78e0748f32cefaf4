"""Empty and unfilled sections."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.rules.engine.model import Asked, DocumentContext, Finding
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fixes.edits import heading_place, section_asked_by, title_place
from spec_lsp.template.match.content import empty
from spec_lsp.template.match.due import is_later, may_be_empty
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.match.slot_keys import section_key


@rule("empty-section", LADDER, reads="binding")
def empty_section(subject: DocumentContext) -> Iterator[Finding]:
    """A section of the template has a heading but no content.

    Readers cannot tell whether nothing applies or the section is still to be written.

    Comments copied from the template do not count as content.
    The author's own comments do, since they may explain why a section is empty, and so do markers
    such as `<!-- toc -->`, which tools replace.
    Sections that contain other sections, optional ones and tables of contents are not reported.
    A comment in the template can allow its section to stay empty.
    If the template says that a section is due later, as in `must be completed when targeting beta`,
    it is reported once two thirds of the sections there are filled in, and in a final document.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Overview
       ^^^^^^^^ This section is empty

    ## Requirements

    <!-- Nothing is required: this is a study. -->

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    binding = subject.binding
    for match in () if subject.is_bare else empty(binding):
        if may_be_empty(match) or _is_later(subject, match):
            continue
        yield Finding(
            heading_place(binding.document, binding.section(match)),
            "This section is empty",
            related=section_asked_by(binding.template, match.slot),
            asked=Asked(section_key(match.slot)),
        )


@rule("unfilled-section", LADDER, reads="binding")
def unfilled_section(subject: DocumentContext) -> Iterator[Finding]:
    """A section contains only the template text.

    The template text describes what to write; it is not content.

    A section is not reported if the author has added text to it or removed some of the template
    text, or if the template says that it is due later, like an empty one.
    An unchanged copy of the whole template is reported once.
    Checklists and terms such as a licence are meant to be kept, and sections such as
    ``Format: `[ID] [P?] Text` `` only explain how to read the others.
    Placeholders, choice lists and empty fields in a reported section are not reported separately.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Overview

    Users log in with a passkey.

    ## Requirements
       ^^^^^^^^^^^^ This section still contains only the template text

    [What must be true in the end.]

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    binding = subject.binding
    if subject.is_bare:
        yield Finding(title_place(binding.document), "This document is still the bare template")
        return
    for match in subject.unfilled:
        if _is_later(subject, match):
            continue
        yield Finding(
            heading_place(binding.document, binding.section(match)),
            "This section still contains only the template text",
            related=section_asked_by(binding.template, match.slot),
            asked=Asked(section_key(match.slot)),
        )


def _is_later(subject: DocumentContext, match: SectionMatch) -> bool:
    return subject.stage != "final" and is_later(subject.binding, match.slot)
