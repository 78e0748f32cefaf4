"""Expressions mean the same on every Python from 3.11.0 on.

Up to 3.11.4, a possessive repeat of more than one character matches wrongly: `(?:ab?c)*+` finds
"a" in "a" (gh-100061, gh-106052). One character, as in `[ab]*+`, and atomic groups are right:
3.11.2 and 3.13.0 agreed on 48,000 matches of random expressions without possessive groups, and
differed in 521 of 48,000 with such.
"""

from __future__ import annotations

import re

import pytest

from tests.expressions.collect import expressions, unknown_places
from tests.expressions.syntax import possessive_groups

# Expressions that are known only at run time, and where they come from. None has a repeat
# of its own but what is in the source beside it.
RUN_TIME = {
    "spec_lsp.template.notation.choices",  # the words of a choice, escaped
    "spec_lsp.template.notation.titles",  # from the pieces in `titles.py`
    "spec_lsp.markdown.unclosed",  # literals in a table
    "spec_lsp.workspace.config.toml_positions",
    "spec_lsp.features.shared.target",
    "spec_lsp.features.edit.migrate",  # a title, escaped
    "spec_lsp.workspace.collect.progress",  # the words of a stage, escaped
    "spec_lsp.workspace.name_shapes",  # from a template's file name, matched with short names
    "spec_lsp.workspace.config.toml_edits",  # a code, escaped
    "spec_lsp.workspace.numbers",  # a prefix, escaped
    "spec_lsp.workspace.families.patterns",  # from the pieces in `patterns.py`
}


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("(?:ab?c)*+", 1),
        ("(ab)?+", 1),
        (r"(.)\1++", 1),
        ("(?:a|bc){2,}+", 1),
        ("(?:(?:ab)++c)*", 1),
        ("(?:a)*+[^b]?+.{2}+", 0),
        ("(?>(?:ab?c)*)", 0),
        ("(?=a*+)(?!b++)", 0),
    ],
)
def test_faulty_shapes_are_told_from_others(expression: str, count: int) -> None:
    assert len(possessive_groups(re.compile(expression))) == count


def test_no_expression_repeats_a_group_possessively() -> None:
    assert [use.where for use in expressions() if possessive_groups(use.pattern)] == []


def test_every_expression_is_known_but_those_of_run_time() -> None:
    assert {place.partition(":")[0] for place in unknown_places()} <= RUN_TIME
    assert len(expressions()) > 200
