"""A document matched with its template: present, missing, misplaced and misnamed sections."""

from __future__ import annotations

from spec_lsp.template.match.binding import bind
from tests.template.support import bound, document, template

PLAN = """
    # Plan: [Name]

    **Status**: Draft | Final
    **Owner**: [Name]
    **Due**: [Date] (optional)

    ## Summary

    ## Design

    ### Overview

    ### Details

    ## Risks

    ### Risk 1: [Name]

    **Impact:** High | Low

    ## Notes (optional)

    ---

    **Reviewer**: [Name]
"""


def test_a_complete_document_has_no_findings() -> None:
    assert bound(
        PLAN,
        """
        # Plan: Move house

        **Status**: Draft
        **Owner**: Ann

        ## Summary

        We move.

        ## Design

        ### Overview

        ### Details

        ## Risks

        ### Risk 1: Rain

        ### Risk 2: Snow

        ---

        **Reviewer**: Bob
        """,
    ) == (
        "# Plan: Move house\n"
        "## Summary\n"
        "## Design\n"
        "### Overview\n"
        "### Details\n"
        "## Risks\n"
        "### Risk 1: Rain\n"
        "### Risk 2: Snow\n"
    )


def test_a_missing_section_is_reported_once_and_an_optional_one_is_not() -> None:
    assert bound(PLAN, "# Plan: x\n\n## Summary\n\n## Risks\n") == (
        "# Plan: x\n"
        "## Summary\n"
        "## Risks\n"
        "missing ## Design\n"
        "missing ### Risk 1: [Name]\n"
        "missing field Status\n"
        "missing field Owner\n"
        "missing field Reviewer\n"
    )


HEAD = "# Plan: x\n\n**Status**: Draft\n**Owner**: Ann\n**Reviewer**: Bob\n"


def test_extra_sections_are_normal() -> None:
    assert bound(
        PLAN,
        HEAD
        + """
## Budget
## Summary
## Design
### Overview
### Prices
### Details
## Risks
### Risk 1: Rain
#### History
""",
    ) == (
        "# Plan: x\n"
        "## Budget (own)\n"
        "## Summary\n"
        "## Design\n"
        "### Overview\n"
        "### Prices (own)\n"
        "### Details\n"
        "## Risks\n"
        "### Risk 1: Rain\n"
        "#### History (own)\n"
    )


def test_a_section_under_another_parent_is_moved() -> None:
    assert bound(
        PLAN,
        HEAD + "\n## Summary\n\n### Details\n\n## Design\n\n### Overview\n\n## Risks\n\nNone.\n",
    ) == ("# Plan: x\n## Summary\n### Details (moved)\n## Design\n### Overview\n## Risks\n")


def test_a_section_of_another_level_is_relevelled() -> None:
    assert bound(
        PLAN,
        HEAD
        + """
## Summary
## Design
#### Overview
## Details
### Risks
""",
    ) == (
        "# Plan: x\n"
        "## Summary\n"
        "## Design\n"
        "#### Overview (level 3)\n"
        "## Details (level 3)\n"
        "### Risks (level 2)\n"
        "missing ### Risk 1: [Name]\n"
    )


def test_below_a_relevelled_section_levels_count_from_there() -> None:
    assert bound(PLAN, HEAD + "\n## Summary\n\n# Design\n\n## Overview\n\n## Details\n") == (
        "# Plan: x\n## Summary\n# Design (level 2)\n## Overview\n## Details\nmissing ## Risks\n"
    )


def test_a_document_may_use_other_levels_throughout() -> None:
    """Only where a section differs from its neighbours is its level wrong."""
    text = "# Summary\n\n# Design\n\n## Overview\n\n### Details\n\n# Risks\n\nNone.\n"
    template_text = PLAN.replace("# Plan: [Name]", "", 1)
    assert bound(template_text, "**Status**: Draft\n**Owner**: A\n**Reviewer**: B\n\n" + text) == (
        "# Summary\n# Design\n## Overview\n### Details (level 2)\n# Risks\n"
    )


def test_where_the_parent_is_absent_its_sections_are_not_misplaced() -> None:
    assert bound(PLAN, HEAD + "\n## Summary\n\n### Details\n\n## Risks\n\nNone.\n") == (
        "# Plan: x\n## Summary\n### Details\n## Risks\nmissing ## Design\n"
    )
    assert bound(PLAN, HEAD + "\n## Summary\n\n## Details\n\n## Risks\n\nNone.\n") == (
        "# Plan: x\n## Summary\n## Details\n## Risks\nmissing ## Design\n"
    )


