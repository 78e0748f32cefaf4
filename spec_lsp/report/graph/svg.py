"""A graph as inline SVG, coloured by the style of the page."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

from spec_lsp.features.shared.results import Edge, Graph, GraphNode
from spec_lsp.report.asset import asset
from spec_lsp.report.escaped import escape
from spec_lsp.report.graph.layout import HEIGHT, WIDTH, Layout, Point, lay_out

_MARGIN = 16
_WIDEST = 27
_WIDEST_HEAD = 23
_WIDEST_STATUS = 12
# How far edges between boxes of one column bend out to the right.
_BEND = 30
_DENSE = 120

_ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7"'
    ' orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>'
)


def canvas(graph: Graph, link: Callable[[str], str]) -> str:
    """The SVG with search and zoom, or a message if there are no documents."""
    if not graph.nodes:
        return '<p class="soft">No documents</p>'
    tools = "".join(
        f'<button type="button" data-zoom="{step}">{name}</button>'
        for step, name in (("0.8", "Zoom out"), ("1.25", "Zoom in"), ("0", "Fit"))
    )
    return (
        '<p class="soft">Arrows point from a document to those it refers to. Hover over a '
        "document to highlight what it depends on and what depends on it.</p>\n"
        '<div class="tools"><input data-find type="search" placeholder="ID, title, status"'
        f' aria-label="Find in the graph">{tools}</div>\n'
        f'<div class="card canvas">{svg(graph, link)}</div>'
    )


def svg(graph: Graph, link: Callable[[str], str]) -> str:
    """The SVG; `link` returns the target of a click on a document."""
    layout = lay_out(graph)
    width, height = layout.width + 2 * _MARGIN + _BEND, layout.height + 2 * _MARGIN
    numbers = {node.path: index for index, node in enumerate(graph.nodes)}
    edges = "\n".join(_edge(edge, numbers, layout) for edge in graph.edges)
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
        f' viewBox="{-_MARGIN} {-_MARGIN} {width:.0f} {height:.0f}">\n{_ARROW}\n'
        f"<g>{heads}</g>\n<g>\n{edges}\n</g>\n<g>\n{nodes}\n</g>\n</svg>"
    )


def standalone(graph: Graph) -> str:
    """The SVG as a file of its own, which follows the theme of its viewer."""
    style = f"<style>\n{asset('colours.css')}svg {{ background: var(--paper); }}\n"
    head, opening, rest = svg(graph, str).partition(">")
    return f"{head}{opening}\n{style}{asset('graph.css')}</style>{rest}"


def label(node: GraphNode) -> str:
    """The ID and title of a document, or else its path."""
    return " ".join(filter(None, (node.id, node.title))) or node.path


def _edge(edge: Edge, numbers: dict[str, int], layout: Layout) -> str:
    source, target = layout.places[edge.source], layout.places[edge.target]
    path = _curve(source, target)
    title = f"<title>{escape(edge.label)}</title>" if edge.label else ""
    return (
        f'<path class="edge" data-from="{numbers[edge.source]}" data-to="{numbers[edge.target]}"'
        f' d="{path}" marker-end="url(#arrow)">{title}</path>'
    )


def _curve(source: Point, target: Point) -> str:
    """A curve between the facing sides of two boxes; within a column, around the right."""
    is_right, is_left = target.x > source.x, target.x < source.x
    start = source.x if is_left else source.x + WIDTH
    end = target.x if is_right else target.x + WIDTH
    pull = max(abs(start - end) / 2, 36)
    first = start - pull if is_left else start + pull
    last = end - pull if is_right else end + pull
    y1, y2 = source.y + HEIGHT / 2, target.y + HEIGHT / 2
    return f"M{start:.0f} {y1:.1f}C{first:.0f} {y1:.1f} {last:.0f} {y2:.1f} {end:.0f} {y2:.1f}"


def _node(node: GraphNode, number: int, place: Point, link: str) -> str:
    status = _short(node.status, _WIDEST_STATUS)
    room = _WIDEST_HEAD - (_width(status) if status else 0)
    head = _short(node.id or node.title or node.path.rpartition("/")[2], room)
    rest = node.title if node.id else (node.kind or "")
    state = f"{node.kind}, {node.status}" if node.status else node.kind
    tip = escape(" · ".join(filter(None, (label(node), state, node.path))))
    return (
        f'<a class="node {node.stage or "none"}" href="{escape(link)}" data-node="{number}"'
        f' data-path="{escape(node.path)}" transform="translate({place.x:.0f} {place.y:.1f})">'
        f"<title>{tip}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8"/>'
        f'<rect class="stage" width="5" height="{HEIGHT}" rx="2.5"/>'
        f'<text class="id" x="16" y="20">{escape(head)}</text>'
        f'<text class="status" x="{WIDTH - 10}" y="20">{escape(status)}</text>'
        f'<text class="title" x="16" y="37">{escape(_short(rest, _WIDEST))}</text></a>'
    )


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
