"""`spec-lsp graph`: references between documents, for graph tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp.cli.complete import ids, kinds, markdown_paths
from spec_lsp.cli.errors import unknown
from spec_lsp.cli.terminal import shown, write_data
from spec_lsp.printable import printable_json

if TYPE_CHECKING:
    from spec_lsp.features.shared.results import Graph
    from spec_lsp.storage.folder import Folder


class GraphFormat(StrEnum):
    """Output formats."""

    mermaid = "mermaid"
    dot = "dot"
    svg = "svg"
    json = "json"


def graph(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help=r"Files and folders to include. \[default: .]", autocompletion=markdown_paths
        ),
    ] = None,
    *,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help="Include only this kind; may be repeated.", autocompletion=kinds
        ),
    ] = None,
    centre: Annotated[
        str,
        typer.Option(
            "--around",
            metavar="ID",
            help="Include only what is near this document: its ID or path.",
            autocompletion=ids,
        ),
    ] = "",
    depth: Annotated[
        int, typer.Option(metavar="N", help="With --around: references to follow.")
    ] = 1,
    output: Annotated[
        GraphFormat, typer.Option("--format", help="Output format: Mermaid, Graphviz, SVG or JSON.")
    ] = GraphFormat.mermaid,
) -> None:
    """Export the graph of references, with the kind and status of each document."""
    from spec_lsp.cli.folders import open_asked
    from spec_lsp.features.navigate.graph import part
    from spec_lsp.report.graph import text_forms
    from spec_lsp.report.graph.svg import standalone

    found = together(part_of(each.folder, each.wanted) for each in open_asked(paths or [Path()]))
    if kind:
        wanted = _known_kinds(kind, found)
        found = part(found, lambda node: node.kind in wanted)
    if centre:
        found = _near(found, centre, depth)
    if output is GraphFormat.json:
        write_data(printable_json(text_forms.data(found)))
    elif output is GraphFormat.svg:
        write_data(standalone(found))
    else:
        write_data(
            text_forms.dot(found) if output is GraphFormat.dot else text_forms.mermaid(found)
        )


def _known_kinds(wanted: list[str], found: Graph) -> list[str]:
    known = {node.kind for node in found.nodes if node.kind}
    for each in wanted:
        if each not in known:
            raise unknown("kind", each, sorted(known))
    return wanted


def _near(found: Graph, name: str, depth: int) -> Graph:
    """The part of a graph around a document, named by its ID or path."""
    from spec_lsp.features.navigate.graph import around

    path = shown(Path(name).absolute())
    folded = name.casefold()
    for node in found.nodes:
        if folded == node.id.casefold() or path == node.path:
            return around(found, node.path, depth)
    raise unknown("document", name, [node.id or node.path for node in found.nodes])


def part_of(folder: Folder, wanted: Callable[[str], bool]) -> Graph:
    """The graph of the selected documents, with paths relative to the current folder."""
    from spec_lsp.features.navigate.graph import graph as graph_of
    from spec_lsp.features.navigate.graph import part
    from spec_lsp.features.shared.results import Graph

    def name(path: str) -> str:
        return shown(folder.at(path))

    found = part(graph_of(folder.workspace), lambda node: wanted(node.path))
    nodes = tuple(replace(n, path=name(n.path)) for n in found.nodes)
    edges = tuple(replace(e, source=name(e.source), target=name(e.target)) for e in found.edges)
    return Graph(nodes, edges)


def together(parts: Iterable[Graph]) -> Graph:
    """Merge the graphs of several folders."""
    from spec_lsp.features.shared.results import Graph

    parts = list(parts)
    return Graph(
        tuple(node for part in parts for node in part.nodes),
        tuple(edge for part in parts for edge in part.edges),
    )
