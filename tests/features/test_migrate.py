"""A document is brought to the newest version of its template, and loses nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.features.edit.migrate import next_step
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.model import FixContext
from spec_lsp.template.match.binding import bind
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.text import apply
from spec_lsp.workspace.workspace import Workspace
from tests.template.support import text_of

_DESK = FixContext(Workspace(), "2026-03-14", "Ada")
_MOST_STEPS = 60
OLD = """
    # Note: [Title]

    **Status**: Draft | Final

    ## Motivation

    [Why is this needed now, and by whom?]

    ## Details
"""
NEW = """
    # Note: [Title]

    **Status**: Draft | Final
    **Risk**: High | Low

    ## Reason

    [Why is this needed now, and by whom?]

    ## Details

    ## Costs
"""


def template(text: str) -> Template:
    return infer(parse("note.md", text_of(text)))


def migrated(text: str, then: Template | None, now: Template, *, unsafe: bool = False) -> str:
    """The text after the last step."""
    text = text_of(text)
    for _ in range(_MOST_STEPS):
        binding = bind(parse("docs/a.md", text), now)
        step = next_step(binding, then, lambda _: True, _DESK, unsafe=unsafe)
        if not step:
            return text
        text = apply(text, step.edits)
    raise AssertionError(text)


def test_a_renamed_heading_keeps_its_number_and_what_is_around_the_title() -> None:
    found = migrated(
        """
        # Note: A

        **Status**: Final
        **Risk**: Low

        ## 1. 🚀 Motivation (v2)

        Builds are slow.

        ## 2. Details

        ## 3. Costs
        """,
        template(OLD),
        template(NEW),
    )
    assert "## 1. 🚀 Reason (v2)\n\nBuilds are slow." in found


def test_a_gained_field_with_choices_leaves_the_choice_to_the_author() -> None:
    found = migrated("# Note: A\n\n**Status**: Final\n", template(OLD), template(NEW))
    assert "**Status**: Final\n**Risk**: High | Low\n" in found


def test_a_section_that_was_missing_already_is_not_gained() -> None:
    text = "# Note: A\n\n**Status**: Final\n\n## Details\n\nSome.\n"
    found = migrated(text, template(OLD), template(NEW))
    assert "## Reason" not in found
    assert "## Costs" in found
    assert "## Reason" in migrated(text, template(OLD), template(NEW), unsafe=True)


def test_a_document_of_the_current_version_is_left_alone() -> None:
    text = "# Note: A\n\n## Details\n"
    assert migrated(text, template(NEW), template(NEW)) == text


_TITLES = ("Summary", "Goals", "Architecture", "Rollout", "Security", "Timeline", "Costs")
_BODIES = st.sampled_from([
    "", "[Fill in]", "Some text.", "- [ ] Task", "| A | B |\n|---|---|\n| 1 | 2 |",
    "[Who decides about this, and when?]", "**Size**: Big | Small", "```\n## Not a heading\n```",
])  # fmt: skip
_FIELDS = ("**Status**: Draft | Final", "**State**: Draft | Final", "**Owner**: [Name]")


@st.composite
def _texts(draw: st.DrawFn, title: str) -> str:
    """A template or a document: some fields, some sections in any order and at any level."""
    fields = draw(st.lists(st.sampled_from(_FIELDS), unique=True))
    titles = draw(st.lists(st.sampled_from(_TITLES), unique=True))
    parts = [f"# {title}", "\n".join(fields)]
    for each in titles:
        parts += [f"{draw(st.sampled_from(['##', '##', '##', '###']))} {each}", draw(_BODIES)]
    return "\n\n".join(filter(None, parts)) + draw(st.sampled_from(["\n", "", "\n\n---\n"]))


@given(
    _texts("Note: One"), st.none() | _texts("Note: [Title]"), _texts("Note: [Title]"), st.booleans()
)
def test_no_text_is_lost_and_there_is_an_end(
    text: str,
    then: str | None,
    now: str,
    unsafe: bool,
) -> None:
    before = template(then) if then else None
    found = migrated(text, before, template(now), unsafe=unsafe)
    assert not _lines(text) - _lines(found)
    assert found.count("\n#") >= text.count("\n#")
    assert migrated(found, before, template(now), unsafe=unsafe) == found


def _lines(text: str) -> Counter[str]:
    """The lines that are neither blank nor headings, and the values of fields."""
    lines = (line.strip() for line in text.splitlines())
    return Counter(
        line.partition(":")[2] if line.startswith("**") else line
        for line in lines
        if line and not line.startswith("#")
    )
