"""Shapes of templates and documents that are easy to get wrong."""

from __future__ import annotations

from tests.template.support import schema

# Shapes of documents that are easy to get wrong.


def test_without_a_title_all_sections_are_outermost() -> None:
    assert schema("## Why\n\n## What Changes\n\n### New\n") == (
        "(no title: Thing)\n## why\n## what changes\n### new\n"
    )


def test_several_first_level_headings_are_sections() -> None:
    assert schema("""
        ---
        feature: (fill me in)
        ---

        # Summary
        [summary]: #summary

        # Motivation
        [motivation]: #motivation

        # Drawbacks
    """) == ("(no title: Thing)\n  feature: (matter)\n# summary\n# motivation\n# drawbacks\n")


def test_a_title_may_precede_first_level_sections() -> None:
    assert (
        schema("""
        # Title

        - **ID:** {{ID}}

        # Context

        # Decision
    """)
        == "# *\n  ID: <id>\n# context\n# decision\n"
    )


def test_setext_headings_and_skipped_levels() -> None:
    assert schema("Plan: [Name]\n============\n\nContext\n-------\n\n#### Deep\n") == (
        "# plan: *\n## context\n#### deep\n"
    )


def test_a_heading_in_a_fence_or_a_comment_is_not_a_section() -> None:
    assert (
        schema("""
        # Plan: [Name]

        ## Context

        ````markdown
        # Quoted template

        ```
        ## Inner
        ```
        ````

        <!--
        ## Hidden
        -->

        - ~~~
          ## In a list
          ~~~
    """)
        == "# plan: *\n## context\n"
    )


def test_a_template_may_use_any_line_ending() -> None:
    text = "# Plan: [Name]\n\n**Status**: A | B\n\n## Context\n\n### Why\n"
    for ending in ("\r\n", "\r"):
        assert schema(text.replace("\n", ending)) == schema(text)
    assert schema("\ufeff" + text) == schema(text)
    assert schema(text.rstrip("\n")) == schema(text)


def test_separators_that_are_not_line_ends_are_text() -> None:
    assert schema("# Plan: [Name]\n\n## Con\u2028text\n\nform\x0cfeed\n## Why\n") == (
        "# plan: *\n## con text\n## why\n"
    )


def test_two_documents_in_one_file_do_not_hide_each_other() -> None:
    text = "# Plan: [Name]\n\n## Context\n\n# Review: [Name]\n\n## Verdict\n"
    assert schema(text) == "# plan: *\n## context\n# review: * (repeatable)\n## verdict\n"
