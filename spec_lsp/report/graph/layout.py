"""The layout of a graph in columns, one or more per kind.

Kinds that others depend on are on the left. Within a column, documents are near their neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spec_lsp.features.shared.results import Graph

WIDTH, HEIGHT = 200, 64
HEAD = 34
_ROW = HEIGHT + 14
_BESIDE = WIDTH + 70
_BETWEEN = WIDTH + 130
_VIEW = (1200, 700)  # the size of a usual window, which the drawing should fit
_SWEEPS = 8
_UNTIED = 2.0

Neighbours = Mapping[str, list[str]]


class Point(NamedTuple):
    """The upper left corner of a box."""

    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    """Positions of documents by path and of column heads by kind, and the total size."""

    places: Mapping[str, Point]
    heads: Mapping[str, Point]
    width: float
    height: float


def lay_out(graph: Graph) -> Layout:
    """Compute the positions of all documents."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in _kinds_in_order(graph)}
    for node in graph.nodes:
        by_kind[node.kind].append(node.path)
    rows = _rows([len(names) for names in by_kind.values()])
    places, heads = _place(by_kind, rows)
    beside = _neighbours(graph)
    for sweep in range(_SWEEPS):
        for kind in by_kind if sweep % 2 else reversed(by_kind):
            names = by_kind[kind]
            wanted = {name: _wish(name, beside, places) for name in names}
            names.sort(key=lambda name: wanted[name])
            places, heads = _place(by_kind, rows)
    width = max((place.x for place in places.values()), default=0) + WIDTH
    height = max((place.y for place in places.values()), default=0) + HEIGHT
    return Layout(places, heads, width, height)


def _rows(sizes: list[int]) -> int:
    """The number of rows with which the drawing is largest in a usual window."""

    def scale(rows: int) -> float:
        columns = sum(-(-size // rows) for size in sizes)
        width = columns * _BESIDE + len(sizes) * (_BETWEEN - _BESIDE)
        return min(_VIEW[0] / width, _VIEW[1] / (HEAD + min(rows, max(sizes)) * _ROW))

    return max(range(max(sizes, default=1), 0, -1), key=scale) if sizes else 1


def _kinds_in_order(graph: Graph) -> list[str]:
    """Sort kinds: those referred to more often than they refer come first."""
    kinds = {node.path: node.kind for node in graph.nodes}
    referring: Counter[str] = Counter()
    referred: Counter[str] = Counter()
    for edge in graph.edges:
        source, target = kinds[edge.source], kinds[edge.target]
        if source != target:
            referring[source] += 1
            referred[target] += 1

    def need(kind: str) -> tuple[float, str]:
        total = referring[kind] + referred[kind]
        return (referring[kind] - referred[kind]) / total if total else _UNTIED, kind

    return sorted(set(kinds.values()), key=need)


def _neighbours(graph: Graph) -> Neighbours:
    found: dict[str, list[str]] = {node.path: [] for node in graph.nodes}
    for edge in graph.edges:
        found[edge.source].append(edge.target)
        found[edge.target].append(edge.source)
    return found


def _place(
    by_kind: Mapping[str, list[str]], rows: int
) -> tuple[dict[str, Point], dict[str, Point]]:
    """Positions column by column; a kind with many documents fills several columns."""
    places: dict[str, Point] = {}
    heads: dict[str, Point] = {}
    left = 0.0
    for position, (kind, names) in enumerate(by_kind.items()):
        columns = -(-len(names) // rows)
        # Shift every other kind by half a row, so that edges pass between its boxes.
        top = HEAD + position % 2 * _ROW / 2
        heads[kind] = Point(left, 0)
        for index, name in enumerate(names):
            # Fill row by row, so that neighbours stay at the same height.
            row, column = divmod(index, columns)
            places[name] = Point(left + column * _BESIDE, top + row * _ROW)
        left += (columns - 1) * _BESIDE + _BETWEEN
    return places, heads


def _wish(name: str, beside: Neighbours, places: Mapping[str, Point]) -> tuple[float, str]:
    """The preferred height of a document: the mean of its neighbours."""
    heights = [places[each].y for each in beside[name]] or [places[name].y]
    return sum(heights) / len(heights), name
