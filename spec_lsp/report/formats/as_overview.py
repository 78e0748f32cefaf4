"""Many problems on one screen: those of templates first, then the worst, then a count per rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from spec_lsp.report.formats.as_text import Paint, head, plural, rule_counts, summary
from spec_lsp.rules.engine.model import LEVELS, Level

if TYPE_CHECKING:
    from spec_lsp.report.model import Issue, Report

_MOST = 10


def render(report: Report, level: Level, *, colour: bool = False) -> str:
    """Render the first problems to look at, and how many there are of each rule."""
    paint = Paint(is_on=colour)
    issues = report.at_least(level)
    own = [issue for issue in issues if issue.place.path in report.sources]
    others = [issue for issue in issues if issue.place.path not in report.sources]
    lines = [
        *_part("In templates and configuration", own, paint),
        *_part("In documents", others, paint),
        paint("By rule", "bold"),
        *(f"  {line}" for line in rule_counts(report, level, paint)),
        "",
        summary(report, level, paint),
        "Use `--all` to show every problem, or name a file or folder.",
    ]
    return "\n".join(lines)


def worst(issues: Iterable[Issue]) -> list[Issue]:
    """Problems by level; within a level, the first of each rule before the second of any."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, Issue]] = []
    for issue in issues:
        seen[issue.code] += 1
        ranked.append((-LEVELS.index(issue.level), seen[issue.code], issue))
    return [issue for *_, issue in sorted(ranked, key=lambda each: each[:2])]


def _part(title: str, issues: list[Issue], paint: Paint) -> Iterator[str]:
    if not issues:
        return
    rest = len(issues) - _MOST
    count = f"{plural(len(issues), 'problem')}, the worst first" if rest > 0 else ""
    yield paint(f"{title}: {count}" if count else title, "bold")
    for issue in worst(issues)[:_MOST]:
        yield f"  {head(issue, paint)}"
    yield ""
