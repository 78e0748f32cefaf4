"""Which template a document follows: by its front matter, title, file name and content."""

from __future__ import annotations

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template.match.choose_template import by_name, named_kind
from tests.template.support import choose, chosen, document, template

BUG = template(
    """
    # Bug Fix Specification: [Bug Description]

    **Severity**: Critical | High | Low

    ## Problem Description

    ## Root Cause

    ## Testing Plan
    """,
    "templates/bug-fix.md",
)
DECISION = template(
    """
    # {short title}

    ## Context

    ## Options

    ## Outcome
    """,
    "templates/adr-template.md",
)
TASKS = template("## 1. <!-- Task Group -->\n\n- [ ] 1.1 <!-- task -->\n", "templates/tasks.md")
SPEC_BY_FIELDS = template(
    """
    # Technical Specification

    **ID**: SPEC-XXX

    ## Summary

    ## Design
    """,
    "templates/technical.md",
)
SPEC_BY_SECTIONS = template(
    """
    # Technical Specification: [Name]

    **File:** `path`

    ## Executive Summary

    ## Technical Details
    """,
    "templates/analysis.md",
)
ALL = (BUG, DECISION, TASKS, SPEC_BY_FIELDS, SPEC_BY_SECTIONS)


def test_the_document_may_name_its_kind() -> None:
    assert chosen("---\ntemplate: bug-fix\n---\n# Anything\n", *ALL) == "bug-fix"
    assert chosen("<!-- spec-lsp: template=adr -->\n# Anything\n", *ALL) == "adr"
    assert chosen("# Anything\n\n<!-- spec-lsp: template: adr -->\n", *ALL) == "adr"


def test_an_unknown_name_binds_to_nothing() -> None:
    assert chosen("---\ntemplate: poem\n---\n# Bug Fix Specification: x\n", *ALL) == ""


def test_configuration_comes_next() -> None:
    found = choose(document("# Bug Fix Specification: x\n"), ALL, configured="adr")
    assert found is DECISION


def test_then_the_words_of_the_title() -> None:
    assert chosen("# Bug Fix Specification: Login fails\n", *ALL) == "bug-fix"
    assert chosen("# bug fix specification — Login fails\n", *ALL) == "bug-fix"
    assert chosen("# Bug Fix\n", *ALL) == ""


def test_words_after_the_placeholder_count_too() -> None:
    checklist = template("# [TYPE] Checklist: [NAME]\n\n## Notes\n", "checklist.md")
    guide = template("# [PROJECT] Development Guidelines\n\n## Style\n", "guide.md")
    assert chosen("# Security Checklist: Login\n", checklist, guide) == "checklist"
    assert chosen("# Login page\n", checklist, guide) == ""


def test_a_title_that_is_only_a_placeholder_matches_no_document() -> None:
    assert chosen("# Login fails\n\n## Notes\n", *ALL) == ""


def test_kinds_with_equal_titles_are_distinguished_by_their_content() -> None:
    assert chosen("# Technical Specification: x\n\n## Summary\n\n## Design\n", *ALL) == "technical"
    assert chosen("# Technical Specification: x\n\n## Technical Details\n", *ALL) == "analysis"
    assert chosen("# Technical Specification\n\n**ID**: SPEC-001\n", *ALL) == "technical"
    assert chosen("# Technical Specification: x\n\n**File:** `x.md`\n", *ALL) == "analysis"


def test_a_title_does_not_decide_against_the_whole_content() -> None:
    assert chosen("# Bug Fix Specification: x\n\n## Verse\n\n## Chorus\n\n## Coda\n", *ALL) == ""


def test_the_title_of_a_new_document_decides_its_kind() -> None:
    many = "".join(f"## {letter * 4}\n\n" for letter in "ABCDEFGHIJKLMNOP")
    long = template(f"# Long Plan: [Name]\n\n{many}", "long.md")
    assert chosen("# Long Plan: x\n\n## AAAA\n\n## BBBB\n\n## Own\n", long) == "long"
    assert chosen("# Long Plan: x\n\n## AAAA\n\n## Own\n\n## Mine\n", long) == ""


