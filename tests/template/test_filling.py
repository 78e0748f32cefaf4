"""The way back: from a template to documents, sections, blocks, rows and fields."""

from __future__ import annotations

import pytest

from spec_lsp.template import (
    Part,
    SectionSlot,
    Stop,
    Template,
    Values,
    field_line,
    new_document,
    new_text,
    next_block,
    plain,
    section_block,
    snippet,
    strip,
    table_row,
    values_of,
)
from tests.template.snippets import rendered, stops
from tests.template.support import template, text_of

PLAN = template("""
    # Plan: [Name]

    **ID**: PLAN-XXX
    **Status**: [Draft | Final]
    **Author**: [Your Name]
    **Created**: [YYYY-MM-DD]
    **Area**: [Module]
    **Replaces**: PLAN-XXX (optional)

    ## Summary

    Say in one paragraph what it is for.

    ## Risks

    ### Risk 1: [Name]
    **Impact:** [High | Low]

    What could happen.

    ### Risk 2: [Name]
    [Repeat structure]

    ---

    ## Steps

    | Step   | State     | Owner  |
    | ------ | --------- | ------ |
    | [what] | Open/Done | {{WHO}} |

    Done by {{WHO}}.

    ---

    **Reviewed by**: [Name]
""")

KNOWN = Values("Move house", "PLAN-007", "2026-01-02", "Ann", values_of({"area": "Home"}))


def slot(title: str, found: Template = PLAN) -> SectionSlot:
    return next(each for each in found.slots if each.title.startswith(title))


def test_what_is_known_is_filled_in() -> None:
    assert new_text(PLAN, KNOWN) == text_of("""
        # Plan: Move house

        **ID**: PLAN-007
        **Status**: Draft
        **Author**: Ann
        **Created**: 2026-01-02
        **Area**: Home

        ## Summary

        Say in one paragraph what it is for.

        ## Risks

        ### Risk 1: [Name]
        **Impact:** [High | Low]

        What could happen.

        ---

        ## Steps

        | Step   | State     | Owner  |
        | ------ | --------- | ------ |
        | [what] | Open/Done | {{WHO}} |

        Done by {{WHO}}.

        ---

        **Reviewed by**: [Name]
    """)


def test_the_same_document_as_a_snippet() -> None:
    assert snippet(new_document(PLAN, KNOWN)) == text_of("""
        # Plan: Move house

        **ID**: PLAN-007
        **Status**: Draft
        **Author**: Ann
        **Created**: 2026-01-02
        **Area**: Home

        ## Summary

        ${1:Say in one paragraph what it is for.}

        ## Risks

        ### Risk 1: ${2:[Name]}
        **Impact:** ${3|High,Low|}

        ${4:What could happen.}

        ---

        ## Steps

        | Step   | State     | Owner  |
        | ------ | --------- | ------ |
        | ${5:[what]} | ${6|Open,Done|} | ${7:{{WHO\\}\\}} |

        Done by ${7:{{WHO\\}\\}}.

        ---

        **Reviewed by**: ${8:[Name]}
        $0""")


def test_what_is_not_known_waits() -> None:
    parts = snippet(new_document(PLAN, Values()))
    assert "# Plan: ${1:[Name]}\n" in parts
    assert "**ID**: ${2:PLAN-XXX}\n" in parts
    assert "**Status**: ${3|Draft,Final|}\n" in parts


def test_a_missing_section_comes_with_all_below_it() -> None:
    assert plain(section_block(slot("Risks"), PLAN)) == (
        "## Risks\n\n### Risk 1: [Name]\n**Impact:** [High | Low]\n\nWhat could happen."
    )
    assert snippet(section_block(slot("Risks"), PLAN, shift=1)) == (
        "### Risks\n\n#### Risk 1: ${1:[Name]}\n**Impact:** ${2|High,Low|}\n\n"
        "${3:What could happen.}$0"
    )


def test_no_heading_goes_deeper_than_six_or_higher_than_one() -> None:
    assert plain(section_block(slot("Risks"), PLAN, shift=9)).startswith("###### Risks")
    assert plain(section_block(slot("Risks"), PLAN, shift=-9)).startswith("# Risks")


def test_the_last_section_ends_before_the_closing_block() -> None:
    assert plain(section_block(slot("Steps"), PLAN)).endswith("Done by {{WHO}}.")


