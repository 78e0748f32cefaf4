"""A template says in marks and in words which sections may be absent."""

from __future__ import annotations

import pytest

from spec_lsp.compare import optional_mark
from tests.template.support import schema


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
        ("Liens <!-- optionnel -->", "optional"),
        ("Notas (opcional)", "optional"),
        ("备注（可选）", "optional"),
        ("UI stories only (skip if Has UI: no)", "optional"),
        ("Migration (delete unless data moves)", "optional"),
        ("用語集(省略可)", "optional"),
        ("法的考慮事項（不要なら削除）", "optional"),
        ("Risiken (falls zutreffend)", "optional"),
        ("Risques (le cas échéant)", "optional"),
        ("枚举（可选值）", ""),
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
        "## How to Use this Template",
        "## Cómo usar esta plantilla",
        "## Comment remplir ce modèle",
        "## Hinweise zur Vorlage",
        "## 模板说明",
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


@pytest.mark.parametrize(
    "heading", ["## Checklist", "## Example", "## Instructions to Users", "## Modelo de datos"]
)
def test_what_documents_are_about_is_not(heading: str) -> None:
    assert "(optional)" not in schema(f"# Plan: [Name]\n\n{heading}\n")


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
        "**\\[Optional \\- if not applicable omit\\]**",
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
