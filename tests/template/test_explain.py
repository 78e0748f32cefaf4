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
                "**Title** of every document of the kind `plan`: `plan: *`.\n"
                "A document whose title has these words is taken for this kind."
            ),
        ),
        (
            "**ID",
            (
                "**Header field** `ID`: required, an ID.\n"
                "`PLAN-XXX` is to be replaced.\n"
                "The document's ID: `PLAN-###`."
            ),
        ),
        (
            "**Status**: Dra",
            (
                "**Header field** `Status`: required.\n"
                "One of `Draft`, `Final`.\n"
                "Life cycle: from `Draft` to `Final`."
            ),
        ),
        (
            "**Version",
            "**Header field** `Version`: required, a number.\nNew documents begin with `1.0`.",
        ),
        (
            "**Author",
            "**Header field** `Author`: optional, a person.\n`[Name]` is to be replaced.",
        ),
        ("## Summ", "**Section** `summary`: required."),
        ("Say in one", "**Guidance** for “Summary”: shown to whoever writes the section."),
        (
            "[the other",
            "**Placeholder** `[the other plan]`: to be replaced; left as it is, it is reported.",
        ),
        (
            "## Risks",
            "**Section** `risks`: optional.\nSections: `Risk 1: [Short name]`.",
        ),
        (
            "### Risk 1",
            (
                "**Section** `risk #: *`: required, repeatable.\n"
                "Documents have one or more; its numbers go on from one to the next.\n"
                "Fields: `Impact`."
            ),
        ),
        (
            "### Risk 2",
            (
                "**Section** `risk #: *`: required, repeatable.\n"
                "A further sample: documents need not have it.\n"
                "Fields: `Impact`."
            ),
        ),
        (
            "**Impact",
            "**Field of the section** `Impact`: required.\nOne of `High`, `Low`, or others.",
        ),
        (
            "## Steps",
            "**Section** `steps`: required.\nColumns: `Step`, `State`.\nCheck list of 1.",
        ),
        (
            "| Open",
            "**Column** `State`: sample rows may be replaced.\nOne of `Open`, `Done`.",
        ),
        ("- [ ] Ask", "**Check list**: documents keep these items and tick them off."),
        (
            "**Reviewer",
            "**Footer field** `Reviewer`: required, a person.\n`[Name]` is to be replaced.",
        ),
        (
            "\nstage",
            "**Field of the front matter** `stage`: required.\nNew documents begin with `open`.",
        ),
        (
            "  kind",
            "**kind**: Short name of the kind, for the command line and the configuration.",
        ),
        ("    field", "**field**: Field that contains the status."),
        ("spec-lsp", "**Corrections** of what is inferred from this template."),
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
