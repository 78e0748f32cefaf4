"""What refers to what: as Mermaid, as DOT for Graphviz, as plain data, and as a page to look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spec_lsp.features.model import Graph, Node
from spec_lsp.printable import printable
from spec_lsp.report.drawing import canvas, label
from spec_lsp.report.page import page
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
    """A flowchart that renders on most code hosts."""
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
    """A graph for Graphviz."""
    lines = ["digraph specs {", "  rankdir=RL;", "  node [shape=box, style=rounded];"]
    for node in graph.nodes:
        text = "\\n".join(_dot_text(part) for part in _lines_of(node))
        lines.append(f'  {_quoted(node.path)} [label="{text}", color="{_COLOURS[node.stage]}"];')
    for edge in graph.edges:
        named = f" [label={_quoted(edge.label)}]" if edge.label else ""
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)}{named};")
    return "\n".join([*lines, "}"])


def data(graph: Graph) -> dict[str, Any]:
    """The graph as plain data."""
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


def html(graph: Graph, link: Callable[[str], str] = str) -> str:
    """A page with nothing but the graph; `link` tells where a click on a document leads."""
    return page("Trace graph", f'<main class="wide">{canvas(graph, link)}</main>')


def _lines_of(node: Node) -> list[str]:
    state = " · ".join(filter(None, (node.kind, node.status)))
    return [part for part in (label(node), state) if part]


def _mermaid_text(node: Node) -> str:
    return "<br>".join(_escaped(part) for part in _lines_of(node))


def _escaped(text: str) -> str:
    # `%%{` begins a directive, even inside of a label.
    return re.sub(r'["<>#&;`|%]', _entity, printable(text))


def _entity(match: re.Match[str]) -> str:
    """Mermaid writes characters by number between `#` and `;`."""
    return f"#{ord(match[0])};"


def _quoted(text: str) -> str:
    return f'"{_dot_text(text)}"'


def _dot_text(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')