def test_optional_sections_alone_do_not_bear_out_a_file_name() -> None:
    """A specification and the change of one may both be called `spec.md`."""
    delta = template("## Purpose (optional)\n\n## Added Requirements\n", "templates/spec.md")
    text = "# Login\n\n## Purpose\n\n## Requirements\n"
    assert chosen(text, delta, path="specs/login/spec.md") == ""
    changed = "## Added Requirements\n\n## Modified Requirements\n"
    assert chosen(changed, delta, path="changes/login/spec.md") == "spec"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("changes/login/tasks.md", "tasks"),
        ("docs/adr-012-cache.md", "adr"),
        ("docs/ADR_012_cache.md", "adr"),
        ("docs/spec-7.md", "technical"),
        ("docs/SPEC-0007-login.md", "technical"),
        ("docs/special.md", ""),
        ("docs/specs-2024.md", ""),
        ("docs/thing.md", ""),
    ],
)
def test_then_the_file_name(path: str, expected: str) -> None:
    assert chosen("# Whatever\n", *ALL, path=path) == expected


def test_a_file_name_alone_does_not_decide_against_another_title() -> None:
    plan = template("# Fix Plan: [Name]\n\n## Steps\n\n## Risks\n", "plan.md")
    assert chosen("# Fix Plan: x\n", plan, path="x/plan.md") == "plan"
    assert chosen("# Holiday\n\nTo the sea.\n", plan, path="x/plan.md") == ""
    assert chosen("# Holiday\n\n## Steps\n", plan, path="x/plan.md") == "plan"
    assert chosen("", plan, path="x/plan.md") == "plan"


def test_the_content_of_a_document_overrides_its_file_name() -> None:
    text = (
        "# x\n\n**Severity**: Low\n\n## Problem Description\n\n## Root Cause\n\n## Testing Plan\n"
    )
    assert chosen(text, *ALL, path="docs/adr-012.md") == "bug-fix"
    assert chosen(text + "\n## Context\n", *ALL, path="docs/adr-012.md") == "bug-fix"


def test_at_last_the_sections_and_fields_in_common() -> None:
    assert chosen("# Cache\n\n## Context\n\n## Options\n\n## Outcome\n", *ALL) == "adr"
    assert chosen("# Cache\n\n## Context\n\n## Options\n\n## Fine Print\n", *ALL) == ""


def test_two_equally_similar_kinds_give_no_kind() -> None:
    one = template("# [T]\n\n## A\n\n## B\n\n## C\n\n## D\n\n## E\n\n## F\n", "one.md")
    two = template("# [T]\n\n## A\n\n## G\n\n## H\n\n## I\n\n## J\n\n## K\n", "two.md")
    text = "# x\n" + "".join(f"\n## {letter}\n" for letter in "ABCDEGHIJ")
    assert chosen(text, one) == "one"
    assert chosen(text, two) == "two"
    assert chosen(text, one, two) == ""


def test_variants_of_one_kind_do_not_exclude_each_other() -> None:
    minimal = template("# {title}\n\n## Context\n\n## Options\n\n## Outcome\n", "minimal.md")
    full = template(
        """
        ---
        # These are optional
        status: open
        ---
        # {title}

        ## Context

        ## Drivers (optional)

        ## Options

        ## Outcome

        ## More (optional)
        """,
        "full.md",
    )
    text = "# Cache\n\n## Context\n\n## Options\n\n## Outcome\n"
    assert chosen(text, minimal, full) == "minimal"
    assert chosen(text + "\n## More\n", minimal, full) == "full"


