"""ID patterns and their scope, inferred from the places of IDs in the template."""

from __future__ import annotations

import pytest

from tests.template.support import template


def ids(markdown: str, path: str = "thing-template.md") -> list[str]:
    found = template(markdown, path)
    return [
        f"{pattern.prefix}{'#' * pattern.digits} {pattern.scope}"
        + (" own" if pattern == found.id else "")
        + ("" if pattern.defines else " elsewhere")
        + (" open" if pattern.is_open else "")
        for pattern in found.ids
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**ID**: SPEC-XXX", "SPEC-###"),
        ("**ID**: SPEC-###", "SPEC-###"),
        ("**ID:** `BUG-NNNN`", "BUG-####"),
        ("- **ID:** REQ_{{4-digit number}}", "REQ_####"),
        ("**Document ID**: SAS_[XXXX]", "SAS_####"),
        ("**ID**: FR-1", "FR-#"),
        ("**ID**: FR-001", "FR-###"),
        ("simd: 'XXXX'", "####"),
        ("**Number**: 0000", "####"),
    ],
)
def test_a_header_field_holds_the_documents_own_id(line: str, expected: str) -> None:
    found = template(f"# Spec: [Title]\n\n{line}\n\n## Context\n")
    assert found.id
    assert found.id.prefix + "#" * found.id.digits == expected
    assert found.id.scope == "workspace"
    assert found.id_field


@pytest.mark.parametrize("value", ["`[feature_id]`", "[id]", "{{ID}}", "<spec-id>"])
def test_an_id_may_be_a_name(value: str) -> None:
    found = template(f"# Spec: [Title]\n\n**Feature ID:** {value}\n\n## Context\n")
    assert found.id
    assert (found.id.prefix, found.id.digits, found.id_field) == ("", 0, "Feature ID")


def test_the_title_or_the_file_name_may_hold_it() -> None:
    assert ids("# ADR-NNNN: [Title]\n\n## Context\n") == ["ADR-#### workspace own"]
    assert ids("# [Title]\n\n## Context\n", "docs/adr-0000-template.md") == [
        "ADR-#### workspace own"
    ]
    found = template("# [Title]\n\n## Context\n", "rfcs/0000-template.md")
    assert found.id
    assert (found.id.prefix, found.id.digits) == ("", 4)


def test_inside_a_section_an_id_is_numbered_per_document() -> None:
    assert ids("""
        # Spec: [Title]

        ## Requirements

        - **FR-001**: [What]
        1. **NFR-1**: [What]

        ### PS-N — Short Title

        #### UC1: [Name]

        - [ ] T001 [P] Do it

        | ID  | Goal |
        | --- | ---- |
        | G1  | …    |

        | ID    | Requirement |
        | ----- | ----------- |
        | FR-X1 | …           |
    """) == [
        "FR-### document",
        "NFR-# document",
        "PS-# document",
        "UC# document",
        "T### document",
        "G# document",
    ]


def test_a_letter_x_in_a_prefix_stands_for_letters() -> None:
    assert ids("""
        # Spec: [Title]

        ## Requirements

        | ID     | Requirement |
        | ------ | ----------- |
        | NFR-X1 | …           |
    """) == ["NFR-# document open"]
    (pattern,) = template("# S\n\n## R\n\n- **FR-X1**: [what]\n").ids
    assert [
        prefix for prefix in ("FR-", "FR-A", "FR-DM", "FR-7", "NFR-A") if pattern.suits(prefix)
    ] == [
        "FR-A",
        "FR-DM",
    ]


def test_ids_in_running_text_belong_to_other_kinds() -> None:
    assert ids("""
        # Spec: [Title]

        **ID**: SPEC-XXX

        ## Related Work

        - Related Bugs: BUG-XXX
        - **[DEC-XXX]: Title of the decision**
    """) == ["SPEC-### workspace own", "BUG-### workspace elsewhere", "DEC-### workspace elsewhere"]


@pytest.mark.parametrize(
    "text", ["UTF-8", "SHA-256", "ISO-8601", "RFC-2119", "UX", "API [Name]", "XXX", "TODO"]
)
def test_words_in_capitals_are_not_ids(text: str) -> None:
    assert ids(f"# Spec: [Title]\n\n## Context\n\nSee {text}.\n") == []


def test_a_correction_sets_the_id_pattern() -> None:
    found = template("""
        ---
        spec-lsp:
          id: BUG-###
        ---
        # Bug: [Title]

        ## Context
    """)
    assert found.id
    assert (found.id.prefix, found.id.digits, found.id.scope) == ("BUG-", 3, "workspace")
