"""One line for each problem: `path:line:column: level[rule] message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.report.formats.as_text import Paint, head, summary
from spec_lsp.rules.engine.model import Level

if TYPE_CHECKING:
    from spec_lsp.report.model import Report


def render(report: Report, level: Level, *, colour: bool = False) -> str:
    """Render the problems at or above a level, and a summary of all."""
    paint = Paint(is_on=colour)
    lines = [head(issue, paint) for issue in report.at_least(level)]
    return "\n".join([*lines, summary(report, level, paint)])
