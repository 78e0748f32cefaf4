"""The state of a whole workspace as one page: documents, completeness, findings, trace graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spec_lsp.features.model import Graph
from spec_lsp.report.as_text import plural
from spec_lsp.report.drawing import canvas
from spec_lsp.report.html_documents import documents
from spec_lsp.report.html_findings import findings
from spec_lsp.report.listing import Row
from spec_lsp.report.model import Report
from spec_lsp.report.page import escape, page
from spec_lsp.workspace.entry import Stage

STAGES: dict[Stage, str] = {
    "draft": "draft",
    "active": "under way",
    "final": "final",
    "dropped": "dropped",
    "": "no state",
}


@dataclass(frozen=True)
class Overview:
    """What the page shows. `link` tells where a click on a path leads."""

    title: str
    date: str
    rows: list[Row]
    report: Report
    graph: Graph
    link: Callable[[str], str]


def render(overview: Overview) -> str:
    """The page."""
    sections = "\n".join((
        _state(overview),
        documents(overview.rows, overview.report, overview.graph, overview.link),
        findings(overview.report, overview.link),
        _graph(overview),
    ))  # fmt: skip
    counted = plural(len(overview.rows), "document")
    body = (
        '<header class="bar-top">\n'
        f"<strong>{escape(overview.title)}</strong>\n"
        '<nav><a href="#state">State</a><a href="#documents">Documents</a>'
        '<a href="#findings">Findings</a><a href="#graph">Trace graph</a></nav>\n'
        '<button id="theme" type="button" hidden>Light / dark</button>\n</header>\n'
        f"<main>\n{sections}\n"
        f"<footer>{counted} on {escape(overview.date)}, by spec-lsp.</footer>\n</main>"
    )
    return page(f"{overview.title}: specifications", body)


def _state(overview: Overview) -> str:
    tiles = "\n".join(_tiles(overview))
    kinds = "\n".join(_kinds(overview.rows))
    legend = "".join(
        f'<span><i class="dot {stage or "none"}"></i>{name}</span>'
        for stage, name in STAGES.items()
        if any(row.entry.stage == stage for row in overview.rows)
    )
    shown = (
        f'<div class="card kinds">{kinds}</div>\n<p class="legend">{legend}</p>' if kinds else ""
    )
    return (
        f'<section id="state">\n<h2>State</h2>\n<div class="tiles">\n{tiles}\n</div>\n'
        f"{shown}\n</section>"
    )


def _tiles(overview: Overview) -> Iterator[str]:
    rows, report = overview.rows, overview.report
    living = [row for row in rows if row.entry.stage != "dropped"]
    share = sum(row.entry.completeness for row in living) / len(living) if living else 1.0
    left = sum(wanted - done for done, wanted in (row.entry.tasks for row in living))
    errors, warnings = report.count("error"), report.count("warning")
    yield _tile(len(rows), "documents")
    yield _tile(f"{int(share * 100)} %", "complete on average")
    yield _tile(left, "open tasks")
    yield _tile(errors, "errors", "error" if errors else "good")
    yield _tile(warnings, "warnings", "warning" if warnings else "good")
    yield _tile(report.count("info") + report.count("hint"), "remarks")


def _tile(value: object, name: str, style: str = "") -> str:
    return f'<div class="card tile {style}"><b>{value}</b><span class="soft">{name}</span></div>'


def _kinds(rows: list[Row]) -> Iterator[str]:
    """For each kind a bar of how many documents are at which stage."""
    kinds = Counter(row.entry.kind for row in rows)
    most = max(kinds.values(), default=1)
    for kind, count in sorted(kinds.items(), key=lambda each: (-each[1], each[0])):
        stages = Counter(row.entry.stage for row in rows if row.entry.kind == kind)
        bars = "".join(
            f'<span class="fill-{stage or "none"}" data-weight="{stages[stage]}"'
            f' title="{stages[stage]} {name}">{stages[stage]}</span>'
            for stage, name in STAGES.items()
            if stages[stage]
        )
        yield (
            f'<div class="kind"><span>{escape(kind)}</span><span class="count">{count}</span>'
            f'<div class="stack" data-share="{max(1, 100 * count // most)}">{bars}</div></div>'
        )


def _graph(overview: Overview) -> str:
    drawn = canvas(overview.graph, overview.link)
    return f'<section id="graph">\n<h2>Trace graph</h2>\n{drawn}\n</section>'
