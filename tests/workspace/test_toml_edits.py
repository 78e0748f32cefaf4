"""A rule is turned off where a configuration has its rules, and nothing else changes."""

from __future__ import annotations

import tomllib

import pytest

from spec_lsp.text import apply
from spec_lsp.workspace.config.toml_edits import turn_off


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[rules]\norphan = "off"\n'),
        ("history = false", 'history = false\n\n[rules]\norphan = "off"\n'),
        (
            '[rules] # ours\noverdue = "hint"\n',
            '[rules] # ours\norphan = "off"\noverdue = "hint"\n',
        ),
        ("[rules]", '[rules]\norphan = "off"\n'),
        ('[rules]\norphan = "hint" # why\n', '[rules]\norphan = "off" # why\n'),
        ('rules = { "*" = "hint" }\n', 'rules = { orphan = "off", "*" = "hint" }\n'),
        ("rules = {}\n", 'rules = { orphan = "off" }\n'),
    ],
)
def test_the_rule_is_off_and_the_rest_is_as_it_was(before: str, after: str) -> None:
    edit = turn_off("spec-lsp.toml", before, "orphan")
    assert edit
    assert apply(before, [edit]) == after
    assert tomllib.loads(after)["rules"]["orphan"] == "off"


def test_pyproject_has_a_table_of_its_own() -> None:
    before = "[tool.spec-lsp]\nhistory = false\n\n[tool.ruff]\nline-length = 100\n"
    edit = turn_off("pyproject.toml", before, "orphan")
    assert edit
    assert apply(before, [edit]) == f'{before}\n[tool.spec-lsp.rules]\norphan = "off"\n'


@pytest.mark.parametrize(
    "text", ['rules.overdue = "hint"\n', "[rules\n", '[[override]]\norphan = "hint"\n[rules]\n']
)
def test_what_cannot_be_edited_safely_is_left_alone(text: str) -> None:
    edit = turn_off("spec-lsp.toml", text, "orphan")
    assert edit is None or tomllib.loads(apply(text, [edit]))["rules"] == {"orphan": "off"}
