"""The part of a graph that a reader chose, grouped if it is too large to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from spec_lsp.features.navigate.graph import around, part
from spec_lsp.report.graph.clusters import FEATURES, clustered, dividing, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spec_lsp.features.shared.results import Graph, GraphNode

MOST_DRAWN = 60
SINGLE = "document"


@dataclass(frozen=True)
class GraphChoice:
    """The wanted values of features, the document to be near to, and how to group.

    `group` is a feature, `document` for no groups, or empty to group only what is too large.
    """

    wanted: Mapping[str, str] = field(default_factory=dict)
    centre: str = ""
    depth: int = 1
    group: str = ""


@dataclass(frozen=True)
class ChosenGraph:
    """What is drawn; `feature` is that of its groups, empty if it shows documents."""

    graph: Graph
    feature: str = ""


def choose(graph: Graph, choice: GraphChoice) -> ChosenGraph:
    """Filter a graph, reduce it to a neighbourhood, and group it."""
    for feature, value in choice.wanted.items():
        graph = part(graph, partial(_fits, feature, value))
    if any(node.path == choice.centre for node in graph.nodes):
        graph = around(graph, choice.centre, choice.depth)
    group = choice.group
    if not group and len(graph.nodes) > MOST_DRAWN:
        group = dividing(graph)
    if group in FEATURES:
        return ChosenGraph(clustered(graph, group), group)
    return ChosenGraph(graph)


def _fits(feature: str, value: str, node: GraphNode) -> bool:
    """Whether a node has a wanted value; a folder has what is in its subfolders."""
    found = FEATURES[feature](node)
    if feature == "folder":
        return value == "." or f"{found}/".startswith(f"{value}/")
    return named(feature, found) == value
