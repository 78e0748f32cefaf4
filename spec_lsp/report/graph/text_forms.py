"""The graph as Mermaid, as DOT for Graphviz and as data for JSON."""

from __future__ import annotations

import re
from typing import Any

from spec_lsp.features.shared.results import Graph, GraphNode
from spec_lsp.printable import printable
from spec_lsp.report.graph.svg import label
from spec_lsp.workspace.entry import Stage

VERSION = 1
_COLOURS: dict[Stage, str] = {
    "": "#8a8f98",
    "draft": "#8a8f98",
    "active": "#3b82f6",
    "final": "#16a34a",
    "dropped": "#b45309",
}


def mermaid(graph: Graph) -> str:
    """A Mermaid flowchart, which most code hosts render."""
    names = {node.path: f"n{index}" for index, node in enumerate(graph.nodes)}
    lines = ["flowchart RL"]
    lines += (
        f'  {names[node.path]}["{_mermaid_text(node)}"]:::{node.stage or "none"}'
        for node in graph.nodes
    )
    for edge in graph.edges:
        arrow = f'-->|"{_escaped(edge.label)}"|' if edge.label else "-->"
        lines.append(f"  {names[edge.source]} {arrow} {names[edge.target]}")
    lines += (f"  classDef {stage or 'none'} stroke:{colour}" for stage, colour in _COLOURS.items())
    return "\n".join(lines)


def dot(graph: Graph) -> str:
    """A directed graph for Graphviz."""
    lines = ["digraph specs {", "  rankdir=RL;", "  node [shape=box, style=rounded];"]
    for node in graph.nodes:
        text = "\\n".join(_dot_text(part) for part in _lines_of(node))
        lines.append(f'  {_quoted(node.path)} [label="{text}", color="{_COLOURS[node.stage]}"];')
    for edge in graph.edges:
        named = f" [label={_quoted(edge.label)}]" if edge.label else ""
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)}{named};")
    return "\n".join([*lines, "}"])


def data(graph: Graph) -> dict[str, Any]:
    """The graph for JSON."""
    nodes = [
        {
            "path": node.path,
            "id": node.id,
            "title": node.title,
            "kind": node.kind,
            "status": node.status,
            "stage": node.stage,
        }
        for node in graph.nodes
    ]
    edges = [{"from": edge.source, "to": edge.target, "label": edge.label} for edge in graph.edges]
    return {"version": VERSION, "nodes": nodes, "edges": edges}


def _lines_of(node: GraphNode) -> list[str]:
    state = " · ".join(filter(None, (node.kind, node.status)))
    return [part for part in (label(node), state) if part]


def _mermaid_text(node: GraphNode) -> str:
    return "<br>".join(_escaped(part) for part in _lines_of(node))


def _escaped(text: str) -> str:
    # `%%{` starts a directive, even inside a label.
    return re.sub(r'["<>#&;`|%]', _entity, printable(text))


def _entity(match: re.Match[str]) -> str:
    """Mermaid writes characters by number between `#` and `;`."""
    return f"#{ord(match[0])};"


def _quoted(text: str) -> str:
    return f'"{_dot_text(text)}"'


def _dot_text(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')
