"""Where a missing section is inserted: the bar marks the offset."""

from __future__ import annotations

import pytest

from spec_lsp.template.match.binding import bind
from spec_lsp.template.match.missing import insertion_offset, missing_sections
from spec_lsp.text import Edit, Span, apply
from tests.template.support import document, template, text_of

PLAN = """
    # Plan: [Name]

    **Status**: Draft | Final

    ## Summary

    ## Design

    ### Overview

    ### Details

    ## Risks

    ---

    **Reviewer**: [Name]
"""


def marked(markdown: str) -> str:
    """The document with `<Title>` wherever a section is missing."""
    binding = bind(document(markdown), template(PLAN))
    edits = [
        Edit(Span(missing.offset, missing.offset), f"<{missing.slot.title}>")
        for missing in missing_sections(binding)
    ]
    return apply(text_of(markdown), edits)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "# Plan: x\n\n## Summary\n\nText.\n\n## Risks\n",
            "# Plan: x\n\n## Summary\n\nText.\n\n<Design>## Risks\n",
        ),
        (
            "# Plan: x\n\n**Status**: Draft\n\n## Design\n\nText.\n",
            "# Plan: x\n\n**Status**: Draft\n\n<Summary>## Design\n\nText.\n<Risks>",
        ),
        (
            "# Plan: x\n\n## Summary\n\n## Design\n\n### Details\n\nText.\n\n## Risks\n",
            "# Plan: x\n\n## Summary\n\n## Design\n\n<Overview>### Details\n\nText.\n\n## Risks\n",
        ),
        (
            "# Plan: x\n\n## Design\n\n## Risks\n",
            "# Plan: x\n\n<Summary>## Design\n\n<Overview><Details>## Risks\n",
        ),
        (
            "# Plan: x\n\n## Summary\n\n## Own\n\n## Risks\n",
            "# Plan: x\n\n## Summary\n\n<Design>## Own\n\n## Risks\n",
        ),
        (
            "# Plan: x\n\n## Summary\n\n## Design\n\nText.\n\n---\n\n**Reviewer**: Bob\n",
            "# Plan: x\n\n## Summary\n\n## Design\n\nText.\n\n<Risks>---\n\n**Reviewer**: Bob\n",
        ),
        ("# Plan: x\n", "# Plan: x\n<Summary><Design><Risks>"),
        ("", "<Summary><Design><Risks>"),
        (
            "# Plan: x\n\n## Own\n\nText.\n",
            "# Plan: x\n\n<Summary><Design><Risks>## Own\n\nText.\n",
        ),
    ],
)
def test_a_section_belongs_after_its_predecessor_in_the_template(
    markdown: str, expected: str
) -> None:
    assert marked(markdown) == expected


def test_every_slot_has_an_insertion_place() -> None:
    text = text_of("# Plan: x\n\n## Summary\n\n## Risks\n")
    binding = bind(document(text), template(PLAN))
    places = {
        slot.title: insertion_offset(binding, slot, None) for slot in binding.template.sections
    }
    assert places == {
        "Summary": text.index("## Risks"),
        "Design": text.index("## Risks"),
        "Risks": len(text),
    }
