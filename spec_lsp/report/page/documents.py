"""The table of documents in the HTML report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from spec_lsp.features.shared.results import Graph
from spec_lsp.report.columns import DocumentRow, percent
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
        f"{_select('kind', 'All kinds', kinds)}{_select('status', 'All statuses', states)}"
        '<span id="shown" class="soft" role="status"></span></div>\n'
        '<div class="card scroll"><table class="documents">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>\n</section>"
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
    text = f"{entry.id} {entry.title} {entry.kind} {entry.status} {row.path}".lower()
    title = f'<a href="{escape(link(row.path))}">{escape(entry.title or _name(row.path))}</a>'
    state = f'<i class="dot {entry.stage or "none"}"></i>{escape(entry.status)}'
    complete = percent(entry)
    meter = f'<span class="meter"><i data-share="{complete}"></i>{complete}%</span>'
    cells = (
        _cell(escape(entry.id)),
        _cell(f'{title}<span class="path">{escape(row.path)}</span>', entry.title),
        _cell(escape(entry.kind)),
        _cell(state, f"{_ORDER[entry.stage]} {entry.status}", "state"),
        _cell(meter, complete),
        _cell(f"{done}/{wanted}" if wanted else "", wanted - done, "number"),
        _cell(str(used or ""), used, "number"),
        _cell(tags(found), weight),
    )
    return (
        f'<tr data-text="{escape(text)}" data-kind="{escape(entry.kind)}"'
        f' data-status="{escape(entry.status)}">{"".join(cells)}</tr>'
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _cell(inner: str, key: object = None, style: str = "") -> str:
    """A table cell; `key` is its sort key, if not its text."""
    sort = f' data-sort="{escape(str(key))}"' if key is not None else ""
    return f'<td class="{style}"{sort}>{inner}</td>'


def _select(key: str, every: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return (
        f'<select data-key="{key}" aria-label="{key}"><option value="">{every}</option>'
        f"{options}</select>"
    )
