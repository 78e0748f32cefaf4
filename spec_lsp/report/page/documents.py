"""The table of documents in the HTML report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from spec_lsp.features.shared.results import Graph
from spec_lsp.report.columns import DocumentRow
from spec_lsp.report.escaped import escape
from spec_lsp.report.model import Report
from spec_lsp.rules.engine.model import LEVELS, Level

_HEADS = ("ID", "Title", "Kind", "Status", "Complete", "Tasks", "Used by", "Problems")
_ORDER = {"draft": 1, "active": 2, "final": 3, "dropped": 4, "": 5}

Link = Callable[[str], str]
Counts = dict[str, Counter[Level]]


def documents(rows: list[DocumentRow], report: Report, graph: Graph, link: Link) -> str:
    """The section with the table and its filters."""
    found: Counts = {}
    for issue in report.issues:
        found.setdefault(issue.place.path, Counter())[issue.level] += 1
    used = Counter(edge.target for edge in graph.edges if edge.source != edge.target)
    lines = "\n".join(
        _row(row, found.get(row.path, Counter()), used[row.path], link) for row in rows
    )
    heads = "".join(
        f'<th scope="col"><button type="button">{name}</button></th>' for name in _HEADS
    )
    kinds = sorted({row.entry.kind for row in rows})
    states = sorted({row.entry.status for row in rows if row.entry.status})
    return (
        '<section id="documents">\n<h2>Documents</h2>\n<div class="tools">'
        '<input id="find" type="search" placeholder="ID, title, status, path"'
        ' aria-label="Find documents">'
        f"{_select(2, 'Kind', 'All kinds', kinds)}{_select(3, 'Status', 'All statuses', states)}"
        '<span id="shown" class="soft" role="status"></span></div>\n'
        '<div class="card scroll" tabindex="0" role="region" aria-label="Table of documents">'
        '<table class="documents">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>\n"
        '<p class="tools"><button id="more" type="button" hidden></button></p>\n</section>'
    )


def tags(counts: Counter[Level]) -> str:
    """The number of problems per level, the most severe first."""
    return " ".join(
        f'<span class="tag {level}" title="{counts[level]} {level}">{counts[level]}</span>'
        for level in reversed(LEVELS)
        if counts[level]
    )


def _row(row: DocumentRow, found: Counter[Level], used: int, link: Link) -> str:
    entry = row.entry
    done, wanted = entry.tasks
    weight = sum(count * 1000 ** LEVELS.index(level) for level, count in found.items())
    title = f'<a href="{escape(link(row.path))}">{escape(entry.title or _name(row.path))}</a>'
    state = f'<i class="dot {entry.stage or "none"}"></i>{escape(entry.status)}'
    cells = (
        _cell(escape(entry.id)),
        _cell(title),
        _cell(escape(entry.kind)),
        _cell(state, _ORDER[entry.stage]),
        _cell(f'<i data-share="{entry.percent}"></i>{entry.percent}%'),
        _cell(f"{done}/{wanted}" if wanted else "", wanted - done),
        _cell(str(used or "")),
        _cell(tags(found), weight or None),
    )
    return f"<tr>{''.join(cells)}</tr>"


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _cell(inner: str, key: int | None = None) -> str:
    """A table cell; `key` comes before its text when sorting."""
    sort = f" data-sort={key}" if key is not None else ""
    return f"<td{sort}>{inner}</td>"


def _select(column: int, name: str, every: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return (
        f'<select data-column="{column}" aria-label="{name}"><option value="">{every}</option>'
        f"{options}</select>"
    )
