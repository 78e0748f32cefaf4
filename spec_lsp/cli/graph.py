"""`spec-lsp graph`: what refers to what, for other programs to draw."""

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
    from spec_lsp.features.model import Graph
    from spec_lsp.storage.project import Project


class Format(StrEnum):
    """What draws the graph."""

    mermaid = "mermaid"
    dot = "dot"
    json = "json"


def graph(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; else the current folder.")
    ] = None,
    *,
    output: Annotated[
        Format, typer.Option("--format", help="For Mermaid, for Graphviz, or plain data.")
    ] = Format.mermaid,
) -> None:
    """Show what refers to what, with the kind and the state of each document."""
    from spec_lsp.cli.projects import open_asked
    from spec_lsp.report import trace

    found = together(part_of(each.project, each.wanted) for each in open_asked(paths or [Path()]))
    if output is Format.json:
        write_data(printable_json(trace.data(found)))
    else:
        write_data(trace.dot(found) if output is Format.dot else trace.mermaid(found))


def part_of(project: Project, wanted: Callable[[str], bool]) -> Graph:
    """The graph of a project, as far as it was asked for, with paths as the user sees them."""
    from spec_lsp.features.graph import graph as graph_of
    from spec_lsp.features.model import Graph

    def name(path: str) -> str:
        return shown(project.disk.at(path))

    whole = graph_of(project.workspace)
    nodes = tuple(replace(n, path=name(n.path)) for n in whole.nodes if wanted(n.path))
    edges = tuple(
        replace(e, source=name(e.source), target=name(e.target))
        for e in whole.edges
        if wanted(e.source) and wanted(e.target)
    )
    return Graph(nodes, edges)


def together(parts: Iterable[Graph]) -> Graph:
    """Several graphs side by side."""
    from spec_lsp.features.model import Graph

    parts = list(parts)
    return Graph(
        tuple(node for part in parts for node in part.nodes),
        tuple(edge for part in parts for edge in part.edges),
    )
