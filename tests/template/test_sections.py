"""Sections: required, optional and repeatable ones."""

from __future__ import annotations

import pytest

from spec_lsp.compare import optional_mark
from tests.template.support import bound, schema, template


def test_headings_become_sections_by_path() -> None:
    """`Risk 1` is under two parents in one of our own templates."""
    found = template("""
        # Feature: [Name]

        ## Risks

        ### Technical Risks

        #### Risk 1: [Name]

        ### User Risks

        #### Risk 1: [Name]
    """)
    assert [" / ".join(slot.path) for slot in found.slots] == [
        "risks",
        "risks / technical risks",
        "risks / technical risks / risk #: *",
        "risks / user risks",
        "risks / user risks / risk #: *",
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Notes (optional)", "optional"),
        ("Notes (Optional)", "optional"),
        ("Notes *(Optional)*", "optional"),
        ("Notes [optional]", "optional"),
        ("Notes - optional", "optional"),
        ("Migration (if applicable)", "optional"),
        ("Key Entities *(include if feature involves data)*", "optional"),
        ("Tests for Story 1 (OPTIONAL - only if tests requested) ⚠️", "optional"),
        ("Contracts *(mandatory if feature has a backend)*", "optional"),
        ("Scope *(mandatory)*", "required"),
        ("Scope (required)", "required"),
        ("Test Types Required", ""),
        ("Optional Features", ""),
        ("Rollback Plan", ""),
        ("Options", ""),
    ],
)
def test_marks_in_a_heading(title: str, expected: str) -> None:
    assert optional_mark(title) == expected


def test_an_optional_section_may_be_marked_in_its_heading_above_it_or_in_its_text() -> None:
    assert schema("""
        # Decision: [Title]

        ## Context

        <!-- This is an optional element. Feel free to remove. -->
        ## Drivers
        ## Prior Art
        {{This section is optional if there are no examples elsewhere}}
        ## Rejected Ideas
        *Optional*: what was thought of and dropped.
        ## Complexity
        > **Fill ONLY if the check above has violations**
        ## Migration
        <!-- Steps for users. Delete this section for a new component. -->
        ## Doubts
        {{Open points.}}

        {{THIS SECTION SHOULD BE REMOVED BEFORE APPROVAL}}
        ## TOC
        ## More (if any)
        ## Outcome
    """) == (
        "# decision: *\n"
        "## context\n"
        "## drivers (optional)\n"
        "## prior art (optional)\n"
        "## rejected ideas (optional)\n"
        "## complexity (optional)\n"
        "## migration (optional)\n"
        "## doubts (optional)\n"
        "## toc (optional)\n"
        "## more (optional)\n"
        "## outcome\n"
    )


def test_words_about_conditions_elsewhere_mark_nothing() -> None:
    """A cell, a checklist item and a title may speak of conditions; the section stays required."""
    assert schema("""
        # Plan: [Name]

        ## Communication

        | Who       | When          |
        | --------- | ------------- |
        | Customers | If applicable |

        ## Documentation

        - [ ] Update FAQ if applicable

        ## Test Types Required

        Optional parameters come last in a call.
    """) == (
        "# plan: *\n"
        "## communication\n"
        "  | Who | When |\n"
        "## documentation\n"
        "  [ ] Update FAQ if applicable\n"
        "## test types required\n"
    )


def test_beside_mandatory_marks_what_is_unmarked_is_optional() -> None:
    assert schema("""
        # Spec: [Name]
        ## Scope *(mandatory)*
        ### Details
        ## Success *(mandatory)*
        ## Assumptions
    """) == ("# spec: *\n## scope\n### details\n## success\n## assumptions (optional)\n")


def test_but_not_where_the_optional_ones_are_marked_too() -> None:
    assert (
        schema("""
        # Spec: [Name]
        ## Functions
        ## Security *(mandatory)*
        ## Entities *(include if there is data)*
    """)
        == "# spec: *\n## functions\n## security\n## entities (optional)\n"
    )


