"""The order of a status field's choices is a life cycle: first comes draft, last final."""

from __future__ import annotations

from tests.template.support import template


def lifecycle(*fields: str, corrections: str = "") -> str:
    head = f"---\nspec-lsp:\n  lifecycle: {corrections}\n---\n" if corrections else ""
    found = template(head + "# P: [T]\n\n" + "\n".join(fields) + "\n\n## C\n").lifecycle
    if not found:
        return ""
    states = (found.draft, found.final, found.dropped)
    return f"{found.field}: " + "; ".join(", ".join(each) for each in states)


def test_first_and_last_are_draft_and_final() -> None:
    assert (
        lifecycle("**Status**: Planning | In Progress | Deployed") == "status: Planning; Deployed; "
    )


def test_ends_that_drop_a_document_are_not_final() -> None:
    assert lifecycle("**State**: Funnel | Accepted | Obsoleted | Rejected") == (
        "state: Funnel; Accepted; Obsoleted, Rejected"
    )


def test_ends_of_other_languages_are_not_final() -> None:
    assert lifecycle("**Estado**: Propuesta | Aceptada | Rechazada") == (
        "estado: Propuesta; Aceptada; Rechazada"
    )


def test_a_draft_at_the_end_comes_first() -> None:
    assert lifecycle("**Status**: Accepted / Proposed / Superseded") == (
        "status: Proposed; Accepted; Superseded"
    )


def test_a_section_may_hold_the_status() -> None:
    assert lifecycle("## Status", "", "Draft | Accepted | Rejected") == (
        "status: Draft; Accepted; Rejected"
    )
    assert lifecycle("## Phase", "", "[Idea | Trial]", corrections="{field: Phase}") == (
        "phase: Idea; Trial; "
    )
    assert lifecycle("## Status", "", "Draft | Accepted", "", "Say who decides.") == ""


def test_status_comes_before_other_fields() -> None:
    priority, status = "**Priority**: High | Low", "**Document Status**: Draft | Approved"
    assert lifecycle(priority, status) == "document status: Draft; Approved; "
    assert lifecycle(priority) == ""
    assert lifecycle("**Status**: Draft") == ""


def test_a_template_may_say_otherwise() -> None:
    fields = ("**Phase**: Idea | Trial | Adopted | Parked",)
    assert lifecycle(
        *fields, corrections="{field: Phase, draft: [Idea, Trial], final: Adopted}"
    ) == ("phase: Idea, Trial; Adopted; ")
    assert lifecycle(*fields, corrections="{field: Phase, dropped: Parked}") == (
        "phase: Idea; Parked; Parked"
    )
