"""Headings: how titles are compared, and what a template's title with placeholders matches."""

from __future__ import annotations

import pytest

from spec_lsp.compare import normalise
from spec_lsp.template.notation.titles import title_pattern
from tests.template.support import bound, schema


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Risk Assessment", "risk assessment"),
        ("RISK assessment:", "risk assessment"),
        ("**Risk** _Assessment_", "risk assessment"),
        ("3. Risk Assessment", "risk assessment"),
        ("3.2 Risk Assessment", "risk assessment"),
        ("§ 4 Risk Assessment", "risk assessment"),
        ("⚠️ Risk Assessment 🔥", "risk assessment"),
        ("`Risk` Assessment", "risk assessment"),
        ("[Risk](risk.md) Assessment", "risk assessment"),
        ("Risks & Mitigations", "risks and mitigations"),
        ("Notes (optional)", "notes"),
        ("User Scenarios *(mandatory)*", "user scenarios"),
        ("Key Entities *(include if feature involves data)*", "key entities"),
        ("Notes [optional]", "notes"),
        ("Setup（Shared Infrastructure）", "setup (shared infrastructure)"),
        ("A. Risk Assessment", "risk assessment"),
        ("iv) Risk Assessment", "risk assessment"),
        ("(2) Risk Assessment", "risk assessment"),
        ("3.Risk Assessment", "risk assessment"),
        ("Risk Assessment?", "risk assessment"),
        ("Risk Assessment <!-- one page -->", "risk assessment"),
        ("Risk Assessment <!-- optional -->", "risk assessment"),
        ('<a name="risks"></a>Risk <b>Assessment</b>', "risk assessment"),
        ("Risk Assessment {#risks}", "risk assessment"),
        ("3D Rendering", "3d rendering"),
        ("Test Types Required", "test types required"),
        ("Test Data Required", "test data required"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_writing_habits_do_not_count(title: str, expected: str) -> None:
    assert (
        normalise(title).strip() == expected if expected != "🔥" else not normalise(title).strip()
    )


@pytest.mark.parametrize(
    ("template_title", "titles"),
    [
        ("FR1: [Requirement Name]", ["FR1: Log in", "FR-7 — Log in", "FR 12: Log out", "FR3"]),
        ("PS-N — Short Title", ["PS-3 — Menus", "PS-12: Menus", "PS-1"]),
        ("Alternative 2: [Name]", ["Alternative 1: Do nothing", "Alternative 7 - Buy"]),
        (
            "User Story 1 - [Title] (Priority: P1)",
            ["User Story 3 - Search (Priority: P2)", "User Story 1 — Search (Priority: P1) 🎯"],
        ),
        ("Requirement: <!-- requirement name -->", ["Requirement: Users can log in"]),
        ("{{Concept Name}}", ["Plugin Architecture"]),
        ("Phase N: Polish", ["Phase 4: Polish", "Phase 12: Polish"]),
    ],
)
def test_placeholders_and_open_numbers_match_what_people_write(
    template_title: str, titles: list[str]
) -> None:
    pattern = title_pattern(template_title)
    assert [title for title in titles if not pattern.matches(title)] == []


@pytest.mark.parametrize(
    ("template_title", "title"),
    [
        ("FR1: [Requirement Name]", "Functional Requirements"),
        ("PS-N — Short Title", "Problem Statements"),
        ("Phase 1: Backend Implementation", "Phase 1: Frontend Implementation"),
        ("Phase N: Polish", "Phase 4: Setup"),
        ("Requirement: {name}", "Requirements"),
    ],
)
def test_a_pattern_does_not_take_other_titles(template_title: str, title: str) -> None:
    assert not title_pattern(template_title).matches(title)


@pytest.mark.parametrize(
    "title", ["Title of proposal", "Feature Name — Subtitle/Scope", "Title", "[Short title]", "{x}"]
)
def test_a_document_title_may_only_say_that_a_title_belongs_there(title: str) -> None:
    assert title_pattern(title, is_document_title=True).key == "*"


@pytest.mark.parametrize(
    "title", ["Technical Specification", "Summary", "Domain Name System", "Test Report"]
)
def test_a_document_title_in_plain_words_is_required(title: str) -> None:
    assert title_pattern(title, is_document_title=True).is_literal


def test_tags_in_code_are_not_placeholders() -> None:
    heading = "Format: `[ID] [P?] [Story] Description`"
    assert title_pattern(heading).is_literal
    assert schema(f"""
        # Tasks: [NAME]

        ## {heading}

        - **[P]**: may run in parallel
    """) == (
        "# tasks: *\n"
        "## format: [id] [p?] [story] description\n"
        "  [P]: = may run in parallel (optional)\n"
    )


TEMPLATE = """
    # Plan: [Name]

    ## Phase 1: Setup (Shared Infrastructure)

    ## Rationale and Alternatives

    ## Backwards Compatibility

    ## Detailed Design

    ## Unresolved Questions
"""


def test_numbers_and_explanations_do_not_make_another_title() -> None:
    assert bound(
        TEMPLATE,
        """
        # Plan: Move house

        ## Phase 3: Setup
        ## Rationale and Alternatives: why we move
        ## Backwards Compatibility (updated) (again)
        ## 4. Detailed design
        ## Unresolved questions
        """,
    ) == (
        "# Plan: Move house\n"
        "## Phase 3: Setup (as Phase 1: Setup (Shared Infrastructure))\n"
        "## Rationale and Alternatives: why we move (as Rationale and Alternatives)\n"
        "## Backwards Compatibility (updated) (again) (as Backwards Compatibility)\n"
        "## 4. Detailed design\n"
        "## Unresolved questions\n"
    )


def test_a_near_miss_is_misnamed_rather_than_missing() -> None:
    assert bound(
        TEMPLATE,
        """
        # Plan: Move house

        ## Phase 1: Setup
        ## Alternatives
        ## Backward Compatibility
        ## Detailled Desing
        ## Unresolved Questions and Doubts
        """,
    ) == (
        "# Plan: Move house\n"
        "## Phase 1: Setup (as Phase 1: Setup (Shared Infrastructure))\n"
        "## Alternatives (misnamed, should be Rationale and Alternatives)\n"
        "## Backward Compatibility (as Backwards Compatibility)\n"
        "## Detailled Desing (misnamed, should be Detailed Design)\n"
        "## Unresolved Questions and Doubts (misnamed, should be Unresolved Questions)\n"
    )


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("Added Requirements", "Modified Requirements"),
        ("User Story Dependencies", "User Story Independence"),
        ("Risk Assessment", "Impact Assessment"),
        ("Goals", "Non-Goals and Limits"),
        ("Tests", "Texts"),
    ],
)
def test_a_title_of_other_words_is_the_authors_own(wanted: str, written: str) -> None:
    assert bound(f"# T: [Name]\n\n## {wanted}\n", f"# T: x\n\n## {written}\n") == (
        f"# T: x\n## {written} (own)\nmissing ## {wanted}\n"
    )


def test_an_optional_section_takes_only_slips_of_the_pen() -> None:
    template = "# D: [Name]\n\n## Consequences (optional)\n"
    assert bound(template, "# D: x\n\n## Positive Consequences\n") == (
        "# D: x\n## Positive Consequences (own)\n"
    )
    assert bound(template, "# D: x\n\n## Consequnces\n") == (
        "# D: x\n## Consequnces (misnamed, should be Consequences (optional))\n"
    )


def test_of_two_spellings_the_outer_heading_is_the_section() -> None:
    assert bound(
        "# P: [T]\n\n## Design\n\n### Goals\n",
        "# P: x\n\n## Design\n\n##### Goal\n\n### Goals (of all)\n",
    ) == ("# P: x\n## Design\n##### Goal (own)\n### Goals (of all) (as Goals)\n")