@pytest.mark.parametrize(
    "heading",
    [
        "FR1: [Requirement Name]",
        "Alternative 2: [Name]",
        "User Story 1 - [Title] (Priority: P1)",
        "PS-N — Short Title",
        "Requirement: <!-- requirement name -->",
        "{title of option 1}",
        "Phase N: Polish",
        "Component XX",
    ],
)
def test_a_block_that_repeats(heading: str) -> None:
    (slot,) = template(f"# T: [Name]\n\n## {heading}\n").slots
    assert slot.is_repeatable


@pytest.mark.parametrize("body", ["[Repeat structure]", "<!-- Repeat for each component -->"])
def test_the_text_below_may_mark_a_block_as_repeatable(body: str) -> None:
    (slot,) = template(f"# T: [Name]\n\n## Component\n{body}\n").slots
    assert slot.is_repeatable


@pytest.mark.parametrize("heading", ["Phase 1: Backend Implementation", "Step 3: Testing"])
def test_a_number_alone_does_not_repeat(heading: str) -> None:
    (slot,) = template(f"# T: [Name]\n\n## {heading}\n").slots
    assert not slot.is_repeatable


STORIES = """
    # Spec: [Name]

    ## Stories

    ### Story 1 - [Title] (Priority: P1)

    #### Tests for Story 1 (optional)

    #### Work for Story 1

    ### Story 2 - [Title] (Priority: P2)

    #### Work for Story 2

    ### Edge Cases
"""


def test_samples_of_one_block_are_one_section() -> None:
    assert schema(STORIES) == (
        "# spec: *\n"
        "## stories\n"
        "### story #: * (priority: p#) (repeatable)\n"
        "#### tests for story # (optional)\n"
        "#### work for story #\n"
        "### edge cases\n"
    )


def test_one_instance_is_enough_and_each_is_checked_on_its_own() -> None:
    assert bound(
        STORIES,
        """
        # Spec: Search

        ## Stories

        ### Story 1 — Find a book (Priority: P1)

        #### Work for Story 1

        ### Story 2 — Sort the hits (Priority: P2)

        #### Tests for Story 2

        ### Edge Cases
        """,
    ) == (
        "# Spec: Search\n"
        "## Stories\n"
        "### Story 1 — Find a book (Priority: P1)\n"
        "#### Work for Story 1\n"
        "### Story 2 — Sort the hits (Priority: P2)\n"
        "#### Tests for Story 2\n"
        "### Edge Cases\n"
        "missing #### Work for Story 1\n"
    )


def test_no_instance_is_one_missing_block() -> None:
    assert bound(STORIES, "# Spec: Search\n\n## Stories\n\n### Edge Cases\n") == (
        "# Spec: Search\n## Stories\n### Edge Cases\nmissing ### Story 1 - [Title] (Priority: P1)\n"
    )


def test_guidance_is_what_a_writer_is_meant_to_replace() -> None:
    (slot,) = template("""
        # T: [Name]

        ## Context
        <!-- Who is hurt,
             and how? -->
        > Be brief.

        [What happened]

        **Owner:** [Name]

        | A | B |
        |---|---|
        | 1 | 2 |

        - [ ] Ask around
        - Cost and benefit

        ```
        code
        ```
    """).slots
    assert slot.guidance == (
        "Who is hurt,\nand how?\nBe brief.\n\nWhat happened\n\n- Cost and benefit"
    )
    assert slot.checklist == ("Ask around",)


def test_numbered_samples_are_one_optional_section() -> None:
    """Documents have titles of their own in their place; a number in a name is no sample."""
    assert schema(
        """
        # Plan: [Name]

        ## Section 1

        ## Options

        ### Option A:

        #### Cost

        ### Option B:

        ### Impact: ... 3

        ## OAuth 2

        ## Phase 1: Setup
        """
    ) == (
        "# plan: *\n"
        "## section # (optional) (repeatable)\n"
        "## options\n"
        "### option # (optional) (repeatable)\n"
        "#### cost\n"
        "### impact: * # (optional) (repeatable)\n"
        "## oauth 2\n"
        "## phase 1: setup\n"
    )
    assert bound(
        "# P: [T]\n\n## Option 1\n\n## Option 2\n\n## Costs\n",
        "# P: x\n\n## Option 1: Wait\n\n## Option 3 (chosen)\n\n## Options\n\n## Costs\n",
    ) == ("# P: x\n## Option 1: Wait\n## Option 3 (chosen)\n## Options (own)\n## Costs\n")


