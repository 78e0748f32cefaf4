"""What to do next, the board by stage, and the matrix of kinds and statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from spec_lsp.report.columns import DocumentRow
from spec_lsp.report.escaped import escape
from spec_lsp.report.formats.as_text import plural
from spec_lsp.report.model import Report
from spec_lsp.rules.dependencies import missed_review
from spec_lsp.workspace.entry import Stage

_NEXT = 10  # documents to go on with
_CARDS = 8  # cards of a column that are open

STAGES: dict[Stage, str] = {
    "draft": "Draft",
    "active": "In progress",
    "final": "Final",
    "dropped": "Dropped",
    "": "No status",
}

Link = Callable[[str], str]


def to_do(rows: list[DocumentRow], report: Report, today: str, link: Link) -> str:
    """The documents to go on with: errors, missed reviews, then what is nearly done."""
    errors = Counter(issue.place.path for issue in report.at_least("error"))
    found = sorted(
        (
            (*_urgency(row, errors[row.path], today), index, row)
            for index, row in enumerate(rows)
            if row.entry.stage != "dropped"
        ),
        key=lambda each: (each[0], each[2]),
    )
    items = "\n".join(
        f"<li>{_link(row, link)} <span>{escape(why)}</span></li>"
        for _, why, _, row in found[:_NEXT]
        if why
    )
    shown = f'<ol class="card next">{items}</ol>' if items else '<p class="soft">Nothing</p>'
    return f'<section id="next">\n<h2>What to do next</h2>\n{shown}\n</section>'


def board(rows: list[DocumentRow], link: Link) -> str:
    """The documents by stage; a column shows its first cards and folds the others."""
    columns = "\n".join(
        _column(name, [row for row in rows if row.entry.stage == stage], link)
        for stage, name in STAGES.items()
        if any(row.entry.stage == stage for row in rows)
    )
    nothing = '<p class="soft">No documents</p>'
    return (
        f'<section id="board">\n<h2>Board</h2>\n<div class="board">{columns or nothing}</div>\n'
        f"</section>"
    )


def matrix(rows: list[DocumentRow]) -> str:
    """A table with the number of documents by kind and status."""
    counts = Counter((row.entry.kind, _status(row)) for row in rows)
    kinds = sorted({kind for kind, _ in counts})
    order = {stage: index for index, stage in enumerate(STAGES)}
    ranks = {_status(row): (order[row.entry.stage], _status(row)) for row in rows}
    statuses = sorted(ranks, key=lambda each: ranks[each])
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in statuses)
    lines = "\n".join(
        f'<tr><th scope="row">{escape(kind)}</th>'
        + "".join(f"<td>{counts[kind, each] or ''}</td>" for each in statuses)
        + "</tr>"
        for kind in kinds
    )
    if not rows:
        return ""
    return (
        '<section id="matrix">\n<h2>Kinds and statuses</h2>\n<div class="card scroll" tabindex="0"'
        ' role="region" aria-label="Documents by kind and status"><table class="matrix">\n'
        f"<thead><tr><td></td>{heads}</tr></thead>\n<tbody>{lines}</tbody></table></div>\n</section>"
    )


def _urgency(row: DocumentRow, errors: int, today: str) -> tuple[tuple[int, int], str]:
    """How soon a document needs work, the first first, and why; no reason if it needs none."""
    entry = row.entry
    done, wanted = entry.tasks
    left = f"{wanted - done} of {plural(wanted, 'task')} open" if wanted > done else ""
    if errors:
        return (0, -errors), plural(errors, "error")
    if date := missed_review(entry, today):
        return (1, 0), f"Review was due on {date[0]}"
    if entry.stage == "active" and left:
        return (2, wanted - done), left
    if entry.stage == "active" and entry.percent < 100:
        return (3, -entry.percent), f"{entry.percent}% complete"
    if entry.stage == "draft":
        return (4, -entry.percent), f"{STAGES['draft']}, {entry.percent}% complete"
    return (9, 0), ""


def _column(name: str, rows: list[DocumentRow], link: Link) -> str:
    cards = [_card(row, link) for row in rows]
    more = len(cards) - _CARDS
    folded = (
        f"<details><summary>{more} more</summary>{''.join(_brief(rows[_CARDS:], link))}</details>"
        if more > 0
        else ""
    )
    return (
        f'<div class="column"><h3>{name} <span class="soft">{len(rows)}</span></h3>'
        f"{''.join(cards[:_CARDS])}{folded}</div>"
    )


def _card(row: DocumentRow, link: Link) -> str:
    done, wanted = row.entry.tasks
    facts = [row.entry.kind, row.owner, f"{row.entry.percent}%"]
    facts.append(f"{done}/{wanted}" if wanted else "")
    shown = " · ".join(escape(fact) for fact in facts if fact)
    return (
        f'<div class="card ticket {row.entry.stage or "none"}">{_link(row, link)}'
        f'<span class="soft">{shown}</span></div>'
    )


def _brief(rows: list[DocumentRow], link: Link) -> Iterator[str]:
    """Names alone: a long board must not become a second table of documents."""
    for row in rows:
        name = row.entry.id or row.entry.title or row.path
        yield f'<a class="brief" href="{escape(link(row.path))}">{escape(name)}</a>'


def _link(row: DocumentRow, link: Link) -> str:
    entry = row.entry
    name = " ".join(filter(None, (entry.id, entry.title))) or row.path
    return f'<a href="{escape(link(row.path))}">{escape(name)}</a>'


def _status(row: DocumentRow) -> str:
    """The status without a remark: a date would make a column of its own."""
    return row.entry.status.partition("(")[0].strip() or STAGES[row.entry.stage]
