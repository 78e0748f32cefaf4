"""Placeholders: the template decides which text is a placeholder."""

from __future__ import annotations

import pytest

from spec_lsp.compare import same_text
from spec_lsp.template.match.kept_text import is_leftover
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.notation.placeholders import is_unmistakable
from tests.template.support import document, template


def placeholders(markdown: str) -> list[str]:
    return list(template(markdown).placeholders)


@pytest.mark.parametrize(
    "text",
    [
        "[Short title]",
        "[feature_id]",
        "[X]",
        "[Criterion 1]",
        '[e.g., "a [nested] text"]',
        "{{FIX_NAME}}",
        "{short title}",
        "{title of {option}}",
        "<description of what is covered>",
        "YYYY-MM-DD",
        "DD/MM/YYYY",
        "SPEC-XXX",
        "BUG-###",
        "(fill in with names)",
        "$ARGUMENTS",
        "[Related PR](link)",
        "`[Name](limit: int)`",
        "[NEEDS CLARIFICATION: which one?]",
    ],
)
def test_placeholders_in_every_notation(text: str) -> None:
    found = placeholders(f"# Spec\n\n## Context\n\nText {text} more\n")
    assert any(each in text for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        "[P]",
        "[US1]",
        "[ ]",
        "[x]",
        "[-]",
        "[^note]",
        "[!NOTE]",
        "[spec.md](spec.md)",
        "[the guide](https://example.org/guide)",
        "`[spec](../spec.md)`",
        "![picture](images/a.png)",
        '{plugin="x"}',
        "{.class}",
        "{#anchor}",
        r"\frac{0}{1}",
        r"\text{speed}",
        "${HOME}",
        "<https://example.org>",
        "<me@example.org>",
        "<br>",
        "<details>",
        "</summary>",
        '<mark style="color:red;">',
        "</mark>",
        "<figcaption>",
        "`items[0]`",
        '`row["key"]`',
        "`to: [String]`",
        "TODO",
        "TBD",
        "TODO.md",
        "<!-- toc -->",
        "[optional]",
        "[Optional]",
        "[if applicable]",
        "[required]",
    ],
)
def test_what_is_text_even_in_a_template(text: str) -> None:
    assert placeholders(f"# Spec\n\n## Context\n\nText {text} more\n") == []


def test_a_link_definition_in_a_list_hides_nothing() -> None:
    """`- [Issue #]: [Description]` is a link definition to Markdown, and template text to us."""
    assert placeholders("""
        # Spec

        ## Related Issues

        - [Issue #]: [Description]

        1. [Step 1]: [What to do]
    """) == ["[Issue #]", "[Description]", "[Step 1]", "[What to do]"]


def test_what_the_template_defines_as_a_reference_is_a_link_in_every_form() -> None:
    assert placeholders("""
        # Spec

        ## Context

        See [the guide][guide], [Guide][], [guide] and [a guess][unknown].

        [guide]: https://example.org/guide
        [^1]: [What it rests on]
    """) == ["[a guess]", "[unknown]", "[What it rests on]"]


def test_placeholders_can_be_in_code() -> None:
    found = template("""
        # Spec

        ## Code

        `tests/[feature_name]/`

        ```{{FILE_EXTENSION}}
        class [ModelName]:
            pass
        ```
    """)
    assert list(found.placeholders) == ["[feature_name]", "{{FILE_EXTENSION}}", "[ModelName]"]
    assert found.coded == set(found.placeholders)


def test_placeholders_have_exact_spans() -> None:
    found = template("# [Name]\n\n## A\n\n[what]\n\n## B\n\n[what]\n[why]\n")
    assert found.placeholders == {
        "[Name]": frozenset({0}),
        "[what]": frozenset({1, 2}),
        "[why]": frozenset({2}),
    }


def test_white_space_does_not_count() -> None:
    assert same_text("[Short\n   title]") == same_text("[Short title]")


def test_a_tag_that_a_heading_explains_is_not_a_placeholder() -> None:
    assert placeholders("""
        # Tasks

        ## Format: `[ID] [P?] [Story] Description`

        - [Story] says whose it is
        - [what to do]
    """) == ["[what to do]"]


TEMPLATE = """
    # Spec: [Name]

    ## Context

    [Why now?] See [{name}](link.md).

    ## Code

    `[function_name]`
"""


def leftovers(markdown: str) -> list[str]:
    own = template(TEMPLATE)
    return [
        candidate.text
        for section in document(markdown).sections
        for candidate in candidates_in(section)
        if is_leftover(candidate, own)
    ]


def test_a_document_s_leftovers_are_its_template_s_placeholders() -> None:
    assert leftovers("""
        # Spec: [Name]

        ## Context

        [Why
        now?] It costs [sic] too much [1] for <T> and [x].

        - [ASSUMPTION: nobody minds]
        - [Risk] It may fail [though yes, it will].
        - {{this.name}} in a Handlebars text

        ## Code

        `[function_name]` and `[Why now?]`
    """) == ["[Name]", "[Why\nnow?]", "[function_name]", "[Why now?]"]


def test_one_word_in_code_may_be_code() -> None:
    assert leftovers("# Spec: x\n\n## Context\n\nThe path is `/users/{name}`, says {name}.\n") == [
        "{name}"
    ]


@pytest.mark.parametrize(
    ("text", "template_text", "expected"),
    [
        ("[NEEDS CLARIFICATION: which?]", "", True),
        ("[needs clarification]", "", True),
        ("{{OTHER}}", "# {{NAME}}", True),
        ("{{this.name}}", "# [Name]", False),
        ("{{/if}}", "# {{NAME}}", False),
        ("[anything]", "# [Name]", False),
    ],
)
def test_some_forms_are_unmistakable(text: str, template_text: str, expected: bool) -> None:
    assert is_unmistakable(text, template_text) is expected