@pytest.mark.parametrize(
    "heading",
    [
        "## How to Use this Template",
        "## Notes to authors",
        "## Author's Checklist",
        "## Instructions for Contributors",
        "## Table of Contents",
        "## Preamble",
        "## Overview\n\n- [Goals](#goals)\n- [Costs](#costs)",
        "## Goals\n\n### Example Goals",
    ],
)
def test_what_speaks_to_the_writer_or_shows_a_sample_is_optional(heading: str) -> None:
    assert schema(f"# Plan: [Name]\n\n{heading}\n").splitlines()[-1].endswith("(optional)")


@pytest.mark.parametrize("heading", ["## Checklist", "## Example", "## Instructions to Users"])
def test_what_documents_are_about_is_not(heading: str) -> None:
    assert "(optional)" not in schema(f"# Plan: [Name]\n\n{heading}\n")


def test_sections_may_all_be_level_1_headings() -> None:
    text = "# Summary\n\n## Goals\n\n# Design\n\n# Risks\n"
    assert schema(text).splitlines()[1:] == ["# summary", "## goals", "# design", "# risks"]
    titled = "# Plan: [Name]\n\n## Summary\n\n## Design\n\n## Risks\n"
    assert bound(titled, "# Summary\n\n# Design\n\n# Risks\n") == ("# Summary\n# Design\n# Risks\n")


def test_a_heading_of_too_low_a_level_swallows_no_sections() -> None:
    titled = "# Plan: [Name]\n\n## Summary\n\n## Design\n\n## Risks\n"
    assert bound(titled, "# Plan: x\n\n# Summary\n\n## Design\n\n## Risks\n") == (
        "# Plan: x\n# Summary (level 2)\n## Design\n## Risks\n"
    )


def test_a_section_inside_another_is_there_on_purpose_if_out_of_order_outside() -> None:
    titled = "# Plan: [Name]\n\n## Summary\n\n## Design\n\n## Risks\n"
    assert bound(titled, "# Plan: x\n\n## Summary\n\n### Risks\n\n## Design\n") == (
        "# Plan: x\n## Summary\n### Risks\n## Design\n"
    )
    assert bound(titled, "# Plan: x\n\n## Summary\n\n## Design\n\n### Risks\n") == (
        "# Plan: x\n## Summary\n## Design\n### Risks (level 2)\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        "This section might not always exist.",
        "This section may be omitted if nothing changes.",
        "Say what breaks. This section can be skipped for small changes.",
        "> _[List new types here. Otherwise, delete this entire section.]_",
        "Delete this section if there are none.",
        "<!-- Most plans will not need this section. -->",
        "May be omitted.",
    ],
)
def test_a_section_says_in_words_that_it_may_be_absent(body: str) -> None:
    assert schema(
        f"# Plan: [Title]\n\n## Migration\n\n{body}\n\n## Risks\n\nSay what may fail.\n"
    ) == ("# plan: *\n## migration (optional)\n## risks\n")


@pytest.mark.parametrize(
    "body",
    [
        "This section lists what may be removed from the product.",
        "Keep this section, even if it is short.",
        "Describe optional parameters.",
    ],
)
def test_what_a_section_is_about_says_nothing_of_the_section(body: str) -> None:
    assert schema(f"# Plan: [Title]\n\n## Migration\n\n{body}\n") == "# plan: *\n## migration\n"


@pytest.mark.parametrize(
    "mark", ["<!-- Optional: remove if unused. -->", "_(optional)_", "[if any]"]
)
def test_a_mark_before_a_heading_is_about_the_heading_across_blank_lines(mark: str) -> None:
    assert (
        schema(f"""
        # Plan: [Title]

        ## Goal

        Say what is wanted.

        {mark}

        ## Risks

        Say what may fail.
    """)
        == "# plan: *\n## goal\n## risks (optional)\n"
    )


def test_a_comment_on_this_section_at_its_end_is_about_this_section() -> None:
    assert (
        schema("""
        # Plan: [Title]

        ## Goal

        Say what is wanted.

        <!-- This section is optional. -->

        ## Risks

        Say what may fail.
    """)
        == "# plan: *\n## goal (optional)\n## risks\n"
    )
