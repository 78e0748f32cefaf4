"""The curves of references, with arrow heads and labels that do not cover each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spec_lsp.features.shared.results import Graph
from spec_lsp.report.escaped import escape
from spec_lsp.report.graph.layout import HEIGHT, WIDTH, Layout, Point

_PULL = 36
_LETTER, _LINE = 6.2, 14
_WIDEST_LABEL = 24
_ALONG = (0.5, 0.36, 0.64, 0.24, 0.76)
_TIP = 7

Pair = tuple[str, str]


class Box(NamedTuple):
    """A rectangle that a label must not cover."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve that leaves and enters its boxes horizontally; `turn` is the way it enters."""

    start: Point
    first: Point
    last: Point
    end: Point
    turn: int

    def at(self, t: float) -> Point:
        """The point at a share of the curve."""
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        points = (self.start, self.first, self.last, self.end)
        return Point(
            sum(w * p.x for w, p in zip(weights, points, strict=True)),
            sum(w * p.y for w, p in zip(weights, points, strict=True)),
        )


def edges(graph: Graph, numbers: Mapping[str, int], layout: Layout) -> str:
    """The SVG of all references: one arrow for each pair of documents."""
    labels: dict[Pair, list[str]] = {}
    for edge in graph.edges:
        labels.setdefault((edge.source, edge.target), []).append(edge.label)
    places = layout.places
    taken = [Box(p.x, p.y, p.x + WIDTH, p.y + HEIGHT) for p in places.values()]
    lines, captions = [], []
    for pair, curve in _curves(labels, places).items():
        text = ", ".join(filter(None, labels[pair]))
        ends = f'data-from="{numbers[pair[0]]}" data-to="{numbers[pair[1]]}"'
        lines.append(_edge(curve, text, ends))
        if text:
            captions.append(_label(curve, text, ends, taken))
    return "\n".join(lines + captions)  # no line crosses out a label


def _curves(pairs: Iterable[Pair], places: Mapping[str, Point]) -> dict[Pair, Curve]:
    """Curves between facing sides, spread over each side; within a column, around the right."""
    pairs = list(pairs)
    sides: dict[tuple[str, bool], list[tuple[float, Pair, bool]]] = {}
    for pair in pairs:
        source, target = places[pair[0]], places[pair[1]]
        sides.setdefault((pair[0], target.x >= source.x), []).append((target.y, pair, True))
        sides.setdefault((pair[1], source.x >= target.x), []).append((source.y, pair, False))
    ports: dict[tuple[Pair, bool], Point] = {}
    for (path, is_right), ends in sides.items():
        x, y = places[path]
        for number, (_, pair, is_start) in enumerate(sorted(ends), 1):
            height = HEIGHT * number / (len(ends) + 1)
            ports[pair, is_start] = Point(x + WIDTH * is_right, y + height)
    found = {}
    for pair in pairs:
        start, end = ports[pair, True], ports[pair, False]
        pull = abs(start.x - end.x) / 2 or _PULL  # the latter around the side of a column
        out = pull if places[pair[1]].x >= places[pair[0]].x else -pull
        back = pull if places[pair[0]].x >= places[pair[1]].x else -pull
        first, last = Point(start.x + out, start.y), Point(end.x + back, end.y)
        found[pair] = Curve(start, first, last, end, -1 if back > 0 else 1)
    return found


def _edge(curve: Curve, label: str, ends: str) -> str:
    start, first, last, end = curve.start, curve.first, curve.last, curve.end
    stop = Point(end.x - curve.turn * _TIP, end.y)
    path = (
        f"M{start.x:.0f} {start.y:.1f}C{first.x:.0f} {first.y:.1f}"
        f" {last.x:.0f} {last.y:.1f} {stop.x:.0f} {stop.y:.1f}"
    )
    tip = f"M{end.x:.0f} {end.y:.1f}l{-curve.turn * (_TIP + 1)} -4v8z"
    kind = "" if label else " mention"
    title = f"<title>{escape(label or 'mention in the text')}</title>"
    return (
        f'<g class="edge{kind}" {ends}>{title}'
        f'<path class="line" d="{path}"/><path class="tip" d="{tip}"/></g>'
    )


def _label(curve: Curve, label: str, ends: str, taken: list[Box]) -> str:
    """The label where it covers nothing; elsewhere it is shown with its highlighted edge only."""
    text = label if len(label) <= _WIDEST_LABEL else f"{label[: _WIDEST_LABEL - 1].rstrip()}…"
    half = len(text) * _LETTER / 2
    crowded, at = " crowded", curve.at(_ALONG[0])
    for share in _ALONG:
        point = curve.at(share)
        box = Box(point.x - half, point.y - _LINE / 2, point.x + half, point.y + _LINE / 2)
        if not any(box.meets(other) for other in taken):
            taken.append(box)
            crowded, at = "", point
            break
    return (
        f'<text class="label{crowded}" {ends} x="{at.x:.0f}" y="{at.y + 4:.1f}">'
        f"{escape(text)}</text>"
    )