def test_of_equal_variants_the_one_with_more_below_the_sections() -> None:
    one = template("# Spec: [T]\n\n## A\n\n### B\n\n## C\n", "one.md")
    two = template("# Spec: [T]\n\n## A\n\n### B\n\n### D\n\n## C\n", "two.md")
    assert chosen("# Spec: x\n\n## A\n\n### B\n\n### D\n\n## C\n", one, two) == "two"
    assert chosen("# Spec: x\n\n## A\n\n### B\n\n## C\n", two, one) == "one"


def test_own_templates_take_precedence_over_built_in_ones() -> None:
    from spec_lsp.template import builtin

    text = "# Bug Fix Specification: x\n\n## Problem Description\n\n## Root Cause\n"
    assert choose(document(text), (*builtin.templates(), BUG)) is BUG


def test_a_template_called_readme_is_for_files_of_that_name_in_folders_beside_it() -> None:
    kep = template("# KEP-NNNN: [Title]\n\n## Goals\n", "keps/NNNN-template/README.md")
    text = "# KEP-12: Queues\n\n## Goals\n"
    assert choose(parse("keps/sig/12-queues/README.md", text), [kep]) is kep
    assert not choose(parse("keps/README.md", text), [kep])
    assert not choose(parse("README.md", text), [kep])
    assert not choose(parse("docs/README.md", text), [kep])


def test_a_title_with_the_id_of_something_else_is_of_no_kind() -> None:
    note = template("# NOTE-XXXX: [Title]\n\n## Reason\n\n## Design\n\n## Tests\n", "t/n.md")
    body = "\n\n## Reason\n\nA typo.\n\n## Design\n\nSpell it.\n\n## Tests\n\nNone.\n"
    assert choose(parse("a.md", f"# NOTE-1: Login{body}"), [note]) is note
    assert choose(parse("a.md", f"# Login{body}"), [note]) is note
    assert not choose(parse("a.md", f"# BUG-12: Login{body}"), [note])


def test_a_file_in_a_folder_of_templates_is_another_template() -> None:
    text = "# Report of [date]\n\n## Results\n\nFound.\n\n## Next\n\nWhat follows.\n"
    report = template(text, "src/templates/report.md")
    assert choose(parse("docs/report.md", text), [report]) is report
    assert not choose(parse("docs/templates/report.md", text), [report])
    assert not choose(parse("other/templates/system/guide.md", text), [report])
    numbered = template(text, "text/0000-template.md")
    assert not choose(parse("other/text/0000-template.md", text), [numbered])


def test_the_first_proposal_may_say_how_others_are_written() -> None:
    text = "# The process\n\n## Context\n\n## Options\n\n## Outcome\n"
    assert choose(parse("rfcs/0002-process.md", text), ALL) is DECISION
    assert not choose(parse("rfcs/0001-rfc-process.md", text), ALL)


@pytest.mark.parametrize("name", ["README.md", "index.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_a_file_about_the_others_is_of_no_kind(name: str) -> None:
    text = "# Cache\n\n## Context\n\n## Options\n\n## Outcome\n"
    assert chosen(text, *ALL, path=f"docs/{name}") == ""
    assert chosen(f"<!-- spec-lsp: template=adr -->\n{text}", *ALL, path=f"docs/{name}") == "adr"


@pytest.mark.parametrize("text", ["", "Just text.\n", "# Title\n", "## \n", "\ufeff"])
def test_plain_markdown_is_of_no_kind(text: str) -> None:
    assert choose(parse("docs/thing.md", text), ALL) is None
    assert choose(parse("docs/thing.md", text), ()) is None


def test_a_kind_is_found_by_name_path_or_file_name() -> None:
    for name in ("bug-fix", "Bug-Fix", "templates/bug-fix.md", "bug-fix.md"):
        assert by_name(name, ALL) is BUG
    assert by_name("poem", ALL) is None


def test_the_name_in_front_matter_may_be_a_list() -> None:
    assert named_kind(document("---\ntemplate: [adr]\n---\n# x\n")) == "adr"
    assert named_kind(document("# x\n\n**Template**: adr\n")) == ""