def test_the_next_block_goes_on_counting() -> None:
    assert plain(next_block(slot("Risk 1"), PLAN, 7)).startswith("### Risk 7: [Name]\n")


@pytest.mark.parametrize(
    ("heading", "number", "expected"),
    [
        ("### FR1: [Name]", 12, "### FR12: [Name]"),
        ("### FR-001: [Name]", 12, "### FR-012: [Name]"),
        ("### PS-N — Short Title", 3, "### PS-3 — Short Title"),
        ("### REQ-XXX: [Name]", 3, "### REQ-003: [Name]"),
        (
            "### User Story 1 - [Title] (Priority: P1)",
            2,
            "### User Story 2 - [Title] (Priority: P1)",
        ),
        ("### Phase N: Polish", 4, "### Phase 4: Polish"),
    ],
)
def test_numbers_keep_their_width(heading: str, number: int, expected: str) -> None:
    found = template(f"# T: [Name]\n\n## Parts\n\n{heading}\n\nText.\n")
    text = plain(next_block(found.slots[1], found, number))
    assert text.splitlines()[0] == expected


def test_what_counts_in_the_samples_goes_on_counting() -> None:
    found = template("""
        # T: [Name]

        ## Phase 3: User Story 1 - [Title] (Release 7)

        ### Tests for User Story 1

        ### 7 rules

        ## Phase 4: User Story 2 - [Title] (Release 7)
    """)
    assert plain(next_block(found.slots[0], found, 6)) == text_of("""
        ## Phase 6: User Story 4 - [Title] (Release 7)

        ### Tests for User Story 4

        ### 7 rules""")


def test_a_table_row_offers_choices_and_holes() -> None:
    (table,) = slot("Steps").tables
    assert snippet(table_row(table, PLAN)) == (
        "| ${1:[what]} | ${2|Open,Done|} | ${3:{{WHO\\}\\}} |$0"
    )


def test_a_field_line_is_written_as_the_template_writes_it() -> None:
    def line(text: str, value: str = "") -> str:
        found = template(f"# T: [Name]\n\n{text}\n\n## C\n")
        return snippet(field_line(found.fields[0], found, value))

    assert line("**Status**: [Draft | Final]  ") == "**Status**: ${1|Draft,Final|}  $0"
    assert line("- **Owner:** [Name]", "Ann") == "- **Owner:** Ann$0"
    assert line("> Owner: [Name]\\") == "> Owner: ${1:[Name]}\\\\$0"
    assert line("**Owner**:") == "**Owner**: $1$0"
    matter = template('---\nstatus: "{open | closed}" # which\n---\n# [T]\n\n## C\n')
    assert snippet(field_line(matter.fields[0], matter)) == "status: ${1|open,closed|}$0"


def test_snippets_escape_what_means_something_to_an_editor() -> None:
    parts: list[Part] = [
        "costs $5 {a} \\ ",
        Stop("${x}|,"),
        " or ",
        Stop("a", ("a,b", "c|d", "$e}", "f\\")),
    ]
    text = snippet(parts)
    assert text == (r"costs \$5 {a\} \\ ${1:\${x\}|,} or ${2|a\,b,c\|d,\$e\},f\\|}$0")
    assert rendered(text) == "costs $5 {a} \\ ${x}|, or a,b"
    assert stops(text) == [1, 2, 0]


def test_blank_lines_around_a_block_are_dropped() -> None:
    assert strip(["\n\n", "a\n", "\n"]) == ["a"]
    assert strip(["\n", "\n a", Stop("x"), "\n"]) == [" a", Stop("x")]
    assert strip(["\n"]) == []


def test_a_value_without_brackets_that_waits_is_a_stop_too() -> None:
    plan = template("# Plan: [Name]\n\n**Effort**: X days\n\n## Do\n\n**Time:** X hours\n")
    made = snippet(new_document(plan, Values("A", "", "", "")))
    assert "**Effort**: ${1:X days}" in made
    assert "**Time:** ${2:X hours}" in made


def test_a_section_whose_code_has_no_end_gets_one() -> None:
    found = template("# Plan: [Name]\n\n## Steps\n\n## Code\n\n```sh\n[command]\n")
    code = found.sections[-1]
    assert plain(section_block(code, found)) == "## Code\n\n```sh\n[command]\n```"
