"""The fix that suppresses a finding changes nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.markdown.parse import parse
from spec_lsp.rules.comments import suppressing
from spec_lsp.rules.engine.model import Diagnostic, Fix
from spec_lsp.text import apply
from tests.harness.world import DOCUMENT, World

_TEMPLATE = """\
# Note: [Title]

**Status**: Draft | Final

| Risk | Level |
|------|-------|
| [..] | High / Low |
"""


def judge(text: str) -> list[Diagnostic]:
    """All findings in a text."""
    return World({DOCUMENT: text}, {"t.md": _TEMPLATE}).diagnose(DOCUMENT)


def applied(text: str, fix: Fix) -> str:
    """The text after a fix."""
    return apply(text, [change.edit for change in fix.changes])


@pytest.mark.parametrize(
    ("text", "silenced"),
    [
        pytest.param(
            "A [b](b.md) c.\n",
            "A [b](b.md) c. <!-- spec-lsp: ignore broken-link -->\n",
            id="after a line of prose",
        ),
        pytest.param(
            "A [b](b.md)  \nc\\\n[d](#d)\\\ne\n",
            "A [b](b.md) <!-- spec-lsp: ignore broken-link -->  \nc\\\n[d](#d)\\\ne\n",
            id="before what breaks the line",
        ),
        pytest.param(
            "# A\n\n## [b](b.md)\n",
            "# A\n\n<!-- spec-lsp: ignore broken-link -->\n## [b](b.md)\n",
            id="above a heading",
        ),
        pytest.param(
            "# A\n\n**Plan**: [b](b.md)\n",
            "# A\n\n<!-- spec-lsp: ignore broken-link -->\n**Plan**: [b](b.md)\n",
            id="above a field",
        ),
        pytest.param(
            "# A\n\n> - **Plan**: [b](b.md)\n",
            "# A\n\n> <!-- spec-lsp: ignore broken-link -->\n> - **Plan**: [b](b.md)\n",
            id="above a field in a quotation",
        ),
        pytest.param(
            "# A\n\n- [b](b.md)\n- c\n",
            "# A\n\n- [b](b.md) <!-- spec-lsp: ignore broken-link -->\n- c\n",
            id="after an item",
        ),
        pytest.param(
            "| x | y |\n|---|---|\n| [b](b.md) | c |\n",
            "| x | y |\n|---|---|\n| [b](b.md) | c | <!-- spec-lsp: ignore broken-link -->\n",
            id="after a row",
        ),
        pytest.param(
            "# A\n\nx | y\n--|--\n[b](b.md) | c\n",
            "# A\n\nx | y\n--|--\n[b](b.md) | c | <!-- spec-lsp: ignore broken-link -->\n",
            id="after a row without marks at its ends",
        ),
        pytest.param(
            "# A\n\n| [b](b.md) | y |\n|---|---|\n",
            "# A\n\n<!-- spec-lsp: ignore broken-link -->\n| [b](b.md) | y |\n|---|---|\n",
            id="above a table's head",
        ),
        pytest.param(
            "# A [b]\n\n[b]: b.md\n",
            "# A [b]\n\n<!-- spec-lsp: ignore broken-link -->\n[b]: b.md\n",
            id="above a definition",
        ),
        pytest.param(
            "A [b](b.md) c. <!-- spec-lsp: ignore orphan -- why not -->\n",
            "A [b](b.md) c. <!-- spec-lsp: ignore orphan, broken-link -- why not -->\n",
            id="in the comment that is there",
        ),
        pytest.param(
            "A [b](b.md)\r\nc.\r\n",
            "A [b](b.md) <!-- spec-lsp: ignore broken-link -->\r\nc.\r\n",
            id="with the line ends of the file",
        ),
    ],
)
def test_a_finding_is_suppressed_at_its_place(text: str, silenced: str) -> None:
    finding = next(each for each in judge(text) if each.code == "broken-link")
    fix = suppressing(parse(DOCUMENT, text), finding)[0]
    assert fix.title == "Ignore broken-link here"
    assert applied(text, fix) == silenced


@pytest.mark.parametrize(
    ("text", "silenced"),
    [
        pytest.param(
            "[b](b.md)\n",
            "<!-- spec-lsp: ignore-file broken-link -->\n[b](b.md)\n",
            id="at the start",
        ),
        pytest.param(
            "---\na: b\n---\n[b](b.md)\n",
            "---\na: b\n---\n<!-- spec-lsp: ignore-file broken-link -->\n[b](b.md)\n",
            id="after the front matter",
        ),
        pytest.param(
            "\ufeff[b](b.md)\n",
            "\ufeff<!-- spec-lsp: ignore-file broken-link -->\n[b](b.md)\n",
            id="after a byte order mark",
        ),
        pytest.param(
            "[b](b.md)\n\n<!-- spec-lsp: ignore-file orphan -->\n",
            "[b](b.md)\n\n<!-- spec-lsp: ignore-file orphan, broken-link -->\n",
            id="in the comment that is there",
        ),
    ],
)
def test_a_finding_is_suppressed_in_its_file(text: str, silenced: str) -> None:
    finding = next(each for each in judge(text) if each.code == "broken-link")
    fix = suppressing(parse(DOCUMENT, text), finding)[-1]
    assert fix.title == "Ignore broken-link in this file"
    assert applied(text, fix) == silenced


def test_no_comment_is_inserted_into_front_matter_and_code() -> None:
    text = "---\nplan: SPEC-1\n---\n# A\n"
    finding = Diagnostic(DOCUMENT, "unresolved-id", "error", judge(text)[0].span, "")
    for place in (text.index("SPEC"), 0):
        moved = Diagnostic(DOCUMENT, finding.code, "error", finding.span._replace(start=place), "")
        titles = [fix.title for fix in suppressing(parse(DOCUMENT, text), moved)]
        assert titles == ["Ignore unresolved-id in this file"]


_lines = st.sampled_from(
    (
        "# Note: [gone](gone.md)",
        "## [gone](gone.md)",
        "**Status**: Nonsense",
        "- **Plan**: [gone](gone.md)",
        "- [ ] do [gone](gone.md)",
        "> See [gone](gone.md)",
        "See [gone](gone.md)  ",
        "| Risk | Level |\n|---|---|\n| [gone](gone.md) | Odd |",
        "```\ncode [Title]\n```",
        "[gone]: gone.md",
        "See [gone].",
        "",
        "Text",
    )
)


@given(st.lists(_lines, max_size=8), st.sampled_from(("\n", "\r\n", "\r")))
def test_a_suppressed_finding_disappears_and_no_other_appears(
    lines: list[str], newline: str
) -> None:
    text = "\n".join(("# Note: A", "", *lines)).replace("\n", newline)
    before = judge(text)
    for finding in before:
        for fix in suppressing(parse(DOCUMENT, text), finding):
            after = judge(applied(text, fix))
            left = [each for each in after if each.code == finding.code]
            assert len(left) < sum(each.code == finding.code for each in before)
            assert len(after) < len(before)
