"""Tables and check lists: the header is the contract, sample rows may be replaced."""

from __future__ import annotations

from tests.template.support import schema, template


def test_columns_and_the_choices_of_their_cells() -> None:
    assert schema("""
        # Spec: [Name]

        ## Risks

        | Risk     | Probability  | Impact       | Mitigation | Done   |
        | -------- | ------------ | ------------ | ---------- | ------ |
        | [Risk 1] | High/Med/Low | High/Med/Low | [How]      | Yes/No |
        | [Risk 2] | High/Med/Low |              | CI/CD      |        |
    """) == (
        "# spec: *\n"
        "## risks\n"
        "  | Risk | Probability: High, Med, Low | Impact: High, Med, Low"
        " | Mitigation | Done: Yes, No |\n"
    )


def test_choices_may_come_in_any_row_and_an_escaped_bar_divides_them() -> None:
    assert (
        schema("""
        # Spec: [Name]

        ## Findings

        | # | Severity          | Result               |
        |---|-------------------|----------------------|
        | 1 | [how bad]         | {{Pass/Fail}}        |
        | 2 | High \\| Low    | {{Pass/Fail}}        |
    """)
        == "# spec: *\n## findings\n  | # | Severity: High, Low | Result: Pass, Fail |\n"
    )


def test_a_list_beside_another_value_is_a_sample() -> None:
    assert (
        schema("""
        # Spec: [Name]

        ## Parts

        | Part | Answers       |
        |------|---------------|
        | 1    | Yes / No      |
        | 2    | As many words |
    """)
        == "# spec: *\n## parts\n  | Part | Answers |\n"
    )


def test_values_in_sample_rows_are_not_choices() -> None:
    assert (
        schema("""
        # Spec: [Name]

        ## History

        | Date         | Status   |
        | ------------ | -------- |
        | [YYYY-MM-DD] | Draft    |
        | [YYYY-MM-DD] | Approved |
    """)
        == "# spec: *\n## history\n  | Date | Status |\n"
    )


def test_a_section_may_hold_several_tables() -> None:
    (slot,) = template("""
        # Spec: [Name]

        ## Data

        | A | B |
        |---|---|

        | C |
        |---|
        | High/Med/Low |
    """).slots
    assert [table.columns for table in slot.tables] == [("A", "B"), ("C",)]
    first, second = slot.tables
    assert not first.choices
    assert second.choices[0].texts == ("High", "Med", "Low")


def test_check_lists_belong_to_their_section_and_the_last_one_to_the_footer() -> None:
    assert schema("""
        # Spec: [Name]

        - [ ] Read the guide

        ## Work

        - [ ] Plan
        - [x] Ask
          - [ ] Ask twice
        - No task

        ## Notes

        ---

        **Approval:**

        - [ ] Owner: [Name]
    """) == (
        "# spec: *\n"
        "  Approval: (footer)\n"
        "  [ ] Read the guide\n"
        "  [ ] Owner: [Name]\n"
        "## work\n"
        "  [ ] Plan\n"
        "  [ ] Ask\n"
        "  [ ] Ask twice\n"
        "## notes\n"
    )
