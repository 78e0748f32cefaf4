"""A graph as inline SVG, coloured by the style of the page."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

from spec_lsp.features.shared.results import Graph, GraphNode
from spec_lsp.report.asset import asset
from spec_lsp.report.escaped import escape
from spec_lsp.report.graph.edges import edges
from spec_lsp.report.graph.layout import HEIGHT, WIDTH, Point, lay_out
from spec_lsp.workspace.entry import Stage

_MARGIN = 16
_WIDEST = 27
_WIDEST_HEAD = 23
_WIDEST_STATUS = 12
# How far edges between boxes of one column bend out to the right, and half of their labels.
_BEND = 80
_DENSE = 120


_LEGEND = (
    '<p class="legend">{stages}'
    '<span><svg class="graph sample" width="30" height="10" aria-hidden="true"><g class="edge">'
    '<path class="line" d="M0 5h23"/><path class="tip" d="M30 5l-8 -4v8z"/></g></svg>'
    "field or relation</span>"
    '<span><svg class="graph sample" width="30" height="10" aria-hidden="true">'
    '<g class="edge mention"><path class="line" d="M0 5h23"/><path class="tip" d="M30 5l-8 -4v8z"/>'
    "</g></svg>mention in the text</span></p>\n"
)
_STAGES: dict[Stage, str] = {
    "draft": "draft",
    "active": "in progress",
    "final": "final",
    "dropped": "dropped",
    "": "no state",
}


def canvas(graph: Graph, link: Callable[[str], str], choices: str = "") -> str:
    """The SVG with search, zoom and legend, or a message if there are no documents.

    `choices` are the controls with which a reader chooses what is drawn.
    """
    if not graph.nodes:
        return f'{choices}<p class="soft">No documents</p>'
    tools = "".join(
        f'<button type="button" data-zoom="{step}">{name}</button>'
        for step, name in (("0.8", "Zoom out"), ("1.25", "Zoom in"), ("0", "Fit"))
    )
    return (
        '<p class="soft">Arrows point from a document to those it refers to. Hover over a '
        "document to highlight what it depends on and what depends on it. Enter in the search goes "
        "to the next hit.</p>\n"
        '<div class="tools"><input data-find type="search" placeholder="ID, title, status"'
        f' aria-label="Find in the graph" list="graph-documents">{tools}</div>\n'
        f"{choices}{_legend(graph)}"
        f'<div class="card canvas">{svg(graph, link)}</div>'
    )


def svg(graph: Graph, link: Callable[[str], str]) -> str:
    """The SVG; `link` returns the target of a click on a document."""
    layout = lay_out(graph)
    width, height = layout.width + 2 * _MARGIN + _BEND, layout.height + 2 * _MARGIN
    numbers = {node.path: index for index, node in enumerate(graph.nodes)}
    nodes = "\n".join(
        _node(node, numbers[node.path], layout.places[node.path], link(node.path))
        for node in graph.nodes
    )
    dense = " dense" if len(graph.edges) > _DENSE else ""
    heads = "".join(
        f'<text class="head" x="{x:.0f}" y="{y + 14:.0f}">{escape(kind or "other files")}</text>'
        for kind, (x, y) in layout.heads.items()
    )
    return (
        f'<svg class="graph{dense}" xmlns="http://www.w3.org/2000/svg" role="group"'
        f' aria-label="Trace graph" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="{-_MARGIN} {-_MARGIN} {width:.0f} {height:.0f}">\n'
        f"<g>{heads}</g>\n<g>\n{edges(graph, numbers, layout)}\n</g>\n<g>\n{nodes}\n</g>\n</svg>"
    )


def standalone(graph: Graph) -> str:
    """The SVG as a file of its own, which follows the theme of its viewer."""
    style = f"<style>\n{asset('colours.css')}svg {{ background: var(--paper); }}\n"
    head, opening, rest = svg(graph, str).partition(">")
    return f"{head}{opening}\n{style}{asset('graph.css')}</style>{rest}"


def _legend(graph: Graph) -> str:
    used = {node.stage for node in graph.nodes if node.stage or node.id != node.path}
    stages = "".join(
        f'<span><i class="dot {stage or "none"}"></i>{name}</span>'
        for stage, name in _STAGES.items()
        if stage in used
    )
    return _LEGEND.format(stages=stages)


def label(node: GraphNode) -> str:
    """The ID and title of a document, or else its path."""
    return " ".join(filter(None, (node.id, node.title))) or node.path


def _node(node: GraphNode, number: int, place: Point, link: str) -> str:
    status = _short(node.status, _WIDEST_STATUS)
    room = _WIDEST_HEAD - (_width(status) if status else 0)
    head = _short(node.id or node.title or node.path.rpartition("/")[2], room)
    rest = node.title if node.id else (node.kind or "")
    state = f"{node.kind}, {node.status}" if node.status else node.kind
    lines = "".join(
        f'<text class="title" x="16" y="{37 + 16 * number}">{escape(line)}</text>'
        for number, line in enumerate(_wrapped(rest))
    )
    tip = escape(" · ".join(filter(None, (label(node), state, node.path))))
    return (
        f'<a class="node {node.stage or "none"}" href="{escape(link)}" data-node="{number}"'
        f' data-path="{escape(node.path)}" transform="translate({place.x:.0f} {place.y:.1f})">'
        f"<title>{tip}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8"/>'
        f'<rect class="stage" width="5" height="{HEIGHT}" rx="2.5"/>'
        f'<text class="id" x="16" y="20">{escape(head)}</text>'
        f'<text class="status" x="{WIDTH - 10}" y="20">{escape(status)}</text>'
        f"{lines}</a>"
    )


def _wrapped(text: str) -> list[str]:
    """Break a text into at most two lines, at a space if there is one."""
    if _width(text) <= _WIDEST:
        return [text]
    cut = len(text)
    while _width(text[:cut]) > _WIDEST:
        cut -= 1
    cut = text.rfind(" ", 1, cut + 1) if " " in text[1 : cut + 1] else cut
    return [text[:cut].rstrip(), _short(text[cut:].strip(), _WIDEST)]


def _short(text: str, widest: int) -> str:
    """Cut a text to a width; East Asian wide characters count twice."""
    if _width(text) <= widest:
        return text
    cut = text
    while _width(cut) >= widest:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
