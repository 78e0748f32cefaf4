"""Sections: their titles, levels and parents, repeated blocks and guidance."""

from __future__ import annotations

import pytest

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
        "方案N",
    ],
)
def test_a_block_that_repeats(heading: str) -> None:
    (slot,) = template(f"# T: [Name]\n\n## {heading}\n").slots
    assert slot.is_repeatable


@pytest.mark.parametrize("body", ["[Repeat structure]", "<!-- Repeat for each component -->"])
def test_the_text_below_may_mark_a_block_as_repeatable(body: str) -> None:
    (slot,) = template(f"# T: [Name]\n\n## Component\n{body}\n").slots
    assert slot.is_repeatable


@pytest.mark.parametrize(
    "heading",
    [
        *("Phase 1: Backend Implementation", "Step 3: Testing"),
        *("Decisión", "Decisio\u0301n", "Situaţn", "Решениn"),
    ],
)
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


def test_sections_may_all_be_level_1_headings() -> None:
    text = "# Summary\n\n## Goals\n\n# Design\n\n# Risks\n"
    assert schema(text).splitlines()[1:] == ["# summary", "## goals", "# design", "# risks"]
    titled = "# Plan: [Name]\n\n## Summary\n\n## Design\n\n## Risks\n"
    assert bound(titled, "# Summary\n\n# Design\n\n# Risks\n") == ("# Summary\n# Design\n# Risks\n")
    called = "# RFC-0000 Library RFC Template\n\n# Summary\n\n# Design\n"
    assert bound(called, "# Summary\n\n# Design\n") == ("# Summary\n# Design\n")


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
