"""Names of fields: how they are compared, and which field stands for which."""

from __future__ import annotations

import pytest

from spec_lsp.compare import normalise_name
from tests.template.support import bound, schema


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Last Updated", "last updated"),
        ("last_updated", "last updated"),
        ("`Last-Updated`", "last updated"),
        ("Mentor (optional)", "mentor"),
        ("Author(s)", "author(s)"),
    ],
)
def test_names_are_compared_without_habits(name: str, expected: str) -> None:
    assert normalise_name(name) == expected


STATUS = """
    # Plan: [Title]

    **Status**: Draft | Final

    ## Risks

    **Status**: Open | Closed

    ---

    **Document Status**: Review | Released
"""


def test_fields_of_one_name_in_header_section_and_footer_are_three() -> None:
    assert schema(STATUS) == (
        "# plan: *\n"
        "  Status: Draft | Final\n"
        "  Document Status: Review | Released (footer)\n"
        "## risks\n"
        "  Status: Open | Closed\n"
    )


def test_a_field_inside_a_section_does_not_replace_the_header_field() -> None:
    assert bound(STATUS, "# Plan: x\n\n## Risks\n\n**Status**: Open\n") == (
        "# Plan: x\n## Risks\nmissing field Status\nmissing field Document Status\n"
    )


def test_a_field_may_move_between_header_footer_and_metadata() -> None:
    assert (
        bound(
            STATUS,
            """
            # Plan: x

            **Document Status**: Review

            ## Risks

            ## Metadata

            - **Status**: Draft
            """,
        )
        == "# Plan: x\n## Risks\n## Metadata (own)\n"
    )
