"""The known values of a new document, and the slots that they fill."""

from __future__ import annotations

import pytest

from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.fill import new_document
from spec_lsp.template.write.snippet import snippet
from spec_lsp.template.write.values import Values, values_of
from tests.template.snippets import rendered
from tests.template.support import template, text_of

KNOWN = Values("Move house", "PLAN-007", "2026-01-02", "Ann", values_of({"area": "Home"}))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("# Technical Specification", "# Technical Specification: Login"),
        ("# Plan: [Name]", "# Plan: Login"),
        ("# {short title}", "# Login"),
        ("# Title of proposal", "# Login"),
        ("# SPEC-XXX: [Name]", "# SPEC-012: Login"),
        ("# <!-- short title -->", "# Login"),
    ],
)
def test_the_title_fills_the_title_placeholder(title: str, expected: str) -> None:
    found = template(f"{title}\n\n## Context\n")
    assert new_text(found, Values("Login", "SPEC-012")).startswith(f"{expected}\n")


def test_code_marks_and_front_matter_stay_around_a_value() -> None:
    found = template("""
        ---
        title: Title of the thing
        created: (fill me in with today's date, YYYY-MM-DD)
        status: draft # draft | final
        author:
        ---
        # [Name]

        **Feature ID:** `[feature_id]`
    """)
    assert new_text(found, Values("Login", "login", "2026-01-02", "Ann")) == text_of("""
        ---
        title: Login
        created: 2026-01-02
        status: draft # draft | final
        author: Ann
        ---
        # Login

        **Feature ID:** `login`
    """)


def test_a_commented_key_stays_a_comment() -> None:
    text = '---\n# status: "{open | closed}"\nkeep: this\n---\n# Login\n\n## Context\n'
    found = template(text)
    assert found.field("status")
    assert new_text(found, Values()) == text
    assert rendered(snippet(new_document(found, Values()))) == text


def test_a_given_value_is_written_as_the_template_writes_it() -> None:
    found = template("# P: [T]\n\n**Priority:** P0 (Critical) | P1 (High)\n\n## C\n")
    for given in ("p1", "P1", "P1 (High)"):
        text = new_text(found, Values(fields=values_of({"Priority": given})))
        assert "**Priority:** P1\n" in text
    assert "**Priority:** soon\n" in new_text(found, Values(fields={"priority": "soon"}))


def test_a_comment_holds_the_place_of_text_where_nothing_else_does() -> None:
    found = template("""
        ## Why

        <!-- Which problem is solved? -->

        ## Requirement: <!-- requirement name -->

        - **WHEN** <!-- the condition -->
        <!-- use "neutral" where needed -->

        <!-- toc -->

        <!-- This is an optional element. -->
        ## More
    """)
    assert snippet(new_document(found, Values())) == text_of("""
        ## Why

        ${1:<!-- Which problem is solved? -->}

        ## Requirement: ${2:<!-- requirement name -->}

        - **WHEN** ${3:<!-- the condition -->}
        <!-- use "neutral" where needed -->

        <!-- toc -->

        <!-- This is an optional element. -->
        ## More
        $0""")
