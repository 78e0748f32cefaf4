"""Our own templates hold every heading, field, value, table and check list of the seeds.

The outlines in `facts/` list these; bracketed text is ours and shown there as `[…]`.
Where the seeds are at hand (in `../shared/seeds`, or where `SPEC_LSP_SEEDS` says), they are read as
foreign templates and must yield the very same outlines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.show.outline import describe, outline

ROOT = Path(__file__).parents[2]
FACTS = Path(__file__).parent / "facts"
SEEDS = Path(os.environ.get("SPEC_LSP_SEEDS") or ROOT.parent / "shared" / "seeds")

# The seeds by the words of their titles and one section that only one of them has.
KINDS = {
    "bug-fix": ("Bug Fix Specification", "Problem Description"),
    "fix-plan": ("Fix Implementation Plan", "Overview"),
    "technical-analysis": ("Technical Specification", "Executive Summary"),
    "feature": ("Feature Specification", "Overview"),
    "technical": ("Technical Specification", "Summary"),
}
Source = Callable[[str], Template]
OWN_IDS = re.compile(r"^id .* of the document\n", re.MULTILINE)


def own(kind: str) -> Template:
    return next(template for template in builtin.templates() if template.kind == kind)


def seed(kind: str) -> Template:
    if not SEEDS.is_dir():
        pytest.skip(f"the seeds are not at hand in {SEEDS}")
    title, section = KINDS[kind]
    for path in sorted(SEEDS.iterdir()):
        template = infer(parse(path.name, path.read_text(encoding="utf-8")))
        if template.name == title and template.sections[0].title == section:
            return template
    raise AssertionError(f"no seed is called {title}")


def facts(kind: str) -> str:
    return (FACTS / f"{kind}.txt").read_text(encoding="utf-8")


def shown(template: Template) -> str:
    return re.sub(r"\[[^\[\]\n]{2,}\]", "[…]", outline(template)) + "\n"


def test_there_are_seven() -> None:
    assert [template.kind for template in builtin.templates()] == [
        "bug-fix",
        "decision",
        "feature",
        "fix-plan",
        "task",
        "technical-analysis",
        "technical",
    ]
    assert all(template.is_builtin and not template.faults for template in builtin.templates())


@pytest.mark.parametrize("kind", [*KINDS, "decision", "task"])
def test_a_built_in_template_yields_its_facts(kind: str) -> None:
    assert shown(own(kind)) == facts(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_yields_the_same_facts(kind: str) -> None:
    """Except the ID of kinds whose seed has none: ours is in the file name."""
    found = seed(kind)
    expected = facts(kind) if found.id and found.id.prefix else OWN_IDS.sub("", facts(kind))
    assert shown(found) == expected


COUNTS = {
    "bug-fix": 12,
    "fix-plan": 9,
    "technical-analysis": 13,
    "feature": 17,
    "technical": 16,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", [own, seed])
def test_all_second_level_sections_are_required_sections(kind: str, source: Source) -> None:
    template = source(kind)
    slots = [slot for slot in template.slots if slot.level == 2]
    assert len(slots) == COUNTS[kind]
    assert all(slot.is_required for slot in slots)


LISTS = {
    "bug-fix": {
        "Status": ["Draft", "Approved", "Implemented"],
        "Severity": ["Critical", "High", "Medium", "Low"],
    },
    "fix-plan": {
        "Priority": ["P0", "P1", "P2", "P3"],
        "Status": ["Planning", "In Progress", "In Review", "Deployed"],
    },
    "technical-analysis": {
        "Type": [
            "Bug Fix",
            "Performance Optimization",
            "Architecture Change",
            "Integration",
            "Security Enhancement",
        ],
        "Document Status": ["Draft", "Review", "Approved", "Implementation"],
    },
    "feature": {
        "Status": ["Draft", "In Development", "Staging", "Production"],
        "Priority": ["High", "Medium", "Low"],
        "Probability": ["High", "Medium", "Low"],
        "Impact": ["High", "Medium", "Low"],
    },
    "technical": {
        "Status": ["Draft", "Review", "Approved", "Implemented", "Archived"],
        "Type": ["Feature", "Enhancement", "Fix", "Refactor", "Infrastructure"],
        "Probability": ["High", "Med", "Low"],
        "Impact": ["High", "Med", "Low"],
    },
}
HOW_MANY = {"bug-fix": 2, "fix-plan": 2, "technical-analysis": 2, "feature": 8, "technical": 4}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", [own, seed])
def test_every_list_of_choices_is_there(kind: str, source: Source) -> None:
    """Eight in the feature template: two in the header, and two for each of its three risks."""
    template = source(kind)
    data = describe(template)
    sections = data["sections"]
    holders = [*_dicts(data["fields"])]
    for section in _dicts(sections):
        holders += [*_dicts(section["fields"]), *_dicts(section["columns"])]
    lists = [(holder["name"], holder["choices"]) for holder in holders if holder["choices"]]
    assert len(lists) == HOW_MANY[kind]
    assert {str(name): choices for name, choices in lists} == LISTS[kind]


def _dicts(values: object) -> list[dict[str, object]]:
    assert isinstance(values, list)
    return values


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("feature", ["fr#: *", "risk #: *", "risk #: *"]),
        ("technical", ["component #: *", "alternative #: *"]),
        ("bug-fix", []),
        ("fix-plan", []),
        ("technical-analysis", []),
    ],
)
@pytest.mark.parametrize("source", [own, seed])
def test_blocks_that_repeat(kind: str, expected: list[str], source: Source) -> None:
    template = source(kind)
    assert [slot.pattern.key for slot in template.slots if slot.is_repeatable] == expected


@pytest.mark.parametrize("source", [own, seed])
def test_the_one_optional_section(source: Source) -> None:
    template = source("fix-plan")
    optional = [slot.title for slot in template.slots if not slot.is_required]
    assert optional == ["Step 1: Immediate Mitigation (if needed)"]


@pytest.mark.parametrize(
    ("kind", "field", "draft", "final", "dropped"),
    [
        ("bug-fix", "status", "Draft", "Implemented", ""),
        ("fix-plan", "status", "Planning", "Deployed", ""),
        ("technical-analysis", "document status", "Draft", "Implementation", ""),
        ("feature", "status", "Draft", "Production", ""),
        ("technical", "status", "Draft", "Implemented", "Archived"),
        ("decision", "status", "Proposed", "Accepted", "Rejected, Deprecated, Superseded"),
        ("task", "status", "To Do", "Done", "Cancelled"),
    ],
)
def test_life_cycles(kind: str, field: str, draft: str, final: str, dropped: str) -> None:
    found = own(kind).lifecycle
    assert found
    assert (found.field, *found.draft, *found.final) == (field, draft, final)
    assert ", ".join(found.dropped) == dropped


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("bug-fix", "BUG-###"),
        ("fix-plan", "PLAN-###"),
        ("technical-analysis", "ANALYSIS-###"),
        ("feature", ""),
        ("technical", "SPEC-###"),
        ("decision", "DEC-###"),
        ("task", "TASK-###"),
    ],
)
def test_every_kind_has_an_id(kind: str, expected: str) -> None:
    found = own(kind).id
    assert found
    assert found.prefix + "#" * found.digits == expected


def test_a_built_in_text_is_a_plain_markdown_file() -> None:
    for kind, text in builtin.texts().items():
        assert own(kind).document.text == text
        assert own(kind).path == f"builtin:{kind}.md"
