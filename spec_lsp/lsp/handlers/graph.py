"""Commands about the references between documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spec_lsp.features.navigate import graph as graphs
from spec_lsp.lsp.handlers.folder_of import folder_of
from spec_lsp.report.graph import text_forms
from spec_lsp.report.graph.choice import GraphChoice
from spec_lsp.report.graph.clusters import FEATURES
from spec_lsp.report.page.graph_page import graph_page

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer

Answer = dict[str, Any] | None


def graph(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the trace graph as data, Mermaid or HTML."""
    folder = folder_of(server, given)
    found = graphs.graph(folder.workspace)
    form = given.get("format", "json")
    if form == "mermaid":
        return {"mermaid": text_forms.mermaid(found)}
    if form == "html":
        here = server.session.locate(given["uri"])[1] if given.get("uri") else ""
        return {
            "html": graph_page(
                found, lambda path: server.session.uri_of(folder, path), _choice(given), here
            )
        }
    nodes = [
        {
            "path": node.path,
            "uri": server.session.uri_of(folder, node.path),
            "id": node.id,
            "title": node.title,
            "kind": node.kind,
            "status": node.status,
            "stage": node.stage,
        }
        for node in found.nodes
    ]
    edges = [{"from": e.source, "to": e.target, "label": e.label} for e in found.edges]
    return {"nodes": nodes, "edges": edges}


def _choice(given: dict[str, Any]) -> GraphChoice:
    wanted = {name: given[name] for name in FEATURES if given.get(name)}
    return GraphChoice(
        wanted, given.get("around", ""), given.get("depth", 1), given.get("group", "")
    )
