"""The graph as a separate page."""

from __future__ import annotations

from collections.abc import Callable

from spec_lsp.features.shared.results import Graph
from spec_lsp.report.graph.svg import canvas
from spec_lsp.report.page.shell import page


def graph_page(graph: Graph, link: Callable[[str], str] = str) -> str:
    """A page with only the graph; `link` returns the target of a click on a document."""
    return page("Trace graph", f'<main class="wide">{canvas(graph, link)}</main>')
