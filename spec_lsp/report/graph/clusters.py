"""A large graph made small: one node for all documents of a kind, a folder, a unit or a state."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Mapping

from spec_lsp.features.shared.cards_state import plural
from spec_lsp.features.shared.results import Edge, Graph, GraphNode

FEATURES: Mapping[str, Callable[[GraphNode], str]] = {
    "kind": lambda node: node.kind,
    "folder": lambda node: posixpath.dirname(node.path) or ".",
    "unit": lambda node: node.unit,
    "status": lambda node: node.status,
}
_MOST_COLUMNS = 4
_NAMELESS = {"kind": "other files", "unit": "no unit", "status": "no state"}


def dividing(graph: Graph) -> str:
    """The first feature in which the documents differ; empty if there is none."""
    return next((name for name in FEATURES if len(values(graph, name)) > 1), "")


def values(graph: Graph, feature: str) -> list[str]:
    """The values of a feature, sorted."""
    return sorted({FEATURES[feature](node) for node in graph.nodes})


def named(feature: str, value: str) -> str:
    """The name of a value for people."""
    return value or _NAMELESS.get(feature, "")


def clustered(graph: Graph, feature: str) -> Graph:
    """One node for all documents with the same value of a feature."""
    name = {node.path: named(feature, FEATURES[feature](node)) for node in graph.nodes}
    sizes = Counter(name.values())
    links = Counter((name[edge.source], name[edge.target]) for edge in graph.edges)
    # A column each while there are few; otherwise a grid.
    grid = "" if len(sizes) <= _MOST_COLUMNS else plural(len(sizes), "group")
    nodes = [
        GraphNode(each, each, plural(count, "document"), grid or each, "", "")
        for each, count in sorted(sizes.items())
    ]
    edges = [
        Edge(source, target, plural(count, "reference"))
        for (source, target), count in sorted(links.items())
        if source != target
    ]
    return Graph(tuple(nodes), tuple(edges))


def by_kind(graph: Graph) -> Graph:
    """The graph of kinds; of folders, if all documents are of one kind."""
    return clustered(graph, "kind" if len(values(graph, "kind")) > 1 else "folder")
