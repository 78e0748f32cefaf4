"""Lists of choices: what is a list and what is not, and which choice a document has."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.notation.choices import (
    Choices,
    find_choice,
    read_choices,
)
from spec_lsp.template.read.infer import infer
from tests.template.support import schema


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        ("Draft | Approved | Implemented", "Status", "Draft, Approved, Implemented"),
        ("[Draft | Approved]", "Status", "Draft, Approved"),
        ("[Draft|Review|Approved]", "Status", "Draft, Review, Approved"),
        ("{{High | Medium | Low}}", "Priority", "High, Medium, Low"),
        ("{Draft | Final}", "Status", "Draft, Final"),
        ("<Draft|Final>", "Status", "Draft, Final"),
        ("Low / Medium / High", "Impact", "Low, Medium, High"),
        ("High/Med/Low", "", "High, Med, Low"),
        ("{{Critical/High/Medium/Low}}", "", "Critical, High, Medium, Low"),
        ("feature / decision / informational", "RFC Type", "feature, decision, informational"),
        ("Yes/No", "", "Yes, No"),
        ("Standard/Meta", "category", "Standard, Meta"),
        (
            "{Ready for Implementation, Implemented}",
            "State",
            "Ready for Implementation, Implemented",
        ),
        ("P0 (Critical) | P1 (High)", "Priority", "P0, P1"),
        ("<Technical, Process, or Meta>", "type", "Technical, Process, Meta"),
        ("One of Technical, Process or Meta", "type", "Technical, Process, Meta"),
        ("One of: draft|done", "", "draft, done"),
        ("Draft, Last Call, Final", "Status", "Draft, Last Call, Final"),
        ("[✅ Approved | ❌ Issues Found]", "Status", "✅ Approved, ❌ Issues Found"),
    ],
)
def test_a_list_of_choices_is_written_in_many_ways(value: str, name: str, expected: str) -> None:
    choices = read_choices(value, name)
    assert choices is not None
    assert ", ".join(choices.texts) == expected


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("[Performance/Security/Scalability requirement]", "NFR-1"),
        ("[Hash/Signature]", "Signature"),
        ("[None / Specific conditions]", "Conditions"),
        ("[What comes first, and what it proves]", "Phase 1"),
        ("Ada, Ben, Cid", "Authors"),
        ("[description | ticket/issue URL]", "Input"),
        ("[X days/weeks]", "Duration"),
        ("[Implementation team/individual]", "Assigned to"),
        ("CI/CD", "Scope"),
        ("api / domain / storage", "Modules"),
        ("draft / done", "Status"),
        ("your team / theirs / ours", "Type"),
        ("UI/UX", ""),
        ("src/core/[feature-name]/", "Core logic"),
        ("[tag1, tag2, tag3]", "Tags"),
        ("Draft", "Status"),
        ("2.0", "Version"),
        ("", "Status"),
        ("|", "Status"),
        ("- | -", "Status"),
    ],
)
def test_text_that_only_looks_like_a_list_has_no_choices(value: str, name: str) -> None:
    choices = read_choices(value, name)
    assert choices is None or len([text for text in choices.texts if text.strip("- ")]) == 0


def test_a_description_among_the_choices_opens_the_list() -> None:
    choices = read_choices("Documented | Open | short plain-language status", "Status")
    assert choices is not None
    assert choices.is_open


def test_several_fields_on_one_line_are_not_choices() -> None:
    assert schema("""
        # Charter

        **Version**: 2.0 | **Ratified**: 2025-01-02 | **Amended**: [DATE]

        ## Principles
    """) == (
        "# charter\n"
        "  Version: <number> = 2.0\n"
        "  Ratified: = 2025-01-02\n"
        "  Amended: <date>\n"
        "## principles\n"
    )


def test_a_yaml_comment_may_list_the_choices() -> None:
    assert schema("""
        ---
        status: draft # draft | review | final
        ---
        ## Context
    """) == ("(no title: Thing)\n  status: draft | review | final (matter)\n## context\n")


MADR = "proposed | rejected | accepted | deprecated | … | superseded by ADR-0123"


def choices_of(value: str, name: str = "Status") -> Choices:
    choices = read_choices(value, name)
    assert choices is not None
    return choices


def test_an_ellipsis_and_a_parameter_leave_a_list_open() -> None:
    choices = choices_of(MADR)
    assert choices.is_open
    assert choices.texts == ("proposed", "rejected", "accepted", "deprecated", "superseded by")
    assert [choice.text for choice in choices.members if choice.is_open] == ["superseded by"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Implemented", "Implemented"),
        ("implemented", "Implemented"),
        ("**Implemented (Swift 6.0)**", "Implemented"),
        ("✅ Implemented (2025-11-14)", "Implemented"),
        ("{ approved }", "Approved"),
        ("`Approved`", "Approved"),
        ("[Approved]", "Approved"),
        ("in_review", "In Review"),
        ("In-Review – waiting for legal", "In Review"),
        ("Approved, with changes", "Approved"),
        ("Aproved", ""),
        ("Approved-ish", ""),
        ("Unapproved", ""),
        ("Draft Approved", ""),
        ("Draft | Approved", ""),
        ("", ""),
    ],
)
def test_decoration_and_a_tail_do_not_change_a_value(value: str, expected: str) -> None:
    found = find_choice(value, choices_of("Draft | In Review | Approved | Implemented"))
    assert (found.text if found else "") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("superseded by [ADR-0123](0123-cache.md)", "superseded by"),
        ("superseded by ADR-0057", "superseded by"),
        ("Superseded", ""),
        ("accepted", "accepted"),
    ],
)
def test_a_choice_with_a_parameter_is_never_wrong(value: str, expected: str) -> None:
    found = find_choice(value, choices_of(MADR))
    assert (found.text if found else "") == expected


@pytest.mark.parametrize("value", ["P1", "P1 (High)", "p1 (high)", "P1 - agreed"])
def test_a_note_may_be_written_or_left_out(value: str) -> None:
    found = find_choice(value, choices_of("P0 (Critical) | P1 (High)", "Priority"))
    assert found
    assert found.text == "P1"


def test_a_sentence_that_goes_on_in_the_next_line_is_no_list() -> None:
    template = infer(
        parse(
            "plan.md",
            "# Plan\n\n## Checks\n\n- **Contracts**: List every JSON / Pydantic\n"
            "  schema or table.\n- **Mode**: Fast / Slow\n- **Level**: High / Low\n  - and why\n",
        )
    )
    (section,) = template.sections
    assert [bool(each.choices) for each in section.fields] == [False, True, True]
