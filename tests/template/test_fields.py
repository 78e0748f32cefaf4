"""Fields: a label and its value, at the top, at the end and inside sections, in every style."""

from __future__ import annotations

import pytest

from spec_lsp.template.schema import FieldSlot
from tests.template.support import schema, template


def field(markdown: str, key: str) -> FieldSlot:
    slot = template(markdown).field(key)
    assert slot is not None
    return slot


@pytest.mark.parametrize(
    "line",
    [
        "**Owner**: [Name]",
        "**Owner:** [Name]",
        "__Owner__: [Name]",
        "- **Owner**: [Name]",
        "- **Owner:** [Name]",
        "* Owner: [Name]",
        "- Owner: [Name]",
        "Owner: [Name]",
        "> **Owner:** [Name]",
        "**Owner**: [Name]  ",
        "**Owner**: [Name]\\",
        "| Field | Value |\n| --- | --- |\n| Owner | [Name] |",
        "| **Owner** | [Name] |\n| --- | --- |",
    ],
)
def test_a_header_field_is_written_in_many_ways(line: str) -> None:
    assert schema(f"# Plan: [Title]\n\n{line}\n\n## Context\n") == (
        "# plan: *\n  Owner: <person>\n## context\n"
    )


def test_front_matter_footer_and_sections_have_fields_too() -> None:
    assert schema("""
        ---
        id: SPEC-XXX
        tags: []
        ---
        # Plan: [Title]

        **Status**: Draft | Final

        ## Risks

        **Probability:** [High | Medium | Low]
        - **Target:** [figure]

        ## Notes

        ---

        **Document Status:** [Draft | Approved]
        **Next Review:** [Date]
    """) == (
        "# plan: *\n"
        "  id: <id> (matter)\n"
        "  tags: <tags> (optional) (matter)\n"
        "  Status: Draft | Final\n"
        "  Document Status: Draft | Approved (footer)\n"
        "  Next Review: <date> (footer)\n"
        "## risks\n"
        "  Probability: High | Medium | Low\n"
        "  Target:\n"
        "## notes\n"
        "id SPEC-### of the document\n"
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("**Created**: [YYYY-MM-DD]", "date"),
        ("**Date**: [Date]", "date"),
        ("**Next Review**: [when]", "date"),
        ("**created_at**: null", "date"),
        ("**Author(s)**: [Author Name, Co-Author Name ...]", "person"),
        ("**Created by**: {{Author}}", "person"),
        ("**Assigned to**: [who]", "person"),
        ("**Obsoleted by**: {{ID of new ADR}}", "text"),
        ("**Feature ID**: `[feature_id]`", "id"),
        ("**Tags**: [tag1, tag2, tag3]", "tags"),
        ("**Related Module**: [Module Name]", "tags"),
        ("**Spec**: [spec.md](spec.md)", "link"),
        ("**Version**: 1.0", "number"),
        ("**Status**: Draft | Final", "choice"),
        ("**Valid**: [up-to-date list of things]", "text"),
    ],
)
def test_the_kind_of_a_field_value(line: str, kind: str) -> None:
    (slot,) = template(f"# Plan: [Title]\n\n{line}\n\n## Context\n").fields
    assert slot.kind == kind


def test_inside_a_section_only_the_value_decides_the_kind() -> None:
    assert schema("""
        # Plan: [Title]

        ## Rollout

        - **Update**: [what changes]
        - **Due**: [Date]

        ## Metadata

        - **Author**: [who]
        - **Tags**: [tag1, tag2]
    """) == (
        "# plan: *\n"
        "## rollout\n"
        "  Update:\n"
        "  Due: <date>\n"
        "## metadata\n"
        "  Author: <person>\n"
        "  Tags: <tags>\n"
    )


def test_a_placeholder_waits_and_any_other_value_is_the_default() -> None:
    text = (
        "# P: [T]\n\n**Version**: 1.0\n**Owner**: [Name]\n**Time**: X hours\n**Note to**:\n\n## C\n"
    )
    assert (field(text, "version").default, field(text, "version").placeholder) == ("1.0", "")
    assert (field(text, "owner").default, field(text, "owner").placeholder) == ("", "[Name]")
    assert (field(text, "time").default, field(text, "time").placeholder) == ("", "X hours")
    assert (field(text, "note to").default, field(text, "note to").placeholder) == ("", "")


def test_a_date_pattern_gives_the_format() -> None:
    assert field("# P: [T]\n\n**Date**: [DD.MM.YYYY]\n\n## C\n", "date").date_format == "DD.MM.YYYY"


