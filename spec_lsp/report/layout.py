"""Where the documents of a graph stand when it is drawn: in columns, left of those that need them.

Documents that hang together are drawn together; those that nothing connects come last, in a grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from spec_lsp.features.model import Edge, Graph

WIDTH, HEIGHT = 200, 48
_COLUMN, _ROW = WIDTH + 72, HEIGHT + 16
_GAP = 40
_GRID_COLUMNS = 5
_SWEEPS = 6

Neighbours = Mapping[str, list[str]]


class Point(NamedTuple):
    """The upper left corner of a box."""

    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    """Places by path, and how much room they take."""

    places: Mapping[str, Point]
    width: float
    height: float


def lay_out(graph: Graph) -> Layout:
    """Places for all documents of a graph."""
    names = [node.path for node in graph.nodes]
    edges = [edge for edge in graph.edges if edge.source != edge.target]
    parts = sorted(_parts(names, edges), key=len, reverse=True)
    places: dict[str, Point] = {}
    top = 0.0
    for part in parts:
        if len(part) == 1:
            break
        inside = set(part)
        found = _place_part(part, [edge for edge in edges if edge.source in inside])
        places.update({name: Point(x, y + top) for name, (x, y) in found.items()})
        top += max(place.y for place in found.values()) + HEIGHT + _GAP
    alone = [part[0] for part in parts if len(part) == 1]
    for index, name in enumerate(alone):
        row, column = divmod(index, _GRID_COLUMNS)
        places[name] = Point(column * (WIDTH + 16), top + row * _ROW)
    width = max((place.x for place in places.values()), default=0) + WIDTH
    height = max((place.y for place in places.values()), default=0) + HEIGHT
    return Layout(places, width, height)


def _parts(names: Iterable[str], edges: Iterable[Edge]) -> list[list[str]]:
    """The documents that hang together, each part in the order given."""
    leaders = {name: name for name in names}

    def leader(name: str) -> str:
        while leaders[name] != name:
            leaders[name] = leaders[leaders[name]]
            name = leaders[name]
        return name

    for edge in edges:
        leaders[leader(edge.source)] = leader(edge.target)
    found: dict[str, list[str]] = {}
    for name in leaders:
        found.setdefault(leader(name), []).append(name)
    return list(found.values())


def _place_part(names: list[str], edges: list[Edge]) -> dict[str, Point]:
    targets: dict[str, list[str]] = {name: [] for name in names}
    sources: dict[str, list[str]] = {name: [] for name in names}
    for edge in edges:
        if edge.target not in targets[edge.source]:
            targets[edge.source].append(edge.target)
            sources[edge.target].append(edge.source)
    layers = _layers(names, targets)
    columns = [
        list(group)
        for _, group in groupby(
            sorted(names, key=lambda name: layers[name]), key=layers.__getitem__
        )
    ]
    heights = {name: float(row * _ROW) for column in columns for row, name in enumerate(column)}
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        beside = targets if forward else sources
        for column in columns if forward else reversed(columns):
            _straighten(column, beside, heights)
    top = min(heights.values())
    return {name: Point(layers[name] * _COLUMN, heights[name] - top) for name in names}


def _layers(names: list[str], targets: Neighbours) -> dict[str, int]:
    """The column of each: one right of all it refers to. What closes a circle does not count."""
    layers: dict[str, int] = {}
    open_now: set[str] = set()
    for first in names:
        stack = [first]
        while stack:
            name = stack[-1]
            waiting = [
                each for each in targets[name] if each not in layers and each not in open_now
            ]
            if name not in layers and waiting:
                open_now.add(name)
                stack.append(waiting[0])
                continue
            stack.pop()
            open_now.discard(name)
            if name not in layers:
                below = [layers[each] for each in targets[name] if each in layers]
                layers[name] = max(below, default=-1) + 1
    return layers


def _straighten(column: list[str], beside: Neighbours, heights: dict[str, float]) -> None:
    """Move each box of a column towards its neighbours, keeping them apart."""
    wanted = {
        name: _middle([heights[each] for each in beside[name]], heights[name]) for name in column
    }
    column.sort(key=lambda name: wanted[name])
    free = float("-inf")
    for name in column:
        heights[name] = max(wanted[name], free)
        free = heights[name] + _ROW
    # Pushing apart went downwards only; half of it is taken back for the column as a whole.
    drift = sum(heights[name] - wanted[name] for name in column) / len(column)
    for name in column:
        heights[name] -= drift


def _middle(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
