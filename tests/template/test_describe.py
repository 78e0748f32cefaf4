"""A schema as plain data: what `spec-lsp template show --format json` prints."""

from __future__ import annotations

import json
from typing import Any

from spec_lsp.template import builtin
from spec_lsp.template.show.outline import describe
from tests.template.support import template


def described(markdown: str) -> dict[str, Any]:
    """The description, by way of JSON."""
    found: dict[str, Any] = json.loads(json.dumps(describe(template(markdown, "plan.md"))))
    return found


PLAN = described("""
    ---
    spec-lsp:
      kin: x
      directory: docs/plans
    ---
    # Plan: [Name]

    **ID**: PLAN-XXX
    **Priority**: P0 (Critical) | P1 (High)
    **Version**: 1.0
    **Created**: [DD.MM.YYYY] (optional)

    ## Design (optional)

    Say how.

    ### Component 1: [Name]

    **Size**: Big | Small

    ### Component 2: [Name]

    **Size**: Big | Small

    ## Risks

    | Risk | Impact   |
    | ---- | -------- |
    | [it] | High/Low |

    - [ ] Reviewed
""")


def test_the_keys_that_are_promised() -> None:
    assert PLAN["version"] == 1
    assert (PLAN["kind"], PLAN["title"]) == ("plan", "Plan")
    assert set(PLAN["fields"][0]) >= {"name", "choices", "required", "default"}
    assert set(PLAN["sections"][0]) >= {
        "path",
        "title",
        "level",
        "required",
        "repeatable",
        "fields",
        "columns",
        "checklist",
        "guidance",
    }
    assert [{key: each[key] for key in ("prefix", "digits", "scope")} for each in PLAN["ids"]] == [
        {"prefix": "PLAN-", "digits": 3, "scope": "workspace"}
    ]


def test_fields() -> None:
    assert PLAN["fields"] == [
        {
            "name": "ID",
            "choices": [],
            "required": True,
            "default": None,
            "place": "header",
            "kind": "id",
            "placeholder": "PLAN-XXX",
            "format": None,
            "open": False,
            "notes": {},
            "why": "",
            "kind_why": "ID",
        },
        {
            "name": "Priority",
            "choices": ["P0", "P1"],
            "required": True,
            "default": None,
            "place": "header",
            "kind": "choice",
            "placeholder": None,
            "format": None,
            "open": False,
            "notes": {"P0": "Critical", "P1": "High"},
            "why": "",
            "kind_why": "",
        },
        {
            "name": "Version",
            "choices": [],
            "required": True,
            "default": "1.0",
            "place": "header",
            "kind": "number",
            "placeholder": None,
            "format": None,
            "open": False,
            "notes": {},
            "why": "",
            "kind_why": "",
        },
        {
            "name": "Created",
            "choices": [],
            "required": False,
            "default": None,
            "place": "header",
            "kind": "date",
            "placeholder": "[DD.MM.YYYY]",
            "format": "DD.MM.YYYY",
            "open": False,
            "notes": {},
            "why": "its value says so",
            "kind_why": "YYYY",
        },
    ]


def test_sections_are_in_order_with_every_sample_of_a_block() -> None:
    assert [
        (" / ".join(each["path"]), each["level"], each["required"], each["repeatable"])
        for each in PLAN["sections"]
    ] == [
        ("Design (optional)", 2, False, False),
        ("Design (optional) / Component 1: [Name]", 3, True, True),
        ("Design (optional) / Component 2: [Name]", 3, False, True),
        ("Risks", 2, True, False),
    ]
    assert [each["fields"][0]["choices"] for each in PLAN["sections"] if each["fields"]] == [
        ["Big", "Small"],
        ["Big", "Small"],
    ]


def test_what_a_section_holds() -> None:
    design, *_, risks = PLAN["sections"]
    assert design["guidance"] == "Say how."
    assert risks["checklist"] == ["Reviewed"]
    assert risks["columns"] == [
        {"name": "Risk", "choices": []},
        {"name": "Impact", "choices": ["High", "Low"]},
    ]
    assert risks["tables"] == [risks["columns"]]


def test_the_other_keys() -> None:
    assert (PLAN["path"], PLAN["directory"], PLAN["builtin"]) == ("plan.md", "docs/plans", False)
    assert PLAN["lifecycle"] is None
    assert PLAN["heading"] == "Plan: [Name]"
    assert PLAN["placeholders"] == ["[Name]", "PLAN-XXX", "[DD.MM.YYYY]", "[it]"]
    (fault,) = PLAN["faults"]
    assert (fault["line"], fault["column"], fault["length"]) == (3, 3, 3)


def test_every_built_in_template_can_be_described() -> None:
    for each in builtin.templates():
        data = json.loads(json.dumps(describe(each)))
        assert data["kind"] == each.kind
        assert data["faults"] == []
        assert data["description"]
