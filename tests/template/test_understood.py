"""What `spec-lsp template show` prints: each element of a template, and why it was read so."""

from __future__ import annotations

from spec_lsp.template.show.understood import understood
from tests.template.support import template, text_of


def shown(markdown: str) -> str:
    return understood(template(markdown, "plan.md")) + "\n"


def test_fields_say_which_words_told_their_kind_and_what_makes_them_optional() -> None:
    assert shown("""
        # Plan: [Name]

        **Status**: Draft | Final
        **Due**: [DD.MM.YYYY]
        **Owner**: [Name] (optional)
        **Version**: 1.0
    """) == text_of("""
        # Plan: [Name]
            title: documents with “plan” in the title are of the kind plan
            life cycle: by status: draft Draft; final Final

        Status: Draft | Final
            required; one of “Draft”, “Final”
        Due: [DD.MM.YYYY]
            required; a date, because of “YYYY”; written DD.MM.YYYY; to be filled in
        Owner: [Name] (optional)
            optional: its value says so; a person, because of “Owner”; to be filled in
        Version: 1.0
            required; a number; new documents have this value
    """)


def test_sections_have_their_real_titles_and_the_words_that_mark_them() -> None:
    assert shown("""
        # Plan: [Name]

        ## 1. Goals & *Non-Goals*

        [What this is for, and what it is not for]

        ## Risks (optional)

        ## Costs

        Only include this section if money is spent.

        ## Option 1: [Name]

        ## Option 2: [Name]

        ## Tasks

        | Task   | Size     |
        | ------ | -------- |
        | [What] | High/Low |

        - [ ] Reviewed
    """) == text_of("""
        # Plan: [Name]
            title: documents with “plan” in the title are of the kind plan

        ## 1. Goals & *Non-Goals*
            required
            > What this is for, and what it is not for
        ## Risks (optional)
            optional: its title says so
        ## Costs
            optional: its text says “Only include this section if”
            > Only include this section if money is spent.
        ## Option 1: [Name]
            required; repeatable: the template has 2 samples
        ## Tasks
            required
          | Task | Size: High, Low |
          [ ] Reviewed
    """)


def test_corrections_are_named() -> None:
    assert shown("""
        ---
        spec-lsp:
          optional: [Risks]
          repeatable: [Costs]
        ---

        # Plan: [Name]

        ## Risks

        ## Costs

        ### FR-001: [Title]
    """) == text_of("""
        # Plan: [Name]
            title: documents with “plan” in the title are of the kind plan

        ## Risks
            optional: the corrections say so
        ## Costs
            required; repeatable: its text or the corrections say so
        ### FR-001: [Title]
            required; repeatable: its title has a placeholder or a sample number
        ID FR-###: in each document
    """)
