"""The problems in the HTML report, by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from spec_lsp.report.escaped import escape
from spec_lsp.report.formats.as_text import visible
from spec_lsp.report.model import Issue, Report, ShownRange
from spec_lsp.report.page.documents import tags
from spec_lsp.rules.engine.model import LEVELS
from spec_lsp.rules.engine.registry import rules

_WIDEST = 160
_OPEN = 12

Link = Callable[[str], str]


def findings(report: Report, link: Link) -> str:
    """The section with all problems."""
    by_path: dict[str, list[Issue]] = {}
    for issue in report.issues:
        by_path.setdefault(issue.place.path, []).append(issue)
    buttons = "".join(
        f'<button type="button" data-level="{level}" aria-pressed="true">'
        f"{level} {report.count(level)}</button>"
        for level in reversed(LEVELS)
        if report.count(level)
    )
    files = "\n".join(
        _file(path, found, link, is_open=number < _OPEN)
        for number, (path, found) in enumerate(by_path.items())
    )
    nothing = '<p class="soft">No problems</p>'
    tools = f'<div class="tools">{buttons}</div>' if buttons else ""
    return f'<section id="findings">\n<h2>Problems</h2>\n{tools}\n{files or nothing}\n</section>'


def _file(path: str, issues: list[Issue], link: Link, *, is_open: bool) -> str:
    counts = Counter(issue.level for issue in issues)
    lines = "\n".join(_issue(issue) for issue in issues)
    return (
        f'<details class="card file"{" open" if is_open else ""}><summary><b>{escape(path)}</b> '
        f"{tags(counts)}</summary>\n"
        f'<p class="open"><a href="{escape(link(path))}">Open {escape(path)}</a></p>\n'
        f"{lines}\n</details>"
    )


def _issue(issue: Issue) -> str:
    place = issue.place
    where = f"{place.start.line + 1}:{place.start.column + 1}"
    code = f'<code title="{escape(rules()[issue.code].summary)}">{escape(issue.code)}</code>'
    excerpt = (
        f'<div class="excerpt code {issue.level}">{_marked(place)}</div>' if place.line else ""
    )
    return (
        f'<div class="issue {issue.level}"><p><span class="where">{where}</span>'
        f'<span class="tag {issue.level}">{issue.level}</span> {escape(issue.message)} '
        f"{code}</p>{excerpt}</div>"
    )


def _marked(place: ShownRange) -> str:
    """The line, cut around the place, with the place marked."""
    line, start = place.line, place.start.column
    end = place.end.column if place.end.line == place.start.line else len(line)
    left = max(0, min(start - _WIDEST // 3, len(line) - _WIDEST))
    end = min(end, left + _WIDEST)
    before = ("…" if left else "") + visible(line[left:start])
    after = visible(line[end : left + _WIDEST]) + ("…" if len(line) > left + _WIDEST else "")
    return f"{escape(before)}<mark>{escape(visible(line[start:end]))}</mark>{escape(after)}"
