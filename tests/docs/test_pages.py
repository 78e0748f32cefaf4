"""The pages of the site: every console block is run, and every example is executed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.site.stage import sources
from tests.cli.transcript import enter, go_on, read_stories
from tests.docs.notation import CASES, answer, plain
from tests.features.test_writing import ANSWERS
from tests.harness.casefile import Case
from tests.harness.rulecase import run_case

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TEMPLATES = DOCS / "write-a-template.md"
_ROW = re.compile(r"^\| \[(?P<notation>.+)\]\(#(?P<anchor>[\w-]+)\) \|", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.stem)
def test_the_commands_of_a_page(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is one story: what a command changes is there for the next headings."""
    folder = tmp_path.resolve() / "project"
    enter(folder, monkeypatch)
    laid_out: dict[str, str] = {}
    for story in read_stories(path):
        story.files = {name: text for name, text in story.files.items() if name not in laid_out}
        go_on(path, story, folder)
        laid_out |= story.files


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_example_of_a_template(case: Case) -> None:
    run_case(plain(case))
    for fence in case.of(*ANSWERS):
        assert answer(case, fence) == fence.text


def test_each_row_of_the_notation_has_an_example_and_each_example_a_row() -> None:
    rows = {row["anchor"] for row in _ROW.finditer(TEMPLATES.read_text(encoding="utf-8"))}
    assert rows == {case.name.lower().replace(" ", "-") for case in CASES}
    assert len(rows) > 10


def test_all_commands_with_output_are_run() -> None:
    """Other pages show commands in `sh` blocks, which promise no output."""
    run = {path for path in DOCS.rglob("*.md") if read_stories(path)}
    for source in sources(ROOT):
        if "```console" in (ROOT / source).read_text(encoding="utf-8"):
            assert ROOT / source in run, source
