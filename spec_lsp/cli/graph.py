"""`spec-lsp graph`: references between documents, for graph tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.terminal import shown, write_data
from spec_lsp.printable import printable_json

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import Graph
    from spec_lsp.storage.folder import Folder


class GraphFormat(StrEnum):
    """Output formats."""

    mermaid = "mermaid"
    dot = "dot"
    json = "json"


def graph(
    paths: Annotated[
        list[Path] | None, typer.Argument(help=r"Files and folders to include. \[default: .]")
    ] = None,
    *,
    output: Annotated[
        GraphFormat, typer.Option("--format", help="Output format: Mermaid, Graphviz or JSON.")
    ] = GraphFormat.mermaid,
) -> None:
    """Export the graph of references, with the kind and status of each document."""
    from spec_lsp.cli.folders import open_asked
    from spec_lsp.report.graph import text_forms

    found = together(part_of(each.folder, each.wanted) for each in open_asked(paths or [Path()]))
    if output is GraphFormat.json:
        write_data(printable_json(text_forms.data(found)))
    else:
        write_data(
            text_forms.dot(found) if output is GraphFormat.dot else text_forms.mermaid(found)
        )


def part_of(folder: Folder, wanted: Callable[[str], bool]) -> Graph:
    """The graph of the selected documents, with paths relative to the current folder."""
    from spec_lsp.features.navigate.graph import graph as graph_of
    from spec_lsp.features.shared.results import Graph

    def name(path: str) -> str:
        return shown(folder.at(path))

    whole = graph_of(folder.workspace)
    nodes = tuple(replace(n, path=name(n.path)) for n in whole.nodes if wanted(n.path))
    edges = tuple(
        replace(e, source=name(e.source), target=name(e.target))
        for e in whole.edges
        if wanted(e.source) and wanted(e.target)
    )
    return Graph(nodes, edges)


def together(parts: Iterable[Graph]) -> Graph:
    """Merge the graphs of several folders."""
    from spec_lsp.features.shared.results import Graph

    parts = list(parts)
    return Graph(
        tuple(node for part in parts for node in part.nodes),
        tuple(edge for part in parts for edge in part.edges),
    )
