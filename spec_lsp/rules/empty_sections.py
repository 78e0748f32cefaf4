"""Sections without content."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.rules.engine.model import DocumentContext, Finding
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fixes.edits import heading_place, section_asked_by
from spec_lsp.template.match.content import empty


@rule("empty-section", LADDER, reads="binding")
def empty_section(subject: DocumentContext) -> Iterator[Finding]:
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
    for match in empty(binding):
        yield Finding(
            heading_place(binding.document, binding.section(match)),
            "nothing stands in this section",
            related=section_asked_by(binding.template, match.slot),
        )


@rule("unfilled-section", LADDER, reads="binding")
def unfilled_section(subject: DocumentContext) -> Iterator[Finding]:
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
    for match in subject.unfilled:
        yield Finding(
            heading_place(binding.document, binding.section(match)),
            "nothing but the template's own text stands in this section",
            related=section_asked_by(binding.template, match.slot),
        )
