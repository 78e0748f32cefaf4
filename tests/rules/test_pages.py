"""Every rule's page has an example with the problem, and all its examples are correct."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spec_lsp.rules.engine.pages import TEMPLATE, explain, files, url_of
from spec_lsp.rules.engine.registry import Rule, rules
from tests.harness.carets import short_label, without_carets
from tests.harness.casefile import Case, Fence, cases_of
from tests.harness.rulecase import run_case


def page_cases(rule: Rule) -> Iterator[Case]:
    """The examples of a page.

    Every document without a name is its own example; those with names belong together.
    A page that shows no template has the small one above.
    """
    fences = [fence for case in cases_of(rule.page) for fence in case.fences]
    if not any(fence.kind == "template" for fence in fences):
        fences.append(Fence("template", TEMPLATE, 0))
    shared = [
        fence
        for fence in fences
        if fence.path or fence.kind in ("template", "toml", "template_at_creation")
    ]
    alone: list[list[Fence]] = []
    for fence in fences:
        if fence in shared:
            continue
        if fence.kind == "markdown" or not alone:
            alone.append([])
        alone[-1].append(fence)
    for number, own in enumerate(alone or [[]], 1):
        yield Case(f"{rule.code} {number}", (*shared, *own))


_ROOT = Path(__file__).parents[2]
_RULES = [pytest.param(each, id=code) for code, each in rules().items()]


@pytest.mark.parametrize("rule", _RULES)
def test_the_examples_of_a_page_are_true(rule: Rule) -> None:
    for case in page_cases(rule):
        run_case(case, label=short_label, code=rule.code)


@pytest.mark.parametrize("rule", _RULES)
def test_a_page_begins_with_a_sentence_and_shows_the_problem(rule: Rule) -> None:
    fences = [fence for case in page_cases(rule) for fence in case.fences]
    assert rule.summary.endswith(".")
    if rule.code in ("unreadable-file", "unmapped-links", "missing-word"):
        # What cannot be read cannot be shown, ten documents are too many to show, and the examples
        # know no families.
        return
    assert any(without_carets(fence.text) != fence.text for fence in fences)


def test_the_written_documentation_is_fresh() -> None:
    wanted = files()
    written = {path: _read(path) for path in wanted}
    assert written == wanted, "the documentation is out of date: run `make docs`"
    pages = {path.relative_to(_ROOT).as_posix() for path in (_ROOT / "docs/rules").glob("*.md")}
    assert pages <= set(wanted), "there are pages of rules that are no more: run `make docs`"


def test_the_command_line_prints_the_page() -> None:
    assert _read(url_of("broken-link")).endswith(explain("broken-link"))


def _read(path: str) -> str:
    file = _ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else ""
