"""A table in Markdown, for comments on a change and for the summary page of a CI job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.report.formats.as_text import Paint, plural, summary
from spec_lsp.rules.engine.model import Level
from spec_lsp.safe_markdown import code, harmless

if TYPE_CHECKING:
    from spec_lsp.report.model import Issue, Report

# The first line, which marks a file as safe to overwrite.
OPENING = "<!-- made by spec-lsp -->"
_BAR = r"\|"
_MOST = 200  # rows: code hosts limit comments to 65,536 characters


def render(report: Report, level: Level) -> str:
    """Render the problems at or above a level, the worst first, and a summary of all."""
    issues = [
        issue
        for each in ("error", "warning", "info", "hint")
        for issue in report.at_least(level)
        if issue.level == each
    ]
    head = ["| level | place | problem | rule |", "|---|---|---|---|"] if issues else []
    rows = [_row(issue) for issue in issues[:_MOST]]
    more = len(issues) - _MOST
    left = ["", f"… and {plural(more, 'more problem')}."] if more > 0 else []
    last = summary(report, level, Paint(is_on=False))
    return "\n".join([OPENING, "## spec-lsp", "", *head, *rows, *left, *[""][: len(rows)], last])


def _row(issue: Issue) -> str:
    cells = (issue.level, code(str(issue.place)), harmless(issue.message), code(issue.code))
    # Even inside code, a bar ends the cell of a table.
    return f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"
