"""What a template may say of itself, and the faults it can have."""

from __future__ import annotations

from spec_lsp.template.write.file_name import new_text
from spec_lsp.template.write.values import Values
from tests.template.support import bound, faults, schema, template

CORRECTED = """
    ---
    spec-lsp:
      kind: fix
      title: Bug Fix
      description: Says how a fault is removed.
      id: BUG-###
      filename: "{id}-{slug}.md"
      directory: docs/bugs
      required: [Notes]
      optional:
        - Side Effects
        - Reviewer
      repeatable: Attempt
      aliases:
        Impact: [Consequences, Who is hurt]
      lifecycle:
        field: State
        draft: [Open, Started]
        final: Closed
        dropped: [Refused]
    status: kept
    ---
    # Fix: [Title]

    **State**: Open | Started | Refused | Closed
    **Reviewer**: [Name]

    ## Impact

    ## Attempt

    ## Side Effects

    ## Notes (optional)
"""


def test_everything_that_is_inferred_can_be_corrected() -> None:
    assert schema(CORRECTED) == (
        "# fix: *\n"
        "  status: = kept (matter)\n"
        "  State: Open | Started | Refused | Closed\n"
        "  Reviewer: <person> (optional)\n"
        "## impact\n"
        "## attempt (repeatable)\n"
        "## side effects (optional)\n"
        "## notes\n"
        "id BUG-### of the document\n"
    )
    found = template(CORRECTED)
    assert (found.kind, found.name, found.directory) == ("fix", "Bug Fix", "docs/bugs")
    assert (found.filename, found.description) == (
        "{id}-{slug}.md",
        "Says how a fault is removed.",
    )
    assert found.faults == ()


def test_an_alias_is_as_good_as_the_title() -> None:
    assert bound(
        CORRECTED,
        """
        ---
        status: kept
        ---
        # Fix: Crash

        **State**: Open

        ## Who is hurt
        ## Attempt
        ## Attempt
        ## Notes
        """,
    ) == ("# Fix: Crash\n## Who is hurt (as Impact)\n## Attempt\n## Attempt\n## Notes\n")


def test_corrections_do_not_go_into_documents() -> None:
    assert new_text(template(CORRECTED), Values()).startswith(
        "---\nstatus: kept\n---\n# Fix: [Title]"
    )
    only = "---\nspec-lsp:\n  kind: fix\n---\n\n# Fix: [Title]\n\n## Impact\n"
    assert new_text(template(only), Values()) == "# Fix: [Title]\n\n## Impact\n"


def test_an_unknown_key_is_a_fault_where_it_stands() -> None:
    assert faults("""
        ---
        spec-lsp:
          kin: fix
          lifecycle:
            first: Draft
        ---
        ## Impact
    """) == (
        "kin: Unknown key `kin`; expected one of kind, title, description, id, filename, "
        "directory, required, optional, repeatable, aliases, lifecycle\n"
        "first: Unknown key `first`; expected one of field, draft, final, dropped"
    )


def test_a_wrong_value_is_a_fault_where_it_stands() -> None:
    assert faults("""
        ---
        spec-lsp:
          kind: [a, b]
          required: {Impact: yes}
          optional: [Nowhere]
          aliases: Impact
          id: lower case
          filename: docs/{name}.md
          lifecycle:
            field: Status
        ---
        ## Impact
    """) == (
        "[a, b]: `kind` must be a text\n"
        "{Impact: yes}: `required` must be a list of texts\n"
        "Impact: `aliases` must be a mapping\n"
        "Status: “Status” is not a field with choices\n"
        "[Nowhere]: “Nowhere” is not a section or field of this template\n"
        "lower case: Expected an ID pattern such as `BUG-###`\n"
        "docs/{name}.md: Unknown part {name}; expected {id}, {number}, {slug} or {date}\n"
        "docs/{name}.md: A file name cannot contain a folder; use `directory`"
    )


def test_a_state_that_no_field_has_is_a_fault() -> None:
    assert (
        faults("""
        ---
        spec-lsp:
          lifecycle:
            final: [Finished]
        ---
        **Status**: Draft | Done

        ## Impact
    """)
        == "[Finished]: “Finished” is not a value of Status"
    )


def test_broken_yaml_is_a_fault_and_the_rest_is_read() -> None:
    found = template("---\nspec-lsp: {kind: fix\n---\n# Fix: [Title]\n\n## Impact\n")
    assert len(found.faults) == 1
    assert "Not valid YAML" in found.faults[0].message
    assert [slot.title for slot in found.slots] == ["Impact"]


def test_a_template_without_a_heading_is_at_fault() -> None:
    message = "A template needs at least one heading"
    assert faults("Just text.\n\nMore.\n") == f"Just text.: {message}"
    assert faults("") == f": {message}"
