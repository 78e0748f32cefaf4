"""What a graph shows: a chosen part, and groups in place of too many documents."""

from __future__ import annotations

from itertools import pairwise

import pytest

from spec_lsp.features.shared.results import Edge, Graph, GraphNode
from spec_lsp.report.graph.choice import MOST_DRAWN, SINGLE, GraphChoice, choose
from spec_lsp.report.graph.layout import lay_out
from spec_lsp.report.graph.svg import svg

_WIDEST, _HIGHEST = 2200, 1300  # drawings that fit a usual window with legible text


def _graph(count: int) -> Graph:
    nodes = tuple(
        GraphNode(
            f"docs/team-{number % 5}/{number:03}.md", f"BUG-{number:03}",
            "A title of usual length that says what is wrong with this part", "bug",
            ("Draft", "Done")[number % 2], "draft", f"units/{number % 2}",
        )
        for number in range(count)
    )  # fmt: skip
    edges = (Edge(one.path, two.path, "Parent") for one, two in pairwise(nodes))
    return Graph(nodes, tuple(edges))


@pytest.mark.parametrize(
    ("feature", "value", "count"),
    [("status", "Draft", 5), ("unit", "units/1", 5), ("folder", "docs/team-2", 2),
     ("folder", "docs", 10), ("folder", "doc", 0), ("kind", "plan", 0)],
)  # fmt: skip
def test_documents_are_filtered(feature: str, value: str, count: int) -> None:
    chosen = choose(_graph(10), GraphChoice({feature: value}))
    assert (len(chosen.graph.nodes), chosen.feature) == (count, "")


def test_the_surroundings_of_a_document_are_chosen() -> None:
    chosen = choose(_graph(10), GraphChoice(centre="docs/team-0/005.md", depth=2))
    assert [node.id[-1] for node in chosen.graph.nodes] == ["3", "4", "5", "6", "7"]


def test_too_many_documents_are_grouped_by_what_divides_them() -> None:
    graph = _graph(500)
    chosen = choose(graph, GraphChoice())
    assert (chosen.feature, len(chosen.graph.nodes)) == ("folder", 5)
    assert {node.title for node in chosen.graph.nodes} == {"100 documents"}
    within = choose(graph, GraphChoice({"folder": "docs/team-1"}))
    assert (within.feature, len(within.graph.nodes)) == ("unit", 2)
    assert len(choose(graph, GraphChoice(group=SINGLE)).graph.nodes) == 500


def test_what_is_drawn_without_groups_fits_a_window() -> None:
    layout = lay_out(_graph(MOST_DRAWN))
    assert layout.width <= _WIDEST
    assert layout.height <= _HIGHEST


def test_titles_wrap_and_labels_are_shown() -> None:
    drawn = svg(_graph(2), str)
    assert ">A title of usual length</text>" in drawn
    assert ">that says what is wrong wi…</text>" in drawn
    assert drawn.count('<path class="tip"') == 1
    assert ">Parent</text>" in drawn


def test_two_references_between_two_documents_are_one_arrow() -> None:
    graph = _graph(2)
    more = Graph(
        graph.nodes, (*graph.edges, Edge(graph.nodes[0].path, graph.nodes[1].path, "Fixes"))
    )
    drawn = svg(more, str)
    assert drawn.count('<path class="tip"') == 1
    assert ">Parent, Fixes</text>" in drawn
