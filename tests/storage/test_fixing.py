"""Safe fixes converge, touch nothing else, and never make a finding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.model import FixContext
from spec_lsp.storage.fix import Fixed, fix
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder
from spec_lsp.text import LineIndex
from tests.storage.trees import grow

TODAY = "2026-03-14"
TEMPLATE = """\
---
spec-lsp:
  id: "SPEC-###"
---

# Specification: [Title]

**ID**: SPEC-XXX
**Status**: Draft | Review | Final
**Date**: [YYYY-MM-DD]
**Owner**: [Name]
**Priority**: [High | Low]

## Summary

[What this is about.]

## Risks

| Risk | Likelihood |
|---|---|
| [Risk] | High/Med/Low |

## Tasks

- [ ] Reviewed
"""
VALUES = st.sampled_from([
    "SPEC-001", "SPEC-002", "[SPEC-001]", "SPEC-XXX", "Draft", "Finl", "final", "FINAL", "Reveiw",
    "[Final]", "Draft | Review | Final", "[YYYY-MM-DD]", "2026-01-02", "[2026-01-02]", "2.1.2026",
    "[Name]", "Ada", "High", "[High]", "hgih", "[High | Low]", "", "see SPEC-003",
])  # fmt: skip
FIELD = st.builds(
    "**{}**: {}".format, st.sampled_from(["ID", "Status", "Date", "Owner", "Priority"]), VALUES
)
LINE = st.one_of(
    FIELD,
    st.sampled_from([
        "## Summary", "## Sumary", "### Risks", "## Risks", "## Tasks", "# Specification: A", "",
        "[What this is about.]", "Text [1] and {x}.", "| Risk | Likelihood |", "|---|---|",
        "| Fire | Hgih |", "- [ ] Reviewed", "- [x] Done", "```", "<!-- spec-lsp: ignore -->",
        "<!-- spec-lsp: ignore invalid-value -->", "See [b](b.md#risks).", "\u2028 \x0c",
    ]),
)  # fmt: skip
TEXT = st.builds(
    lambda lines, end: end.join(("# Specification: One", "", *lines)),
    st.lists(LINE, max_size=25),
    st.sampled_from(["\n", "\r\n"]),
)


def project_of(folder: Path, **texts: str) -> Folder:
    settings = 'builtin = false\nrules = { "*" = "warning" }\n'
    grow(folder, {"spec-lsp.toml": settings, ".spec-lsp/templates/spec.md": TEMPLATE})
    grow(folder, {f"{name}.md": text for name, text in texts.items()})
    return open_folder(folder)


def fixed(project: Folder, *, is_unsafe: bool = False) -> Fixed:
    desk = FixContext(project.workspace, TODAY, "Ada")
    before = counted(project)
    found = fix(project, project.documents, desk, unsafe=is_unsafe)
    assert counted(project) == before, "the folder is as before"
    return found


def applied(project: Folder, *, is_unsafe: bool = False) -> Fixed:
    """Fix, and give the folder the texts that this makes."""
    found = fixed(project, is_unsafe=is_unsafe)
    for path, text in found.after.items():
        project.edit(parse(path, text))
    return found


def counted(project: Folder) -> Counter[tuple[str, str]]:
    return Counter(
        (path, each.code)
        for path in project.documents
        for each in project.diagnose(path, TODAY).shown
    )


@given(TEXT, TEXT)
def test_safe_fixes_converge_and_make_no_finding(
    tmp_path_factory: pytest.TempPathFactory, one: str, two: str
) -> None:
    project = project_of(tmp_path_factory.mktemp("fix"), a=one, b=two)
    before = counted(project)
    first = applied(project)
    after = counted(project)
    assert after <= before
    assert bool(first.count) == (after != before)
    assert fixed(project) == Fixed()


@given(TEXT)
def test_safe_fixes_touch_only_lines_with_findings(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    project = project_of(tmp_path_factory.mktemp("fix"), a=text)
    lines = LineIndex(text)
    faulty: set[int] = set()
    for each in project.diagnose("a.md", TODAY).shown:
        for one in each.fixes(FixContext(project.workspace, TODAY, "Ada")):
            for change in one.changes if one.is_safe else ():
                span = change.edit.span
                faulty.update(range(lines.line_of(span.start), lines.line_of(span.end) + 1))
    kept = Counter(line for number, line in enumerate(lines.lines()) if number not in faulty)
    applied(project)
    new = Counter(LineIndex(project.texts.text("a.md") or "").lines())
    assert kept <= new


@pytest.mark.slow
@given(TEXT)
def test_all_fixes_together_come_to_an_end(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    project = project_of(tmp_path_factory.mktemp("fix"), a=text)
    applied(project, is_unsafe=True)
    assert len(project.texts.text("a.md") or "") < len(text) + 4 * len(TEMPLATE)


def test_the_disk_is_left_alone(tmp_path: Path) -> None:
    text = "# Specification: One\n\n**Status**: Finl\n"
    project = project_of(tmp_path, a=text)
    found = fixed(project)
    assert found.before == {"a.md": text}
    assert found.after == {"a.md": text.replace("Finl", "Final")}
    assert (tmp_path / "a.md").read_text() == text
