"""The graph as a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from spec_lsp.features.shared.results import Graph
from spec_lsp.report.graph.svg import canvas
from spec_lsp.report.page.shell import page


def graph_page(graph: Graph, link: Callable[[str], str] = str) -> str:
    """A page with nothing but the graph; `link` tells where a click on a document leads."""
    return page("Trace graph", f'<main class="wide">{canvas(graph, link)}</main>')
