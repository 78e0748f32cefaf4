"""What the author of a template sees when hovering it: how each place was understood."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.infer import infer
from spec_lsp.template.show.explain import explain
from tests.template.support import text_of

PLAN = text_of("""
    ---
    spec-lsp:
      kind: plan
      lifecycle:
        field: Status
    stage: open
    ---
    # Plan: [Name]

    **ID**: PLAN-XXX
    **Status**: Draft | Final
    **Version**: 1.0
    **Author**: [Name] (optional)

    ## Summary

    Say in one sentence what it is for.

    See [the other plan].

    ## Risks (optional)

    ### Risk 1: [Short name]

    **Impact:** High | Low | …

    ### Risk 2: [Another name]

    ## Steps

    | Step   | State     |
    | ------ | --------- |
    | [what] | Open/Done |

    - [ ] Ask around

    ---

    **Reviewer**: [Name]
""")


def told(before: str) -> str:
    """What is told at the end of some text of the template."""
    found = infer(parse("plan.md", PLAN))
    return explain(found, PLAN.index(before) + len(before)).replace("\n\n", "\n")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            "# Plan",
            (
                "**Title** of documents of kind `plan`: `plan: *`.\n"
                "Documents whose title contains these words are of this kind."
            ),
        ),
        (
            "**ID",
            (
                "**Header field** `ID`: required, an ID.\n"
                "Placeholder: `PLAN-XXX`.\n"
                "The document's ID: `PLAN-###`."
            ),
        ),
        (
            "**Status**: Dra",
            (
                "**Header field** `Status`: required.\n"
                "One of `Draft`, `Final`.\n"
                "Lifecycle: from `Draft` to `Final`."
            ),
        ),
        (
            "**Version",
            "**Header field** `Version`: required, a number.\nDefault in new documents: `1.0`.",
        ),
        (
            "**Author",
            "**Header field** `Author`: optional, a person.\nPlaceholder: `[Name]`.",
        ),
        ("## Summ", "**Section** `summary`: required."),
        ("Say in one", "**Guidance** for “Summary”: shown to the author of the section."),
        (
            "[the other",
            "**Placeholder** `[the other plan]`: reported in documents until it is filled in.",
        ),
        (
            "## Risks",
            "**Section** `risks`: optional.\nSections: `Risk 1: [Short name]`.",
        ),
        (
            "### Risk 1",
            (
                "**Section** `risk #: *`: required, repeatable.\n"
                "Documents have one or more, numbered consecutively.\n"
                "Fields: `Impact`."
            ),
        ),
        (
            "### Risk 2",
            (
                "**Section** `risk #: *`: required, repeatable.\n"
                "A further sample: optional in documents.\n"
                "Fields: `Impact`."
            ),
        ),
        (
            "**Impact",
            "**Section field** `Impact`: required.\nOne of `High`, `Low`, or others.",
        ),
        (
            "## Steps",
            "**Section** `steps`: required.\nColumns: `Step`, `State`.\nChecklist: 1 item.",
        ),
        (
            "| Open",
            "**Column** `State`: documents may replace the sample rows.\nOne of `Open`, `Done`.",
        ),
        ("- [ ] Ask", "**Checklist**: documents keep these items and check them off."),
        (
            "**Reviewer",
            "**Footer field** `Reviewer`: required, a person.\nPlaceholder: `[Name]`.",
        ),
        (
            "\nstage",
            "**Front matter field** `stage`: required.\nDefault in new documents: `open`.",
        ),
        (
            "  kind",
            "**kind**: Short name of the kind, for the command line and the configuration.",
        ),
        ("    field", "**field**: Field that contains the status."),
        ("spec-lsp", "**Corrections** to what is inferred from this template."),
    ],
)
def test_how_a_place_was_understood(place: str, expected: str) -> None:
    assert told(place) == expected


def test_where_nothing_is_meant_nothing_is_told() -> None:
    found = infer(
        parse("plan.md", "# Plan: [Name]\n\nText.\n\n---\n\n## Steps\n\n```\ncode\n```\n")
    )
    assert explain(found, found.document.text.index("Text")) == ""
    assert explain(found, found.document.text.index("code") + 1) == ""
