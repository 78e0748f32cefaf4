"""The trace graph of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spec_lsp.features.shared.cards import state
from spec_lsp.features.shared.results import Edge, Graph, GraphNode
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.resolve import outgoing
from spec_lsp.workspace.workspace import Workspace


def graph(workspace: Workspace) -> Graph:
    """Return all documents with a kind or an ID, with their references."""
    entries = workspace.index.entries
    kept = {path: entries[path] for path in sorted(entries) if _is_traced(entries[path])}
    edges = [edge for entry in kept.values() for edge in _edges(workspace, entry, kept)]
    return Graph(tuple(_node(entry) for entry in kept.values()), tuple(edges))


def around(graph: Graph, path: str, depth: int) -> Graph:
    """Return the part of a graph at most `depth` references away from a document."""
    beside: dict[str, set[str]] = {}
    for edge in graph.edges:
        beside.setdefault(edge.source, set()).add(edge.target)
        beside.setdefault(edge.target, set()).add(edge.source)
    found = latest = {path}
    for _ in range(depth):
        latest = {near for each in latest for near in beside.get(each, ())} - found
        found = found | latest
    return part(graph, lambda node: node.path in found)


def part(graph: Graph, wanted: Callable[[GraphNode], bool]) -> Graph:
    """Return the part of a graph with some of its documents."""
    nodes = tuple(node for node in graph.nodes if wanted(node))
    paths = {node.path for node in nodes}
    edges = (edge for edge in graph.edges if edge.source in paths and edge.target in paths)
    return Graph(nodes, tuple(edges))


def _is_traced(entry: Entry) -> bool:
    return entry.is_spec or any(defined.is_own for defined in entry.defined)


def _node(entry: Entry) -> GraphNode:
    return GraphNode(
        entry.path, entry.id, entry.title, entry.kind, state(entry), entry.stage, entry.unit
    )


def _edges(workspace: Workspace, entry: Entry, kept: dict[str, Entry]) -> Iterator[Edge]:
    """Return the references of a document; a labelled one replaces a plain mention."""
    found = {(target.path, label) for target, _, label in outgoing(workspace, entry)}
    labelled = {path for path, label in found if label}
    for path, label in sorted(found):
        if path in kept and (label or path not in labelled):
            yield Edge(entry.path, path, label)