def test_a_heading_several_levels_below_is_neither_misplaced_nor_missing() -> None:
    assert (
        bound(
            "# P: [T]\n\n## Design\n\n## Summary\n",
            "# P: x\n\n## Design\n\n### Interface\n\n#### Summary\n",
        )
        == "# P: x\n## Design\n### Interface (own)\n#### Summary (own)\n"
    )


def test_a_section_written_as_one_piece_lacks_no_sections() -> None:
    """An author who writes other text or sections has chosen another structure."""
    rest = "\n## Summary\n\n## Risks\n\nThere are none.\n"
    one_piece = "# Plan: x\n## Summary\n## Risks\n## Design\n"
    assert bound(PLAN, f"{HEAD}{rest}\n## Design\n\nA box and an arrow.\n") == one_piece
    assert bound(PLAN, f"{HEAD}{rest}\n## Design\n\n### Boxes\n") == one_piece + "### Boxes (own)\n"
    empty = one_piece + "missing ### Overview\nmissing ### Details\n"
    assert bound(PLAN, f"{HEAD}{rest}\n## Design\n\n---\n") == empty
    started = one_piece + "### Overview\nmissing ### Details\n"
    assert bound(PLAN, f"{HEAD}{rest}\n## Design\n\nText.\n\n### Overview\n") == started


def test_template_text_does_not_count_as_content() -> None:
    text = "# P: [T]\n\n## Design\n\n[Say how]\n\n### Overview\n"
    assert bound(text, "# P: x\n\n## Design\n\n[Say how]\n") == (
        "# P: x\n## Design\nmissing ### Overview\n"
    )


def test_the_templates_fields_do_not_take_the_place_of_sections() -> None:
    outcome = """
        # Decision: [Title]

        ## Outcome

        **Chosen**: [Option]

        ### Rationale
    """
    head = "# Decision: A\n## Outcome\n"
    chosen = "# Decision: A\n\n## Outcome\n\n**Chosen**: The second one\n"
    assert bound(outcome, chosen) == f"{head}missing ### Rationale\n"
    assert bound(outcome, f"{chosen}\nIt is small, and that is why.\n") == head


def test_a_group_above_the_sections_is_skipped() -> None:
    text = "# P: [T]\n\n## Summary\n\n## Design\n"
    assert bound(text, "# P: x\n\n# Part One\n\n## Summary\n\n# Part Two\n\n## Design\n") == (
        "# P: x\n# Part One (own)\n## Summary\n# Part Two (own)\n## Design\n"
    )


def test_a_document_without_the_title_is_read_all_the_same() -> None:
    assert bound("# P: [T]\n\n## Summary\n\n## Design\n", "## Summary\n\n## Design\n") == (
        "## Summary\n## Design\n"
    )


def test_a_template_without_a_title_allows_any_document_title() -> None:
    assert bound("## Why\n\n## What\n", "# Login\n\n## Why\n\n## What\n") == (
        "# Login (own)\n## Why\n## What\n"
    )


def test_all_sections_may_be_first_level_headings() -> None:
    template_text = "# Summary\n\n# Motivation\n\n# Drawbacks\n"
    assert bound(template_text, "# Summary\n\n# Motivation\n") == (
        "# Summary\n# Motivation\nmissing # Drawbacks\n"
    )
    assert bound(template_text, "# Login\n\n# Summary\n\n# Motivation\n\n# Drawbacks\n") == (
        "# Login (own)\n# Summary\n# Motivation\n# Drawbacks\n"
    )


def test_the_binding_maps_sections_and_fields_to_slots() -> None:
    binding = bind(
        document(HEAD + "\n## Risks\n\n### Risk 1: Rain\n\n**Impact:** Low\n"), template(PLAN)
    )
    (risk,) = [section for section in binding.document.sections if "Rain" in section.title]
    slot = binding.slot_of(risk)
    assert slot
    assert slot.title == "Risk 1: [Name]"
    assert binding.sections_of(slot) == [risk]
    assert [
        (match.field.name, match.field.value, match.slot.values) for match in binding.all_fields()
    ] == [
        ("Status", "Draft", ("Draft", "Final")),
        ("Owner", "Ann", ()),
        ("Reviewer", "Bob", ()),
        ("Impact", "Low", ("High", "Low")),
    ]
    assert binding.status == "Draft"
    assert bind(document("# Plan: x\n"), template(PLAN)).status == ""