@pytest.mark.parametrize(
    "line",
    [
        "**Supersedes**: ADR-XXX (optional)",
        "**Decided at**: {{DATE}} (if applicable)}",
        "**Runbook**: `docs/[name].md` (if changed)",
        "**Mentor (optional)**: [Name]",
        "supersedes: (optional - fill this in if it supersedes another)",
        "**[Date]:** Specification approved",
        "**Note**: This template is filled in by a command.",
        "**Tests**: The examples below include test tasks, which are optional.",
    ],
)
def test_a_field_that_documents_may_leave_out(line: str) -> None:
    (slot,) = template(f"# Plan: [Title]\n\n{line}\n\n## Context\n").fields
    assert not slot.is_required


def test_a_value_over_two_lines_of_front_matter_may_be_optional() -> None:
    text = """
        ---
        title: Title of the thing
        superseded-by: (optional - fill this in if the thing is superseded by a subsequent
         thing)
        ---
        ## Context
    """
    assert field(text, "title").is_required
    assert not field(text, "superseded by").is_required


def test_comments_in_front_matter_describe_the_keys_below_them() -> None:
    assert schema("""
        ---
        # Settings of the site generator
        # Remove it when creating a new decision
        title: Decision Template

        # Replace this with the number
        nav_order: 100

        # These are optional elements. Feel free to remove any of them.
        status: "{proposed | accepted | superseded by ADR-0123"
        # date: {YYYY-MM-DD when the decision was last updated}
        # Keep this: it is needed
        parent: Decisions
        ---
        # {short title}

        ## Context
    """) == (
        "# *\n"
        "  title: = Decision Template (optional) (matter)\n"
        "  nav_order: <number> = 100 (optional) (matter)\n"
        "  status: proposed | accepted | superseded by | … (optional) (matter)\n"
        "  parent: = Decisions (matter)\n"
        "  date: <date> (optional) (matter)\n"
        "## context\n"
    )


def test_a_label_above_a_list_is_not_an_empty_field() -> None:
    (slot,) = template("""
        # Plan: [Title]

        ## Work

        **Tasks:**
        - [ ] Ask
    """).slots
    (field,) = slot.fields
    assert field.node.is_block


def test_a_label_that_is_an_id_is_not_a_field() -> None:
    assert schema("""
        # Spec: [Title]

        ## Requirements

        1. **FR-1**: [Requirement]
           - Acceptance Criteria: [How we know]
        2. **FR-2**: [Requirement]
        - **SC-001**: [Measure]
    """) == (
        "# spec: *\n"
        "## requirements\n"
        "  Acceptance Criteria:\n"
        "id FR-# in the document\n"
        "id SC-### in the document\n"
    )


def test_numbered_labels_inside_a_section_are_samples() -> None:
    assert schema("""
        # Spec: [Title]

        ## Errors

        - **Error 1:** [Description]
        - **Error 2:** [Description]
        - **Solution A:** [Description]
        - **Operating System:** [Name and version]
    """) == (
        "# spec: *\n"
        "## errors\n"
        "  Error 1: (optional)\n"
        "  Error 2: (optional)\n"
        "  Solution A: (optional)\n"
        "  Operating System:\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "category: <Core | Edge> # Only required for features. Otherwise, remove this field.",
        "reviewer: <name, if any>",
        'reviewer: "(if known) the name"',
        "approved: YYYY-MM-DD # N/A if it was not asked for",
        "flag: *if applicable* the name",
        "feature: (fill in once accepted)",
        "number: (assigned by the editors)",
        "team: (names, to be nominated by the board)",
        "work: (will contain links)",
        "labels: []",
        "owner: ~",
        "superseded-by: <number>",
        "SeeAlso: <numbers>",
        "depends-on: <numbers>",
        "tracking-issue: <link>",
        "rfc-pr: <link>",
        "discussions-to: <link>",
        "TODO: remove this before submitting",
    ],
)
def test_a_field_that_may_be_absent_says_so_in_words_or_relates_documents(line: str) -> None:
    (slot,) = template(f"---\n{line}\n---\n# Plan: [Title]\n\n## Goal\n").fields
    assert not slot.is_required


@pytest.mark.parametrize(
    "line",
    ["reviewer: <name>", "issue: <number>", "updated: YYYY-MM-DD", "owner:"],
)
def test_other_fields_are_required(line: str) -> None:
    (slot,) = template(f"---\n{line}\n---\n# Plan: [Title]\n\n## Goal\n").fields
    assert slot.is_required
