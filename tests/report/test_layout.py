"""A drawn graph has a free place for every document, without overlaps."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.features.shared.results import Edge, Graph, GraphNode
from spec_lsp.report.graph import text_forms
from spec_lsp.report.graph.layout import HEIGHT, WIDTH, lay_out
from spec_lsp.report.page.graph_page import graph_page

NAMES = [f"{letter}.md" for letter in "abcdefghijklmnopqrstuvwxyz"]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Some documents of some kinds, with any references between them, including cycles."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=len(NAMES)))
    kinds = st.sampled_from(["", "bug", "plan", "spec"])
    nodes = tuple(GraphNode(name, "", name, draw(kinds), "", "") for name in sorted(names))
    if not names:
        return Graph((), ())
    edges = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=40))
    return Graph(nodes, tuple(Edge(source, target) for source, target in sorted(set(edges))))


@given(graphs())
def test_no_two_documents_have_the_same_place(graph: Graph) -> None:
    layout = lay_out(graph)
    assert set(layout.places) == {node.path for node in graph.nodes}
    for one, other in combinations(layout.places.values(), 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    for x, y in layout.places.values():
        assert x >= 0
        assert y >= 0
        assert x + WIDTH <= layout.width
        assert y + HEIGHT <= layout.height


@given(graphs())
def test_the_same_graph_is_always_drawn_alike(graph: Graph) -> None:
    assert graph_page(graph) == graph_page(graph)


@given(graphs())
def test_every_document_and_every_reference_is_drawn(graph: Graph) -> None:
    page = graph_page(graph)
    assert page.count('<a class="node ') == len(graph.nodes)
    assert len(re.findall('<g class="edge[^>]* data-from', page)) == len(graph.edges)
    assert len(re.findall(r"^  n\d+\[", text_forms.mermaid(graph), re.MULTILINE)) == len(
        graph.nodes
    )
    assert text_forms.dot(graph).count(" -> ") == len(graph.edges)


def test_dependencies_are_drawn_on_the_left() -> None:
    nodes = (
        GraphNode("bug.md", "BUG-001", "", "bug", "", ""),
        GraphNode("lone.md", "", "", "note", "", ""),
        GraphNode("plan.md", "PLAN-001", "", "plan", "", ""),
        GraphNode("task.md", "TASK-001", "", "task", "", ""),
    )
    edges = (Edge("plan.md", "bug.md"), Edge("task.md", "plan.md"), Edge("task.md", "bug.md"))
    places = lay_out(Graph(nodes, edges)).places
    assert sorted(places, key=lambda path: places[path].x) == [
        "bug.md", "plan.md", "task.md", "lone.md",
    ]  # fmt: skip


def test_texts_cannot_break_out_of_a_drawing() -> None:
    evil = '"]; x --> y <script>|`</svg>\\'
    graph = Graph(
        (GraphNode('a".md', evil, evil, evil, evil, "draft"),), (Edge('a".md', 'a".md', evil),)
    )
    assert "<script>|" not in graph_page(graph)
    assert '"]; x' not in text_forms.mermaid(graph)
    (node,) = re.findall(r'^  "a\\".md" \[label="(.*)", color', text_forms.dot(graph), re.MULTILINE)
    assert not re.search(r'(?<!\\)(?:\\\\)*"', node)
