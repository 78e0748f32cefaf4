"""Plausible templates: common content, in every style, in any order."""

from __future__ import annotations

from hypothesis import strategies as st

# Titles differ in their words, so that no title is similar to another.
TITLES = (
    "Summary",
    "Background",
    "Goals and Non-Goals",
    "User Stories",
    "Architecture Overview",
    "Data Model",
    "Rollout",
    "Security",
    "Testing Strategy",
    "Monitoring",
    "Timeline",
    "Stakeholders",
    "Open Points",
    "References",
    "Cost",
    "Accessibility",
)
MARKS = ("", "", "", "", " (optional)", " *(mandatory)*", " (if applicable)", ":", " 🚀")
BLOCKS = (
    ("FR1: [Requirement Name]", "FR2: [Requirement Name]"),
    ("PS-N — Short Title",),
    ("Risk 1: {name}", "Risk 2: {name}"),
    ("User Story 1 - [Title] (Priority: P1)", "User Story 2 - [Title] (Priority: P2)"),
    ("Requirement: <!-- requirement name -->",),
)
NAMES = (
    "Status",
    "Owner",
    "Created",
    "Component",
    "Priority",
    "Version",
    "Spec ID",
    "Reviewed by",
    "Estimate (optional)",
)
VALUES = (
    "[Name]",
    "Draft | Approved | Final",
    "[High | Medium | Low]",
    "{{Draft|Final}}",
    "YYYY-MM-DD",
    "[YYYY-MM-DD] (optional)",
    "SPEC-XXX",
    "`[slug_id]`",
    "1.0",
    "P0 (Critical) | P1 (High)",
    "proposed | accepted | … | superseded by ADR-0123",
    "{{AUTHOR}}",
    "",
    "[spec.md](spec.md)",
    "<who>",
)
FIELD_STYLES = (
    "**{name}**: {value}",
    "**{name}:** {value}",
    "- **{name}**: {value}",
    "* {name}: {value}",
    "> **{name}:** {value}",
    "**{name}**: {value}  ",
)
BODIES = (
    "[What it is for]",
    "Say in one paragraph why.",
    "{{Fill me in}}",
    "<!-- Guidance for the writer. -->",
    "*In italics, what belongs here.*",
    "> Quote the request.",
    "- [First point]\n- [Second point]",
    "- [ ] Ask around\n- [ ] Write it down",
    "1. [Step 1]: [What to do]\n2. [Step 2]: [What to do]",
    "- [Issue #]: [Description]",
    "| Risk | Impact |\n| ---- | ------ |\n| [it] | High/Med/Low |",
    "```python\nclass [ModelName]:\n    pass\n```",
    "````markdown\n# Quoted\n\n## Summary\n````",
    "`tests/[name].py` costs $5 \\ {a}.",
    "**Tasks:**\n\n- [ ] [Task]",
    "- **Target:** [figure]",
    "**Probability:** [High | Low]",
    "- **FR-001**: [What it must do]",
    "",
)
FOOTERS = (
    "",
    "",
    "---\n\n**Document Status**: [Open | Closed]\n**Next Review**: [Date]\n",
    "---\n\n**Approval:**\n\n- [ ] Owner: [Name]\n\n---\n\n**Notes:**\n[Anything else]\n",
)
DOCUMENT_TITLES = (
    "# Plan: [Name]",
    "# {short title}",
    "# Technical Design",
    "# SPEC-XXX: [Title]",
    "# Title of proposal",
    "Plan: [Name]\n============",
    "",
)
MATTER = (
    "",
    "",
    "---\nstate: draft # draft | final\ntags: []\nstarted: (fill me in, YYYY-MM-DD)\n---\n",
    '---\n# These are optional.\nstate: "{open | closed}"\n# due: {YYYY-MM-DD}\n---\n',
    "---\nspec-lsp:\n  kind: thing\n  id: THING-###\n---\n",
)


@st.composite
def templates(draw: st.DrawFn) -> str:
    """The text of a template: title, fields, sections with any content, footer."""
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=8, unique=True))
    parts = [draw(st.sampled_from(MATTER)) + draw(st.sampled_from(DOCUMENT_TITLES))]
    parts.append(
        "\n".join(draw(st.lists(_field(), max_size=4, unique_by=lambda each: each[0]).map(_lines)))
    )
    parts += (draw(_section(title)) for title in titles)
    parts.append(draw(st.sampled_from(FOOTERS)))
    text = "\n\n".join(part for part in parts if part)
    return text.replace("\n", draw(st.sampled_from(("\n", "\n", "\n", "\r\n"))))


def _field() -> st.SearchStrategy[tuple[str, str]]:
    """A field's name and its line."""
    return st.tuples(
        st.sampled_from(NAMES), st.sampled_from(FIELD_STYLES), st.sampled_from(VALUES)
    ).map(lambda each: (each[0], each[1].format(name=each[0], value=each[2])))


def _lines(fields: list[tuple[str, str]]) -> list[str]:
    return [line for _, line in fields]


@st.composite
def _section(draw: st.DrawFn, title: str) -> str:
    parts = [f"## {title}{draw(st.sampled_from(MARKS))}", draw(st.sampled_from(BODIES))]
    parts.append(draw(st.sampled_from(("", "", "---"))) if not draw(st.booleans()) else "")
    for below in draw(
        st.lists(st.sampled_from(("Part", "Detail", "Case")), max_size=2, unique=True)
    ):
        parts += (f"### {below} of {title}", draw(st.sampled_from(BODIES)))
    if draw(st.booleans()):
        for heading in draw(st.sampled_from(BLOCKS)):
            parts += (f"### {heading}", draw(st.sampled_from(BODIES)))
    return "\n\n".join(part for part in parts if part)
