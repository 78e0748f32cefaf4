"""Every rule's page holds an example that fires, and whatever it shows is true."""

from collections.abc import Iterator

import pytest

from spec_lsp.rules.registry import Rule, rules
from tests.harness.carets import short_label, without_carets
from tests.harness.casefile import Case, Fence, cases_of
from tests.harness.rulecase import run_case

TEMPLATE = """\
# Specification: [Title]

**Specification ID**: SPEC-XXX
**Status**: Draft | Approved | Implemented
**Created**: YYYY-MM-DD
**Last Updated**: YYYY-MM-DD

## Overview

[What this is about and why it is needed.]

## Requirements

[What must be true in the end.]

## Acceptance

- [ ] Reviewed
"""


def page_cases(rule: Rule) -> Iterator[Case]:
    """The examples of a page.

    Every document without a name is an example by itself; those with names belong together.
    A page that shows no template has the small one above.
    """
    fences = [fence for case in cases_of(rule.page) for fence in case.fences]
    if not any(fence.kind == "template" for fence in fences):
        fences.append(Fence("template", TEMPLATE, 0))
    shared = [fence for fence in fences if fence.path or fence.kind in ("template", "toml", "born")]
    alone: list[list[Fence]] = []
    for fence in fences:
        if fence in shared:
            continue
        if fence.kind == "markdown" or not alone:
            alone.append([])
        alone[-1].append(fence)
    for number, own in enumerate(alone or [[]], 1):
        yield Case(f"{rule.code} {number}", (*shared, *own))


_RULES = [pytest.param(each, id=code) for code, each in rules().items()]


@pytest.mark.parametrize("rule", _RULES)
def test_the_examples_of_a_page_are_true(rule: Rule) -> None:
    for case in page_cases(rule):
        run_case(case, label=short_label, code=rule.code)


@pytest.mark.parametrize("rule", _RULES)
def test_a_page_begins_with_a_sentence_and_shows_what_fires(rule: Rule) -> None:
    fences = [fence for case in page_cases(rule) for fence in case.fences]
    assert rule.summary.endswith(".")
    if rule.code == "unreadable-file":
        return  # What cannot be read cannot be shown.
    assert any(without_carets(fence.text) != fence.text for fence in fences)
