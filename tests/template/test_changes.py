"""What one version of a template has that the other lacks."""

from __future__ import annotations

from spec_lsp.template.match.changes import changes
from spec_lsp.template.show.differences import difference_lines
from tests.template.support import template, text_of


def changed(old: str, new: str) -> str:
    found = changes(template(old, "plan.md"), template(new, "plan.md"))
    return "\n".join(difference_lines(found)) + "\n"


def test_choices_are_gained_and_lost() -> None:
    assert changed(
        "# Plan: [Name]\n\n**Status**: Draft | Final\n**Decided**: [YYYY-MM-DD]\n",
        "# Plan: [Name]\n\n**Status**: Draft | Review | Done\n**Decided**: [Name]\n",
    ) == text_of("""
        ~ field    Status: + Review, + Done, - Final
        ~ field    Decided: date → person
    """)


def test_a_section_with_other_guidance_in_the_same_place_is_another_one() -> None:
    assert changed(
        "# Plan: [Name]\n\n## Costs\n\n[What it costs to build]\n\n## Tasks\n",
        "# Plan: [Name]\n\n## Security\n\n[Who may do what]\n\n## Tasks\n",
    ) == text_of("""
        + section  Security
        - section  Costs
    """)


def test_guidance_that_several_sections_share_tells_nothing() -> None:
    assert changed(
        "# Plan: [Name]\n\n## Costs\n\n[To be filled in]\n\n## Risks\n\n[To be filled in]\n",
        "# Plan: [Name]\n\n## Security\n\n[To be filled in]\n\n## Team\n\n[To be filled in]\n",
    ) == text_of("""
        + section  Security
        + section  Team
        - section  Costs
        - section  Risks
    """)


def test_of_an_alias_and_of_what_is_below_a_renamed_section() -> None:
    assert changed(
        "# Plan: [Name]\n\n## Why\n\n### Users\n\n### Costs\n",
        """
        ---
        spec-lsp:
          aliases: {Reason: [Why]}
        ---
        # Plan: [Name]

        ## Reason

        ### Costs

        ### Users

        #### Roles
        """,
    ) == text_of("""
        ~ section  Why → Reason
        ~ section  Costs: now first
        + section  Roles
    """)
