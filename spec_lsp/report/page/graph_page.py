"""The graph as a separate page, with controls for what it shows.

The page asks its host for another choice; the host renders it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

from spec_lsp.features.shared.results import Graph
from spec_lsp.report.escaped import escape
from spec_lsp.report.graph.choice import MOST_DRAWN, SINGLE, GraphChoice, choose
from spec_lsp.report.graph.clusters import FEATURES, named, values
from spec_lsp.report.graph.svg import canvas, label
from spec_lsp.report.page.shell import page

_NAMES = {"kind": "Kind", "folder": "Folder", "unit": "Unit", "status": "State"}
_GROUPS = {"": "automatic", SINGLE: "none"}
_STEPS = 5
_MOST_LISTED = 3000

Option = tuple[str, str]


def graph_page(
    graph: Graph,
    link: Callable[[str], str] = str,
    choice: GraphChoice | None = None,
    here: str = "",
) -> str:
    """A page with only the graph; `link` returns the target of a click on a document.

    `here` is the document that the reader has open.
    """
    choice = choice or GraphChoice()
    chosen = choose(graph, choice)

    def target(name: str) -> str:
        return f"#{chosen.feature}={quote(name)}" if chosen.feature else link(name)

    drawn = canvas(chosen.graph, target, _choices(graph, choice, chosen.feature, here))
    return page("Trace graph", f'<main class="wide">{drawn}{_documents(graph)}</main>')


def _choices(graph: Graph, choice: GraphChoice, feature: str, here: str) -> str:
    selects = []
    for name, title in _NAMES.items():
        known = [named(name, value) for value in values(graph, name)]
        if len(known) > 1:
            options = [("", "all"), *((value, value) for value in known)]
            selects.append(_select(name, title, options, choice.wanted.get(name, "")))
    labels = {node.path: label(node) for node in graph.nodes}
    centres = [path for path in dict.fromkeys((here, choice.centre)) if path in labels]
    options = [("", "all documents"), *((path, labels[path]) for path in centres)]
    selects.append(_select("around", "Around", options, choice.centre))
    if choice.centre:
        steps = [(str(number), str(number)) for number in range(1, _STEPS + 1)]
        selects.append(_select("depth", "Steps", steps, str(choice.depth)))
    groups = [*_GROUPS.items(), *((name, f"by {_NAMES[name].lower()}") for name in FEATURES)]
    selects.append(_select("group", "Groups", groups, choice.group))
    hint = "Shift+click on a document shows what is around it."
    if feature:
        hint = f"Grouped by {_NAMES[feature].lower()}. Click on a group to open it."
        if not choice.group:
            hint = f"More than {MOST_DRAWN} documents: {hint[0].lower()}{hint[1:]}"
    controls = "".join(selects)
    return f'<form class="tools" data-graph>{controls}<span class="soft">{hint}</span></form>\n'


def _select(name: str, title: str, options: Iterable[Option], chosen: str) -> str:
    inside = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(text)}</option>"
        for value, text in options
    )
    return f'<label>{title} <select name="{name}">{inside}</select></label>'


def _documents(graph: Graph) -> str:
    """The documents for the search, which also finds those that are not drawn."""
    options = "".join(
        f'<option value="{escape(label(node))}" data-path="{escape(node.path)}">'
        for node in graph.nodes[:_MOST_LISTED]
    )
    return f'<datalist id="graph-documents">{options}</datalist>'
