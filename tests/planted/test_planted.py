"""Planted defects are found, and nothing else; `python -m tests.planted` plants everything.

Here a part of the defects is planted, and all stories.
"""

from __future__ import annotations

from itertools import islice

import pytest

from spec_lsp.rules.engine.registry import rules
from spec_lsp.template.builtin import templates
from spec_lsp.template.schema import Template
from tests.planted.everything import every_defect
from tests.planted.ground import Ground
from tests.planted.holes import documents_with_holes
from tests.planted.run import HARMLESS, play
from tests.planted.stories import stories

EACH = 13


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"), documents=210, seed=1)


def test_a_clean_workspace_has_no_problems(ground: Ground) -> None:
    assert not ground.found()


def test_clean_documents_are_written_but_for_lists_and_tables_of_the_template(
    ground: Ground,
) -> None:
    entries = list(ground.folder.workspace.index.entries.values())
    assert [entry.path for entry in entries if entry.placeholders] == []
    decided = [each for each in entries if each.kind == "decision"]
    assert decided
    assert [each.path for each in decided if each.sections[0] < each.sections[1]] == []


def test_every_defect_is_found_and_nothing_else(ground: Ground) -> None:
    scores = play(ground, islice(every_defect(), 0, None, EACH), stories())
    assert [line for score in scores.values() for line in score.missed] == []
    assert [line for score in scores.values() for line in score.surplus] == []
    assert {rule for rule, score in scores.items() if score.planted} > {HARMLESS}


def test_there_is_a_defect_for_every_rule() -> None:
    planted = {each.rule for each in every_defect()} | {each.rule for each in stories()}
    # The first has its own test; the others are planted in families.
    assert planted >= set(rules()) - {"leftover-placeholder", "missing-word"}


@pytest.mark.parametrize("template", templates(), ids=lambda template: str(template.kind))
def test_every_unfilled_placeholder_of_a_template_is_found(template: Template) -> None:
    for left in documents_with_holes(template):
        assert list(left.missed()) == []
        assert list(left.surplus()) == []
