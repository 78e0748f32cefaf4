"""A large graph made small: one node for all documents of a kind, or of a folder."""

from __future__ import annotations

import posixpath
from collections import Counter

from spec_lsp.features.shared.results import Edge, Graph, GraphNode
from spec_lsp.report.formats.as_text import plural


def by_kind(graph: Graph) -> Graph:
    """The graph of kinds; of folders, if all documents are of one kind."""
    kinds = {node.kind for node in graph.nodes}
    name = {
        node.path: (node.kind or "other files")
        if len(kinds) > 1
        else posixpath.dirname(node.path) or "."
        for node in graph.nodes
    }
    sizes = Counter(name.values())
    links = Counter((name[edge.source], name[edge.target]) for edge in graph.edges)
    nodes = [
        GraphNode(each, "", plural(count, "document"), each, "", "")
        for each, count in sorted(sizes.items())
    ]
    edges = [
        Edge(source, target, plural(count, "reference"))
        for (source, target), count in sorted(links.items())
        if source != target
    ]
    return Graph(tuple(nodes), tuple(edges))
